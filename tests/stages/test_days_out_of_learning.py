"""K2 against an oracle that walks every day of every child, one question at a time."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flsf.casework.referrals import actions as referrals
from flsf.casework.referrals.enums import ClosedBecause
from flsf.casework.referrals.enums import Status as ReferralStatus
from flsf.casework.referrals.models import Referral
from flsf.casework.timetable.models import Booking
from flsf.core.half_days import Half, on_day
from flsf.core.people import SYSTEM
from flsf.delivery.attendance import actions, queries
from flsf.delivery.attendance.enums import AbsentBecause, Came, NotHeldBecause
from flsf.delivery.attendance.models import Mark
from flsf.delivery.attendance.rules import Facts
from flsf.delivery.placements import actions as placements
from flsf.delivery.placements.enums import Status
from flsf.delivery.placements.models import Placement, PlacementChange
from flsf.shared.calendars import queries as calendars
from tests import factories_casework as cases
from tests import factories_delivery as made
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db

ILL = Facts(came=Came.NO, absent_because=AbsentBecause.ILLNESS)
OFF = Facts(held=False, not_held_because=NotHeldBecause.PROVIDER, came=Came.NO)
NO_SHOW = Facts(
    held=False,
    not_held_because=NotHeldBecause.CHILD,
    came=Came.NO,
    absent_because=AbsentBecause.NOT_KNOWN,
)
WAYS = (made.CAME, ILL, OFF, NO_SHOW)
ONE_DAY = timedelta(days=1)


def referred(child, days_ago):
    return cases.referral(of=child, first_aware_on=TODAY - timedelta(days=days_ago))


def slowly(child, on):
    """Days out of learning, asked of the tables day by day."""
    firsts = [
        one.first_aware_on
        for one in Referral.objects.filter(child=child)
        if one.changes.filter(takes_effect_on__lte=on)
        .order_by("takes_effect_on", "pk")
        .last()
        .status
        != "closed"
    ]
    if not firsts:
        return 0
    calendar, day, out = calendars.school_calendar(child.school_id), min(firsts), 0
    while day <= on:
        if calendar.is_school_day(day):
            out += not any(had_support(child, day, half) for half in Half)
        day += ONE_DAY
    return out


def had_support(child, day, half):
    for placement in Placement.objects.filter(child=child):
        mark = Mark.objects.filter(placement=placement, day=day, half=half).first()
        if mark is not None:
            if mark.held or mark.not_held_because == "child":
                return True
            continue
        status = (
            PlacementChange.objects.filter(placement=placement, takes_effect_on__lte=day)
            .order_by("takes_effect_on", "pk")
            .last()
        )
        runs = status and status.status in {"introduction", "active"}
        if not runs or day > placement.planned_end_on:
            continue
        for booking in Booking.objects.filter(award_ref=placement.award.ref, hold="booked"):
            over = booking.until is not None and booking.until < day
            if booking.half_day == on_day(day, half).index and booking.since <= day and not over:
                return True
    return False


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    aware=st.integers(0, 40),
    marks=st.lists(
        st.tuples(st.integers(0, 25), st.sampled_from(list(Half)), st.sampled_from(WAYS)),
        max_size=8,
        unique_by=lambda one: one[:2],
    ),
    held_from=st.none() | st.integers(0, 25),
    closed=st.booleans(),
)
def test_days_out_of_learning_are_what_a_slow_walk_finds(aware, marks, held_from, closed):
    placement = made.running(of=cases.child())
    child = placement.child
    sent = referred(child, aware)
    for ago, half, facts in marks:
        day = TODAY - timedelta(days=ago)
        if day < made.BEGAN or (ago == 0 and half is Half.PM):
            continue
        actions.mark(
            placement_id=placement.pk, day=day, half=half,
            facts=replace(facts, minutes=60) if facts is made.CAME else facts,
            agreed_by="Mr Patel", late_reason="Late", by=SYSTEM, at=NOW,
        )  # fmt: skip
    if held_from is not None:
        placements.move(
            placement_id=placement.pk,
            status=Status.ON_HOLD,
            takes_effect_on=TODAY - timedelta(days=held_from),
            reason="In hospital",
            by=SYSTEM,
            at=NOW,
        )
    if closed:
        referrals.move(
            referral_id=sent.pk,
            status=ReferralStatus.CLOSED,
            takes_effect_on=TODAY,
            because=ClosedBecause.WITHDRAWN,
            by=SYSTEM,
            at=NOW,
        )
    found = queries.days_out_of_learning([child.pk], TODAY)
    assert found == {child.pk: slowly(child, TODAY)}


def test_a_child_nobody_asked_for_has_no_days_out():
    child = cases.child()
    assert queries.days_out_of_learning([child.pk], TODAY) == {child.pk: 0}


def test_a_child_without_support_is_out_of_learning_every_school_day():
    child = cases.child()
    referred(child, 11)  # Monday of last week; its bank holiday is no school day
    assert queries.days_out_of_learning([child.pk], TODAY) == {child.pk: 9}


def test_more_children_take_no_more_questions(django_assert_num_queries):
    children = []
    for _ in range(2):
        for _ in range(1 + len(children)):
            placement = made.running(of=cases.child())
            referred(placement.child, 20)
            children.append(placement.child_id)
        with django_assert_num_queries(13):
            queries.days_out_of_learning(children, TODAY)
