"""A check lapses: what each person sees and does, until new evidence settles it."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from flsf.casework.calloffs.enums import Decision
from flsf.casework.children import actions as children
from flsf.core import clock
from flsf.core.people import SYSTEM
from flsf.delivery.continuity import queries as continuity
from flsf.delivery.continuity.enums import Choice, Standing
from flsf.delivery.placements import actions as placements
from flsf.delivery.placements.enums import Status
from flsf.flows.award_calloff import RuledOut, decide_award
from flsf.flows.continuity import decide_continuity
from flsf.jobs import nightly
from flsf.shared.accounts.enums import Role
from flsf.shared.audit.models import RecordView
from flsf.shared.notify.models import Message
from tests.factories import NOW, TODAY, council_member
from tests.factories_delivery import manager, running
from tests.factories_market import A_CHECK, require, shown
from tests.factories_matching import proposed, scene

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
LAST_DAY = date(2026, 6, 10)  # an award may be proposed, for support that begins before it


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def as_(role):
    return signed_in(council_member(role))


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def lapsed(worker=None):
    placement = running()
    shown(placement.provider, until=TODAY - DAY)
    if worker:
        children.name_worker(child_id=placement.child_id, worker_id=worker.pk, by=SYSTEM, at=NOW)
    return placement


def asked(person=SYSTEM):
    nightly.look_after_checks(NOW)
    return continuity.listed(person=person, on=TODAY, standing=Standing.TO_DECIDE)


def page(one):
    return reverse("continuity-page", kwargs={"ref": one.ref})


def form(one):
    return reverse("continuity-decide", kwargs={"ref": one.ref})


def days(name, day):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(many, django_assert_num_queries):
    require()
    for _ in range(many):
        lapsed()
    asked()
    client = as_(Role.CASEWORKER)
    # Session, person, memberships; the list; the children's details and names; the record.
    with django_assert_num_queries(7):
        html = text(client.get(reverse("continuity-list")))
    assert html.count("Decision due") >= many
    assert RecordView.objects.count() == many


def test_the_list_is_narrowed_by_its_address_and_names_nobody_to_a_commissioner():
    require()
    one, other = lapsed(), lapsed()
    asked()
    client = as_(Role.COMMISSIONER)
    rows = client.get(reverse("continuity-list-json"), {"provider": one.provider.ref}).json()
    assert [row["child_words"] for row in rows["rows"]] == [f"Child {one.child.ref}"]
    none = client.get(reverse("continuity-list-json"), {"standing": "kept"}).json()["rows"]
    assert none == []
    assert other.child.last_name not in text(client.get(reverse("continuity-list")))


def test_a_decision_is_read_and_made():
    require()
    officer = council_member(Role.CASEWORKER)
    placement = lapsed(officer)
    [one] = asked()
    client = signed_in(officer)
    html = text(client.get(page(one)))
    assert f"Not in date: {A_CHECK.name}" in html
    assert form(one) in html
    said = {"choice": "keep", "reason": "Cover is confirmed."} | days("review_on", TODAY + 7 * DAY)
    assert client.post(form(one), said).url == page(one)
    html = text(client.get(page(one)))
    assert "Kept for now" in html
    assert "22 May 2026" in html
    assert "nothing to decide any more" in text(client.get(form(one)))
    assert placement.child.last_name in html


def test_what_somebody_wrote_is_for_those_who_may_see_the_child_in_full():
    require()
    placement = lapsed()
    [one] = asked()
    name = placement.child.first_name
    decide_continuity(
        continuity_id=one.id, choice=Choice.KEEP, reason=f"{name} trusts them.",
        review_on=TODAY + 7 * DAY, by=council_member(Role.CASEWORKER), at=NOW,
    )  # fmt: skip
    assert f"{name} trusts them." in text(as_(Role.CASEWORKER).get(page(one)))
    client = as_(Role.COMMISSIONER)
    html = text(client.get(page(one)))
    assert "Kept for now" in html
    assert "Only those who may see the child&#39;s whole record read this" in html
    assert name not in html
    assert name not in text(client.get(reverse("placement-page", args=[placement.ref])))
    for file in ("continuity-list", "continuity-list-csv", "continuity-list-json"):
        assert name not in client.get(reverse(file)).content.decode()


def test_why_a_placement_changed_is_for_them_too():
    placement = running()
    hold = f"{placement.child.first_name} is in hospital."
    placements.move(
        placement_id=placement.pk, status=Status.ON_HOLD, takes_effect_on=TODAY, reason=hold,
        by=council_member(Role.CASEWORKER), at=NOW,
    )  # fmt: skip
    where = reverse("placement-page", args=[placement.ref])
    assert hold in text(as_(Role.CASEWORKER).get(where))
    html = text(as_(Role.COMMISSIONER).get(where))
    assert "On hold from 15 May 2026" in html
    assert placement.child.first_name not in html


def test_to_move_a_child_leads_to_a_request():
    require()
    lapsed()
    [one] = asked()
    client = as_(Role.CASEWORKER)
    said = {"choice": "move", "reason": "Nobody can say when."}
    html = text(client.post(form(one), said, follow=True))
    assert "Other support is asked for: request R-" in html


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({}, "Select whether the child stays or is moved"),
        ({"choice": "keep"}, "Say why the child stays or is moved"),
        ({"choice": "keep", "reason": "Kept typing."}, "Enter the day on which we look again"),
        (
            {"choice": "keep", "reason": "Kept typing."} | days("review_on", TODAY + 90 * DAY),
            "at most 42 days from now",
        ),
        (
            {"choice": "keep", "reason": "Kept typing.", "review_on-day": "31",
             "review_on-month": "2", "review_on-year": "2026"},
            "Enter a real date",
        ),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_and_nothing_typed_is_lost(said, missing):
    require()
    lapsed()
    [one] = asked()
    html = text(as_(Role.CASEWORKER).post(form(one), said))
    assert missing in html
    assert said.get("reason", "") in html
    assert asked()[0].is_open


def test_the_slower_of_two_is_told_who_was_faster():
    require()
    lapsed()
    [one] = asked()
    first = council_member(Role.CASEWORKER)
    decide_continuity(
        continuity_id=one.id, choice=Choice.MOVE, reason="x", review_on=None, by=first, at=NOW
    )
    said = {"choice": "keep", "reason": "Mine."} | days("review_on", TODAY + 7 * DAY)
    html = text(as_(Role.CASEWORKER).post(form(one), said))
    assert f"{first.name} has decided this already: move the child." in html


def test_who_does_not_work_with_the_child_is_told_who_does():
    require()
    officer = council_member(Role.CASEWORKER)
    lapsed(officer)
    [one] = asked()
    client = as_(Role.VIRTUAL_SCHOOL)
    assert f"{officer.name} does." in text(client.get(form(one)))
    said = {"choice": "move", "reason": "x"}
    assert f"{officer.name} does." in text(client.post(form(one), said))
    assert continuity.with_ref(one.ref, person=SYSTEM, on=TODAY).is_open
    assert as_(Role.QUALITY).get(form(one)).status_code == 403
    assert "named worker decides" in text(as_(Role.QUALITY).get(page(one)))


def test_it_is_on_my_work_of_the_named_worker_and_counted_for_who_watches_over():
    require()
    mine, other = council_member(Role.CASEWORKER), council_member(Role.CASEWORKER)
    placement = lapsed(mine)
    [one] = asked()
    assert page(one) in text(signed_in(mine).get("/my-work/"))
    assert page(one) not in text(signed_in(other).get("/my-work/"))
    html = text(as_(Role.QUALITY).get("/my-work/"))
    assert f"{placement.provider.ref}: 1 child waits for a decision whether they stay" in html
    decide_continuity(
        continuity_id=one.id, choice=Choice.MOVE, reason="x", review_on=None, by=mine, at=NOW
    )
    assert "Children to be moved" in text(signed_in(mine).get("/my-work/"))


def test_an_insurance_lapses_and_new_evidence_ends_all_that_followed():
    """The second acceptance of joining, from the day before to the day of the new certificate."""
    at = scene()
    require()
    provider = at.service.provider
    shown(provider, until=LAST_DAY)
    award = proposed(at)
    placement = running(at_service=at.service)
    lead, director = manager(placement), council_member(Role.DIRECTOR)
    tomorrow = NOW + (LAST_DAY + DAY - TODAY)
    service = reverse("directory-service", kwargs={"slug": at.service.slug})
    assert "at the moment" not in text(Client().get(service))
    with clock.stopped_at(tomorrow):
        nightly.look_after_checks(tomorrow)
        with pytest.raises(RuledOut, match=A_CHECK.name):
            decide_award(
                award_id=award.pk, decision=Decision.AWARDED, reason="x", by=director, at=tomorrow
            )
        officer = as_(Role.CASEWORKER)
        assert placement.child.ref in text(officer.get("/my-work/"))
        due = reverse("continuity-list-json") + "?standing=to_decide"
        assert len(officer.get(due).json()["rows"]) == 1
        assert Message.objects.filter(template="check-lapsed", address=lead.email).count() == 1
        assert "not taking new children at the moment" in text(Client().get(service))
        register = text(Client().get(reverse("public-register")))
        assert "Not taking new children at the moment" in register
        commissioner = as_(Role.COMMISSIONER)
        said = {"code": A_CHECK.code, "number": "N-9"}
        said |= days("holds_from", LAST_DAY + DAY) | days("expires_on", TODAY + 365 * DAY)
        seen = reverse("evidence-see", kwargs={"ref": provider.ref})
        assert commissioner.post(seen, said).status_code == 302
        assert "at the moment" not in text(Client().get(service))
        assert officer.get(due).json()["rows"] == []
        decide_award(
            award_id=award.pk, decision=Decision.AWARDED, reason="x", by=director, at=tomorrow
        )
