"""A provider admitted with a limit: kept at every call-off, until a visit says otherwise."""

from dataclasses import replace
from datetime import timedelta

import pytest

from flsf.casework.calloffs.enums import DirectGround
from flsf.casework.calloffs.models import Award
from flsf.casework.timetable import queries as timetable
from flsf.core.people import SYSTEM
from flsf.flows.keep_limit import OverLimit
from flsf.mandate.law import actions as law
from flsf.mandate.law.enums import Key
from flsf.market.admissions import actions as admissions
from flsf.market.admissions import queries
from flsf.market.admissions.actions import (
    NeedsAPerson,
    NewVisit,
    NothingSeen,
    NoVisitDue,
    OutcomeUnclear,
    VisitToCome,
    VisitTooEarly,
)
from flsf.market.admissions.enums import VisitOutcome
from flsf.market.admissions.models import Admission, Visit
from tests.factories import NOW, TODAY
from tests.factories_matching import WANTED, choice, decided, proposed, referral, scene

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
LATER = NOW + 30 * DAY


def limited(at, most=1):
    """The scene's provider may have so many children until our first visit."""
    ids = list(Admission.objects.filter(provider=at.service.provider).values_list("pk", flat=True))
    admissions.limit(
        admission_ids=ids, most_children=most, reason="New to this work.", by=at.director, at=NOW
    )
    [found] = queries.conditions(person=SYSTEM, on=TODAY)
    return found


def another(at):
    return replace(at, referral=referral())


def visit(at, found, outcome=VisitOutcome.LIFTED, when=NOW, by=None, **more):
    said = {"visited_on": TODAY, "visited_by": "Rosa Bell", "seen": "Calm rooms."} | more
    return admissions.record_visit(
        condition_id=found.condition_id,
        visit=NewVisit(outcome=outcome, **said),
        by=by or at.director,
        at=when,
    )


KEPT = {"outcome": VisitOutcome.KEPT, "reason": "One rail is loose.", "next_visit_on": TODAY + DAY}


def test_the_second_child_is_refused_when_proposed_and_told_why():
    at = scene()
    found = limited(at)
    assert (found.words, found.visit_due_on) == (
        "Up to 1 child until our first visit", TODAY + 42 * DAY,
    )  # fmt: skip
    decided(proposed(at), at.director)
    with pytest.raises(OverLimit) as told:
        proposed(another(at))
    assert str(told.value) == (
        "Up to 1 child until our first visit: 1 other child has a place with this provider in "
        "those days, held or agreed. Choose another service, or record the visit first."
    )
    assert Award.objects.count() == 1


def test_how_soon_we_visit_is_the_laws_of_the_day_it_was_decided():
    at = scene()
    for days, since in ((28, TODAY), (14, TODAY + DAY)):
        law.set_value(
            key=Key.FIRST_VISIT_DAYS, value=days, in_force_from=since, source="Cabinet, May 2026",
            by=at.director, at=NOW,
        )  # fmt: skip
    found = limited(at)
    assert found.visit_due_on == TODAY + 28 * DAY


def test_more_days_for_a_child_who_is_there_are_within_the_limit():
    at = scene()
    limited(at)
    decided(proposed(at), at.director)
    more = replace(at, referral=referral(at.child, half_days_mask=0b1000))
    assert proposed(more, half_days_mask=0b1000).child_id == at.child.pk


def test_children_one_after_another_are_within_the_limit():
    at = scene()
    limited(at)
    decided(proposed(at, ends_on=WANTED + 6 * DAY), at.director)
    # Ranked it is not, as it has nobody's place in the first of the twelve weeks.
    proposed(
        another(at),
        starts_on=WANTED + 7 * DAY,
        ground=DirectGround.PREFERENCE,
        override_reason="They can wait a week.",
    )
    assert Award.objects.count() == 2


def test_a_limit_made_lower_since_refuses_the_decision():
    at = scene()
    found = limited(at, most=2)
    first, second = proposed(at), proposed(another(at))
    decided(first, at.director)
    lower = KEPT | {"outcome": VisitOutcome.CHANGED, "most_children": 1}
    visit(at, found, **lower)
    with pytest.raises(OverLimit):
        decided(second, at.director)


def test_a_visit_that_lifts_the_limit_lets_others_come():
    at = scene()
    found = limited(at)
    decided(proposed(at), at.director)
    visit(at, found)
    [now] = queries.conditions(person=SYSTEM, on=TODAY)
    assert (now.limit, now.visit_due_on, now.words) == (None, None, "")
    assert proposed(another(at)).pk
    with pytest.raises(NoVisitDue):
        visit(at, found)


def test_a_limit_that_is_kept_has_a_reason_and_another_day():
    at = scene()
    found = limited(at, most=3)
    visit(at, found, **KEPT)
    [now] = queries.conditions(person=SYSTEM, on=TODAY)
    assert (now.limit, now.visit_due_on) == (3, TODAY + DAY)
    assert [one.reason for one in now.visits] == ["One rail is loose."]


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"by": SYSTEM}, NeedsAPerson),
        ({"seen": " "}, NothingSeen),
        ({"visited_by": ""}, NothingSeen),
        ({"visited_on": TODAY + DAY}, VisitToCome),
        ({"visited_on": TODAY - DAY}, VisitTooEarly),
        (KEPT | {"reason": " "}, OutcomeUnclear),
        (KEPT | {"next_visit_on": TODAY}, OutcomeUnclear),
        (KEPT | {"outcome": VisitOutcome.CHANGED}, OutcomeUnclear),
    ],
)
def test_what_a_visit_cannot_be(changed, refusal):
    at = scene()
    found = limited(at)
    with pytest.raises(refusal):
        visit(at, found, **changed)
    assert not Visit.objects.exists()


def test_nobody_but_a_person_sets_a_limit():
    with pytest.raises(NeedsAPerson):
        admissions.limit(admission_ids=[1], most_children=1, reason="x", by=SYSTEM, at=NOW)


def test_the_most_at_once_counts_each_child_once_and_only_together():
    at = scene()
    decided(proposed(at), at.director)
    where = {"since": WANTED, "until": WANTED + 7 * DAY}
    lots = [at.lot.pk]
    of = at.service.provider_id
    assert timetable.most_at_once(of, lots, **where, without=0) == 1
    assert timetable.most_at_once(of, lots, **where, without=at.child.pk) == 0
    assert choice(at).wanted.starts_on == WANTED
