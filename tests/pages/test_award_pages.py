"""An award is proposed, read and decided on pages that need no scripts."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from flsf.casework.calloffs.enums import AwardStatus
from flsf.casework.calloffs.models import Award
from flsf.shared.accounts.enums import Role
from flsf.shared.audit.models import RecordView
from tests.factories import council_member
from tests.factories_awards import limit
from tests.factories_market import require
from tests.factories_matching import proposed, referral, scene, service
from tests.flows.test_registration import booked, same_place, with_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return scene()


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def form_of(at, one=None):
    one = one or at.service
    return reverse("award-propose", kwargs={"ref": at.referral.ref, "service_ref": one.ref})


def answers(at, **more):
    usual = {
        "half_days": ["mon-am", "tue-am"],
        "minutes": "150",
        "starts_on-day": "8", "starts_on-month": "6", "starts_on-year": "2026",
        "ends_on-day": "17", "ends_on-month": "7", "ends_on-year": "2026",
        "budget": str(at.budget.pk),
        "ground": "best_fit",
        "ground_words": "Near home, and they start soon.",
    }  # fmt: skip
    return usual | more


def test_the_form_begins_with_what_was_asked_and_what_it_comes_to(at):
    body = signed_in(at.caseworker).get(form_of(at)).content.decode()
    assert "Ranked first of 1 that fit." in body
    assert 'value="mon-am" checked' in " ".join(body.split())
    assert "The lot allows direct awards" in body
    assert "May be decided by: Director" in body


def test_it_can_be_worked_out_again_without_proposing(at):
    client = signed_in(at.caseworker)
    body = client.post(form_of(at), answers(at, check="yes")).content.decode()
    assert "£1,200.00" in body
    assert "12 half-days on school days times 2.5 hours times £40.00" in body
    assert not Award.objects.exists()


def test_a_proposal_waits_for_a_decision_and_leads_to_its_page(at):
    client = signed_in(at.caseworker)
    response = client.post(form_of(at), answers(at), follow=True)
    award = Award.objects.get()
    assert response.redirect_chain == [(f"/awards/{award.ref}/", 302)]
    body = response.content.decode()
    assert "Awaiting decision" in body
    assert "£1,200.00" in body
    assert "the same." in body


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"half_days": []}, "Select at least one half-day"),
        ({"minutes": "999"}, "a half-day is no longer"),
        ({"ends_on-year": "2025"}, "The last day must be on or after the first day"),
        ({"ends_on-year": "2036"}, "within two years"),
        ({"budget": ""}, "Select the budget that pays"),
        ({"ground": ""}, "Select the ground"),
        ({"starts_on-day": "11", "starts_on-month": "5"}, "Give a reason for going on"),
        ({"half_days": ["fri-pm"], "ends_on-day": "8", "ends_on-month": "6"}, "Change the dates"),
    ],
)
def test_says_what_is_wrong_and_keeps_what_was_typed(at, wrong, says):
    body = signed_in(at.caseworker).post(form_of(at), answers(at, **wrong)).content.decode()
    assert says in body
    assert "Near home, and they start soon." in body
    assert not Award.objects.exists()


def test_a_year_without_a_budget_is_said_when_worked_out_and_refused_when_proposed(at):
    past_march = answers(at, **{"ends_on-month": "4", "ends_on-day": "30", "ends_on-year": "2027"})
    client = signed_in(at.caseworker)
    body = client.post(form_of(at), past_march | {"check": "yes"}).content.decode()
    assert "No budget is set for 2027/28, which would pay £" in body
    body = client.post(form_of(at), past_march).content.decode()
    assert "ask finance to set the budget" in body
    assert "Near home, and they start soon." in body
    assert not Award.objects.exists()


def test_another_than_the_first_asks_why(at):
    other = service(at.lot, largest_group=8)
    client = signed_in(at.caseworker)
    asked = answers(at, ground="preference")
    assert (
        "Another service is ranked first" in client.post(form_of(at, other), asked).content.decode()
    )
    client.post(form_of(at, other), asked | {"override_reason": "They know each other."})
    assert Award.objects.get().override_reason == "They know each other."


def test_a_service_the_law_leaves_out_says_so_before_and_after(at):
    require()
    client = signed_in(at.caseworker)
    assert "It cannot be proposed so." in client.get(form_of(at)).content.decode()
    body = client.post(form_of(at), answers(at, ground="urgent")).content.decode()
    assert "Public liability insurance" in body
    assert not Award.objects.exists()


def test_the_director_decides_on_one_page_without_the_childs_name(at):
    award = proposed(at, ground_words="Near home.")
    client = signed_in(at.director)
    address = reverse("award-decision", kwargs={"ref": award.ref})
    body = client.get(address).content.decode()
    said = ("What is asked", "£1,200.00", "Near home.", "Risks", "Equality", "the same")
    for words in (*said, "Which year pays what", "2026/27", "£48,800.00"):
        assert words in body
    assert at.child.last_name not in body
    assert at.child.ref in body
    assert not RecordView.objects.filter(page="award-decision").exists()
    done = client.post(address, {"decision": "awarded", "reason": "Fits best."}, follow=True)
    assert "The place is booked and the money is committed." in done.content.decode()
    award.refresh_from_db()
    assert award.status == AwardStatus.AWARDED
    assert "It has been decided." in client.get(address).content.decode()


def test_a_decision_needs_its_reason_and_a_choice(at):
    award = proposed(at)
    address = reverse("award-decision", kwargs={"ref": award.ref})
    body = signed_in(at.director).post(address, {}).content.decode()
    assert "Select your decision" in body
    assert "Enter the reason for your decision" in body


def test_says_to_whom_an_award_beyond_the_limit_goes(at):
    limit(Role.COMMISSIONER, 100)
    award = proposed(at)
    client = signed_in(council_member(Role.COMMISSIONER))
    page = client.get(reverse("award-page", kwargs={"ref": award.ref})).content.decode()
    assert "your limit is £100.00" in page
    address = reverse("award-decision", kwargs={"ref": award.ref})
    body = client.post(address, {"decision": "awarded", "reason": "Yes."}).content.decode()
    assert "you may decide up to £100.00" in body


def test_a_refused_decision_changes_nothing_and_says_why(at):
    award = proposed(at)
    require()
    address = reverse("award-decision", kwargs={"ref": award.ref})
    answer = {"decision": "awarded", "reason": "Yes."}
    body = signed_in(at.director).post(address, answer).content.decode()
    assert "This service may not be chosen" in body
    award.refresh_from_db()
    assert award.status == AwardStatus.AWAITING


def test_those_who_may_know_the_child_read_its_name_and_are_on_the_record(at):
    award = proposed(at)
    body = signed_in(at.caseworker).get(reverse("award-page", kwargs={"ref": award.ref}))
    assert at.child.known_as in body.content.decode()
    assert RecordView.objects.filter(page="award-page", subject=f"child {at.child.ref}").exists()


def test_the_register_costs_as_much_for_one_as_for_three(at):
    client = signed_in(at.director)
    address = reverse("award-list")
    proposed(at)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        assert "1 award" in client.get(address).content.decode()
    for _ in range(2):
        made = scene_like(at)
        proposed(made)
    with CaptureQueriesContext(connection) as three:
        assert "3 awards" in client.get(address).content.decode()
    assert (len(one), len(three)) == (6, 6)
    assert client.get(address, {"status": "awarded"}).content.decode().count("A-") == 0
    rows = client.get(reverse("award-list-json")).json()["rows"]
    assert {row["gross_pence"] for row in rows} == {120000}
    # How many could have done it, from the frozen shortlist, and how many were asked (S146).
    assert {(row["services_that_fitted"], row["providers_asked"]) for row in rows} == {(1, 1)}


def scene_like(at):
    return replace(at, referral=referral())


@pytest.mark.parametrize("role", [Role.COUNCILLOR, Role.QUALITY])
def test_roles_that_do_not_work_with_awards_are_refused(at, role):
    award = proposed(at)
    client = signed_in(council_member(role))
    assert client.get(reverse("award-list")).status_code == 403
    assert client.get(reverse("award-page", kwargs={"ref": award.ref})).status_code == 403
    assert signed_in(council_member(Role.FINANCE)).get(form_of(at)).status_code == 403


# --- Hours that only a registered school may give ---


def test_the_form_says_so_before_hours_at_a_place_would_make_it_a_school(at):
    with_plan(at)
    booked(at.child, same_place(at), 120)
    client = signed_in(at.caseworker)
    body = " ".join(client.get(form_of(at)).content.decode().split())
    assert "It cannot be proposed so." in body
    assert "The child would be at this place for 21 hours a week." in body
    assert f"21 hours a week at {at.service.site.name}" in body
    body = client.post(form_of(at), answers(at)).content.decode()
    assert "Only a registered school may give so much support at one place." in body
    assert not Award.objects.exists()


def test_the_form_warns_before_the_hours_come_near(at):
    booked(at.child, same_place(at), 90)
    body = " ".join(signed_in(at.caseworker).get(form_of(at)).content.decode().split())
    assert "It cannot be proposed so." not in body
    assert "17 hours a week at" in body
    assert "Warned from 15; more than 18 at one place is full time" in body


def test_hours_over_several_places_are_asked_about_and_the_reason_is_kept(at):
    with_plan(at)
    booked(at.child, service(at.lot, at.service.provider, largest_group=8), 120)
    client = signed_in(at.caseworker)
    assert (
        "all of this provider&#39;s places together would"
        in client.get(form_of(at)).content.decode()
    )
    body = client.post(form_of(at), answers(at)).content.decode()
    assert "nobody has said why they are not one school" in body
    assert not Award.objects.exists()
    client.post(form_of(at), answers(at, going_on_reason="Two trades, taught apart."))
    award = Award.objects.get()
    decision = signed_in(at.director).get(reverse("award-decision", kwargs={"ref": award.ref}))
    assert "Two trades, taught apart." in decision.content.decode()


def test_whoever_decides_is_told_what_has_come_since(at):
    with_plan(at)
    award = proposed(at)
    booked(at.child, same_place(at), 120)
    decide = reverse("award-decision", kwargs={"ref": award.ref})
    body = signed_in(at.director).post(decide, {"decision": "awarded", "reason": "Fits."})
    assert "Only a registered school may give so much support at one place." in (
        body.content.decode()
    )
    award.refresh_from_db()
    assert award.status == AwardStatus.AWAITING
