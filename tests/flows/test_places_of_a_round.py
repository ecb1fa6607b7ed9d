"""The accepted are in the pool of the lots named: again if they were out, after the standstill."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from flsf.core import clock
from flsf.core.people import SYSTEM
from flsf.flows import exclude
from flsf.flows.release_round import release_round
from flsf.mandate.framework.models import Lot
from flsf.mandate.rounds import actions as rounds
from flsf.market.admissions import actions as admissions
from flsf.market.admissions import queries as find
from flsf.market.admissions.enums import Status, SuspensionReason
from flsf.market.admissions.models import Admission
from flsf.market.admissions.rules import NewAdmission
from flsf.market.agreements.models import Agreement
from flsf.market.evaluation.enums import Outcome
from flsf.market.exclusions.enums import CaseStatus
from flsf.market.exclusions.queries import MayNotBeAwarded
from flsf.market.providers import actions as providers
from flsf.market.providers.enums import ProviderKind
from flsf.market.providers.rules import NewProvider, ProviderFacts
from flsf.shared.accounts.enums import Role
from flsf.shared.audit.models import AuditEntry
from flsf.shared.notify.models import Message
from tests.factories import NOW, TODAY, council_member, lot, made_framework
from tests.factories_applications import applicant, mentoring, questions
from tests.factories_evaluation import AFTER, LAST_DAY, Scene, decided, scene
from tests.factories_exclusions import case
from tests.factories_market import provider

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
THEN = AFTER.date()


@pytest.fixture
def at():
    return scene()


def release(at, when=AFTER):
    return release_round(round_of=at.round(when.date()), by=at.director, at=when)


def on_register(at, made):
    """The applicant's organisation is a provider already."""
    facts = ProviderFacts(name="Pals", kind=ProviderKind.COMPANY)
    new = NewProvider(facts=facts, organisation_id=made.application.organisation_id)
    [one] = providers.take_in_many(providers=[new], by=at.first, at=NOW)
    return one


def its_place(at, made):
    """It is in the pool of the lot applied for."""
    return admissions.admit_at_once(
        provider_id=on_register(at, made).pk,
        lot_id=Lot.objects.get(code="mentoring").pk,
        takes_effect_on=TODAY,
        reason="On paper.",
        by=at.second,
        at=NOW,
    )


def remove(at, place):
    admissions.remove(
        admission_id=place.pk,
        explanation="Unsafe.",
        takes_effect_on=TODAY + DAY,
        by=at.first,
        at=NOW + DAY,
    )


def status(place, day):
    return find.status_on(day, admission_id=place.pk)


# --- Out before, and accepted now ---


def test_one_removed_before_is_admitted_again_and_what_was_stays_on_record(at):
    made = decided(at)
    place = its_place(at, made)
    remove(at, place)
    release(at)
    assert [status(place, day) for day in (TODAY, TODAY + DAY, THEN)] == [
        Status.IN_POOL,
        Status.REMOVED,
        Status.IN_POOL,
    ]
    place.refresh_from_db()
    assert (place.decision_reason, place.decided_by) == ("As reported.", at.director)
    [entry] = AuditEntry.objects.filter(tag="market:admission:admitted-again")
    [before] = entry.details["admissions"]
    assert (before["reason"], before["decided_by"]) == ("On paper.", at.second.pk)
    assert Agreement.objects.filter(admission=place).exists()


def test_a_removal_that_held_over_later_days_ends_nothing_decided_since(at):
    made = decided(at)
    place = its_place(at, made)
    admissions.suspend(
        admission_id=place.pk,
        reason=SuspensionReason.SAFEGUARDING,
        explanation="Looked into.",
        takes_effect_on=TODAY,
        review_on=THEN + 10 * DAY,
        lifts_on=THEN + 20 * DAY,
        by=at.first,
        at=NOW,
    )
    remove(at, place)
    release(at)
    assert status(place, THEN + 30 * DAY) is Status.IN_POOL


def test_one_refused_before_is_admitted(at):
    made = decided(at)
    place = admissions.apply(
        provider_id=on_register(at, made).pk,
        lot_id=Lot.objects.get(code="mentoring").pk,
        by=at.first,
        at=NOW,
    )
    admissions.refuse(admission_id=place.pk, reason="No policy.", by=at.first, at=NOW)
    release(at)
    assert status(place, THEN) is Status.IN_POOL


def test_one_in_the_pool_stays_and_keeps_what_was_decided(at):
    made = decided(at)
    place = its_place(at, made)
    release(at)
    assert place.changes.count() == 1
    place.refresh_from_db()
    assert place.decision_reason == "On paper."


