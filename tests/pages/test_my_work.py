from datetime import date, timedelta

import pytest
from django.test import Client

from flsf.casework.referrals import actions as referrals
from flsf.market.providers.models import Service
from flsf.shared.accounts.enums import Role, Team
from flsf.shared.accounts.models import Membership
from flsf.web.council.my_work.items import Item, Press, grouped
from tests import factories_casework as casework
from tests import factories_delivery as delivery
from tests import factories_market as market
from tests.factories import NOW, TODAY, council_member, lot, member_of, organisation
from tests.factories_casework import referral
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


def piece(number, press=Press.MINE, kind="Claims to approve"):
    return Item(
        press=press,
        kind=kind,
        ref=f"C-{number:02}",
        what="Claim",
        due_on=TODAY - timedelta(days=number),
    )


def test_many_of_a_kind_do_not_bury_the_rest():
    claims = [piece(number) for number in range(9)]
    [group] = grouped([*claims, piece(20, kind="Awards to decide")])
    assert group.count == 10
    assert [one.ref for one in group.work] == ["C-20", "C-08", "C-07", "C-06"]
    [fold] = group.folds
    assert (fold.kind, len(fold.work)) == ("Claims to approve", 6)
    assert {*group.work, *fold.work} == {*claims, piece(20, kind="Awards to decide")}


@pytest.mark.parametrize(
    ("many", "press"), [(8, Press.MINE), (30, Press.SAFETY)], ids=["few", "safety"]
)
def test_a_few_and_what_is_about_safety_are_never_folded(many, press):
    [group] = grouped(piece(number, press) for number in range(many))
    assert (len(group.work), group.folds) == (many, ())


def test_what_is_folded_is_on_the_page():
    late = [waiver(expires_on=TODAY - timedelta(days=2)) for _ in range(9)]
    text = client_of(Role.COMMISSIONER).get("/my-work/").content.decode()
    assert "Clocks about to run out (9)" in text
    assert "6 more: Waivers overdue" in text
    assert all(f"/waivers/{one.ref}/" in text for one in late)


def test_an_overdue_waiver_presses_before_a_claim():
    late = waiver(expires_on=TODAY - timedelta(days=2))
    claim = a_claim(sent)
    text = client_of(Role.COMMISSIONER).get("/my-work/").content.decode()
    assert text.index(f"{late.ref}: Waiver overdue") < text.index(f"{claim.ref}: Claim for")
    assert "2 days ago" in text


def test_a_councillor_is_led_to_the_overview_and_to_no_work():
    a_claim(sent)
    text = client_of(Role.COUNCILLOR).get("/my-work/").content.decode()
    assert "For information (4)" in text
    assert "Waiting for me" not in text


@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.parametrize(("role", "queries"), [(Role.FINANCE, 5), (Role.PROCUREMENT, 12)])
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


def worker_of(team):
    person = council_member(Role.CASEWORKER)
    Membership.objects.filter(user=person).update(team=team)
    return person


def work_of(person, whose=""):
    client = Client()
    client.force_login(person)
    return client.get("/my-work/", {"whose": whose} if whose else {}).content.decode()


def test_whoever_has_a_team_begins_with_the_teams_and_sees_the_rest_a_click_away():
    ours, theirs = referral(team=Team.SEND), referral(team=Team.AP)
    person = worker_of(Team.SEND)
    team, every = work_of(person), work_of(person, "all")
    assert ours.ref in team
    assert theirs.ref not in team
    assert theirs.ref in every
    assert "My team (" in team
    assert "?whose=mine" in team


def test_mine_is_what_i_took_on_and_what_nobody_has():
    person, other = worker_of(Team.SEND), worker_of(Team.SEND)
    free, taken, of_others = referral(), referral(), referral(team=Team.AP)
    mine = referral(team=Team.AP)
    for one, who in ((taken, other), (mine, person), (of_others, other)):
        referrals.take_on(referral_id=one.pk, worker_id=who.pk, by=who, at=NOW)
    text = work_of(person, "mine")
    assert free.ref in text
    assert mine.ref in text
    assert taken.ref not in text
    assert of_others.ref not in text


def test_an_address_that_makes_no_sense_shows_the_teams():
    ours, theirs = referral(team=Team.SEND), referral(team=Team.AP)
    text = work_of(worker_of(Team.SEND), "purple")
    assert ours.ref in text
    assert theirs.ref not in text


def test_whoever_has_no_team_is_offered_no_choice():
    assert "whose=" not in client_of(Role.COMMISSIONER).get("/my-work/").content.decode()


def test_what_is_out_of_order_at_sessions_is_one_row_of_each_kind():
    for _ in range(2):
        delivery.running()
    text = client_of(Role.QUALITY).get("/my-work/").content.decode()
    assert "sessions have no mark" in text
    assert "2 placements had no session for five school days" in text
    assert "/attendance/exceptions/?kind=Not+marked" in text


def test_a_child_on_record_twice_is_somebodys_work():
    first = casework.child(first_name="Ada", last_name="Marsh", birth_date=date(2014, 9, 1))
    second = casework.child(first_name="ada", last_name="MARSH", birth_date=date(2014, 9, 1))
    casework.child(first_name="Bo", last_name="Marsh", birth_date=date(2014, 9, 1))
    text = client_of(Role.CASEWORKER).get("/my-work/").content.decode()
    assert f"{second.ref}: Same name and birth date as {first.ref}" in text
    assert text.count("Same name and birth date") == 1


def test_a_listing_that_nobody_confirms_is_somebodys_work():
    provider = market.provider("Slow Ones")
    service = market.service(provider, lot())
    Service.objects.filter(pk=service.pk).update(
        is_listed=True, confirmed_on=TODAY - timedelta(days=400)
    )
    text = client_of(Role.COMMISSIONER).get("/my-work/").content.decode()
    assert "1 service not confirmed as still right, the oldest for 400 days" in text
    assert "Slow Ones" in text


@pytest.mark.parametrize("role", [Role.QUALITY, Role.CASEWORKER])
def test_those_who_look_after_placements_wait_no_longer_for_more(
    role, django_assert_max_num_queries
):
    """Several stages add to this page, so that it is held to itself and to a most."""
    client = client_of(role)
    counts = []
    for many in (1, 2):
        for _ in range(many):
            delivery.running()
            referral()
        with django_assert_max_num_queries(68) as asked:
            assert client.get("/my-work/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
