import re
from datetime import timedelta

import pytest
from django.test import Client

from flsf.casework.calloffs.models import Award
from flsf.mandate.waivers.models import Waiver
from flsf.shared.accounts.enums import Role
from tests import factories_delivery as delivery
from tests.factories import NOW, TODAY, council_member, member_of, organisation
from tests.factories_money import waiver

pytestmark = pytest.mark.django_db


def client_of(role: Role) -> Client:
    client = Client()
    client.force_login(council_member(role))
    return client


@pytest.mark.parametrize("many", [1, 3])
def test_the_register_asks_as_many_questions_for_one_as_for_three(
    many, officer_client, django_assert_num_queries
):
    for _ in range(many):
        waiver()
    with django_assert_num_queries(8):
        page = officer_client.get("/waivers/")
    assert page.status_code == 200


def test_the_register_says_how_each_waiver_stands_and_how_they_run_down(officer_client):
    waiver()
    late = waiver(expires_on=TODAY - timedelta(days=3))
    text = officer_client.get("/waivers/").content.decode()
    assert "1 waiver live, 1 overdue; the last one runs out on 14 June 2026." in text
    assert "30 days left" in text
    assert "3 days ago" in text
    assert text.index(late.ref) < text.index("30 days left")


def test_the_register_narrows_to_a_standing(officer_client):
    live, late = waiver(), waiver(expires_on=TODAY - timedelta(days=3))
    text = officer_client.get("/waivers/?standing=overdue").content.decode()
    assert late.ref in text
    assert live.ref not in text


def under(waiver, *children):
    """Each child has a running placement bought under the waiver."""
    for of in children:
        placement = delivery.running(of=of, half_days=())
        Award.objects.filter(pk=placement.award_id).update(
            route="waiver",
            waiver=waiver,
            decision="awarded",
            status="awarded",
            decided_at=NOW,
            decision_reason="So.",
        )


def test_the_register_counts_the_children_each_waiver_covers_once(officer_client):
    one, other = waiver(), waiver()
    twice = delivery.child()
    under(one, twice, twice, delivery.child("Bo"))
    rows = officer_client.get("/waivers.json").json()["rows"]
    assert {row["ref"]: row["children"] for row in rows} == {one.ref: 2, other.ref: 0}
    page = officer_client.get(f"/waivers/{one.ref}/").content.decode()
    assert re.search(r"Children covered\s*</dt>\s*<dd[^>]*>\s*2\s*</dd>", page)


def test_the_drawing_is_kept_by_its_figures(officer_client):
    waiver()
    first = officer_client.get("/waivers/run-down.svg")
    assert first["Content-Type"] == "image/svg+xml"
    assert first.content.startswith(b'<svg role="img" aria-label="1 waiver live; the last')
    again = officer_client.get("/waivers/run-down.svg", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    waiver()
    assert officer_client.get("/waivers/run-down.svg")["ETag"] != first["ETag"]


def test_the_figures_of_the_drawing_come_as_a_file(officer_client):
    waiver()
    lines = officer_client.get("/waivers/run-down.csv").content.decode("utf-8-sig").splitlines()
    assert lines[0] == "From,Live waivers"
    assert "2026-04-01,1" in lines
    assert "2026-06-15,0" in lines


def day(name, day, month, year):
    return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}


def posted(**changes):
    return {
        "reason": "Nobody on the framework gives this therapy.",
        "provider_name": "Willow Therapy",
        "value_pence": "£12,500",
        **day("starts_on", "1", "4", "2026"),
        **day("expires_on", "31", "7", "2026"),
        "approver_name": "The Director",
        **day("approved_on", "30", "3", "2026"),
    } | changes


def test_an_officer_records_a_waiver(officer_client):
    answer = officer_client.post("/waivers/new/", posted(), follow=True)
    one = Waiver.objects.get()
    assert one.value_pence == 1_250_000
    assert f"Waiver {one.ref} is in the register." in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"value_pence": "a lot"}, "must be an amount in pounds"),
        ({"expires_on-year": "2025"}, "The last day is before the first day."),
        ({"reason": ""}, "Enter the reason"),
        ({"starts_on-day": "31", "starts_on-month": "2"}, "First day must be a real date"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(changes, says, officer_client):
    text = officer_client.post("/waivers/new/", posted(**changes)).content.decode()
    assert says in text
    assert "Willow Therapy" in text
    assert "Error: Record a waiver" in text
    assert not Waiver.objects.exists()


def test_an_officer_ends_a_waiver_once(officer_client):
    one = waiver()
    answers = {"ended_on-day": "15", "ended_on-month": "5", "ended_on-year": "2026"}
    answers["why"] = "Both children moved to a provider on the framework."
    text = officer_client.post(f"/waivers/{one.ref}/end/", answers, follow=True).content.decode()
    assert f"Waiver {one.ref} is ended." in text
    assert "Both children moved" in text
    again = officer_client.post(f"/waivers/{one.ref}/end/", answers).content.decode()
    assert "This waiver has already been ended." in again


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [
        (Role.COMMISSIONER, 200, 200),
        (Role.PROCUREMENT, 200, 200),
        (Role.FINANCE, 200, 403),
        (Role.DIRECTOR, 200, 403),
        (Role.COUNCILLOR, 403, 403),
        (Role.CASEWORKER, 403, 403),
    ],
)
def test_who_reads_the_register_and_who_writes_in_it(role, reads, writes):
    one, client = waiver(), client_of(role)
    assert client.get("/waivers/").status_code == reads
    assert client.get(f"/waivers/{one.ref}/").status_code == reads
    assert client.get("/waivers/new/").status_code == writes
    assert client.post(f"/waivers/{one.ref}/end/", {}).status_code == writes


def test_a_provider_reads_no_register():
    client = Client()
    client.force_login(member_of(organisation()))
    assert client.get("/waivers/").status_code == 403


def test_a_waiver_that_is_not_there_is_not_found(officer_client):
    assert officer_client.get("/waivers/W-XXXXX/").status_code == 404


def test_no_placement_lacks_a_contract_where_there_are_none(officer_client):
    text = officer_client.get("/waivers/without-contract/").content.decode()
    assert "Every placement has a valid contract today." in text
