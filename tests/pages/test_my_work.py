from datetime import date, timedelta

import pytest
from django.test import Client

from flsf.shared.accounts.enums import Role
from tests.factories import TODAY, council_member, member_of, organisation
from tests.factories_money import approved, billed, marked, sent, waiver

pytestmark = pytest.mark.django_db

STAFF = [
    Role.ADMINISTRATOR,
    Role.COMMISSIONER,
    Role.CASEWORKER,
    Role.VIRTUAL_SCHOOL,
    Role.QUALITY,
    Role.SAFEGUARDING,
    Role.PROCUREMENT,
    Role.FINANCE,
    Role.DIRECTOR,
    Role.COUNCILLOR,
    Role.INFORMATION_GOVERNANCE,
]


def client_of(role: Role) -> Client:
    client = Client()
    client.force_login(council_member(role))
    return client


def a_claim(how):
    placement = billed()
    marked(placement, date(2026, 5, 4))
    return how(placement)


@pytest.mark.parametrize("role", STAFF)
def test_every_member_of_staff_has_a_page_of_work(role):
    text = client_of(role).get("/my-work/").content.decode()
    assert "<h1" in text
    assert "My work" in text


def test_finance_sees_claims_to_approve_and_to_pay():
    waiting, to_pay = a_claim(sent), a_claim(approved)
    text = client_of(Role.FINANCE).get("/my-work/").content.decode()
    assert "Waiting for me (2)" in text
    assert f"/money/claims/{waiting.ref}/" in text
    assert f"/money/claims/{to_pay.ref}/" in text
    assert "Record payment" in text


def test_an_overdue_waiver_presses_before_a_claim():
    late = waiver(expires_on=TODAY - timedelta(days=2))
    claim = a_claim(sent)
    text = client_of(Role.COMMISSIONER).get("/my-work/").content.decode()
    assert text.index(f"{late.ref}: Waiver overdue") < text.index(f"{claim.ref}: Claim for")
    assert "2 days ago" in text


def test_a_councillor_is_led_to_the_overview_and_to_no_work():
    a_claim(sent)
    text = client_of(Role.COUNCILLOR).get("/my-work/").content.decode()
    assert "For information (2)" in text
    assert "Waiting for me" not in text


@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.parametrize(("role", "queries"), [(Role.FINANCE, 5), (Role.PROCUREMENT, 4)])
def test_the_page_asks_as_many_questions_for_one_as_for_three(
    role, queries, many, django_assert_num_queries
):
    for _ in range(many):
        a_claim(sent)
        a_claim(approved)
        waiver()
    client = client_of(role)
    with django_assert_num_queries(queries):
        assert client.get("/my-work/").status_code == 200


def test_a_provider_has_no_such_page():
    client = Client()
    client.force_login(member_of(organisation()))
    assert client.get("/my-work/").status_code == 403


def test_anybody_reads_how_the_money_is_spent():
    text = Client().get("/spending/").content.decode()
    for words in ("Asked for, not agreed yet", "Promised", "Paid", "do not add the lines up"):
        assert words in text
    assert Client().get("/spending/by-type.csv").status_code == 200