def test_a_limit_stands_on_every_lot_named_known_or_new(at):
    made = decided(at, outcome=Outcome.ACCEPT_WITH_LIMIT, most_children=2)
    place = its_place(at, made)
    release(at)
    [one] = find.conditions(person=at.director, on=THEN)
    assert (one.provider_id, one.limit, len(one.lots)) == (place.provider_id, 2, 1)


def test_a_later_limit_takes_the_place_of_the_one_before(at):
    made = decided(at, outcome=Outcome.ACCEPT_WITH_LIMIT, most_children=2)
    place = its_place(at, made)
    admissions.limit(admission_ids=[place.pk], most_children=5, reason="New.", by=at.first, at=NOW)
    release(at)
    assert [one.limit for one in find.conditions(person=at.director, on=THEN)] == [2]


# --- Admitting several asks as much as admitting one ---


@pytest.mark.parametrize("admit", [admissions.admit_many, admissions.admit_again_many])
def test_nobody_excluded_is_admitted_with_others(admit):
    of, by = provider("Bad Apple"), council_member(Role.DIRECTOR)
    opened = case(of)
    exclude.decide_case(
        case_id=opened.pk, outcome=CaseStatus.EXCLUDED, reason="So.", by=by, at=NOW + 30 * DAY
    )
    when = NOW + 30 * DAY
    new = NewAdmission(
        provider_id=of.pk, lot_id=lot().pk, takes_effect_on=when.date(), reason="Good."
    )
    with pytest.raises(MayNotBeAwarded):
        admit(admissions=[new], by=by, at=when)
    assert not Admission.objects.exists()


def again(**changed):
    told = {"provider_id": provider().pk, "lot_id": lot().pk}
    rest = {"takes_effect_on": TODAY, "reason": "Good."}
    return NewAdmission(**told | rest | changed)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"reason": " "}, admissions.ReasonMissing),
        ({"takes_effect_on": TODAY - DAY}, admissions.Backdated),
        ({"takes_effect_on": date(2050, 1, 1)}, admissions.OutsideTerm),
    ],
)
def test_each_refusal_of_admitting_again(changed, refusal):
    with pytest.raises(refusal):
        admissions.admit_again_many(
            admissions=[again(**changed)], by=council_member(Role.DIRECTOR), at=NOW
        )
    with pytest.raises(admissions.NeedsAPerson):
        admissions.admit_again_many(admissions=[again()], by=SYSTEM, at=NOW)


# --- The standstill ---


def with_standstill():
    inside = made_framework()
    questions(inside)
    mentoring(inside)
    rounds.open_round(
        framework_id=inside.pk,
        opens_on=TODAY,
        closes_on=LAST_DAY,
        decide_by=LAST_DAY + 28 * DAY,
        standstill_days=8,
        by=SYSTEM,
        at=NOW,
    )
    staff = (council_member(one) for one in (Role.COMMISSIONER, Role.QUALITY, Role.DIRECTOR))
    return Scene(inside, *staff)


FIRST = date(2026, 6, 10)  # told on Friday 29 May: the eighth working day is Tuesday 9 June


def test_places_and_agreements_begin_on_the_first_day_after_the_standstill():
    at = with_standstill()
    decided(at, outcome=Outcome.ACCEPT_WITH_LIMIT, most_children=2)
    release(at)
    assert [bool(find.in_pool(day)) for day in (THEN, FIRST - DAY, FIRST)] == [False, False, True]
    assert set(Agreement.objects.values_list("in_force_from", flat=True)) == {FIRST}
    [one] = find.conditions(person=at.director, on=FIRST)
    assert one.since == FIRST
    [message] = Message.objects.all()
    assert message.details["from"] == "10 June 2026"


def test_without_a_standstill_the_message_names_no_day(at):
    decided(at)
    release(at)
    [message] = Message.objects.all()
    assert set(message.details) == {"reference"}


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_pages_say_from_when_places_count():
    at, person = with_standstill(), applicant()
    made = decided(at, person)
    staff, theirs = Client(), Client()
    staff.force_login(at.director)
    page = reverse("round-page", kwargs={"number": 1})
    with clock.stopped_at(AFTER):
        html = text(staff.get(reverse("round-tell", kwargs={"number": 1})))
        assert "in the pool from 10 June 2026, the first day after the standstill of 8" in html
        assert "The first day after the standstill" in text(staff.get(page))
        release(at)
        assert "10 June 2026" in text(staff.get(page))
        theirs.force_login(type(person).objects.get(pk=person.pk))
        html = text(theirs.get(reverse("application-tasks", args=(made.application.ref,))))
        assert "Your place counts from 10 June 2026." in html
