"""What was set for a later day does not bring back whoever was suspended or removed since."""

from datetime import timedelta

import pytest

from flsf.core.people import SYSTEM
from flsf.flows.escalate import take_step
from flsf.flows.suspend_provider import NothingToSuspend, Terms, suspend_provider
from flsf.market.admissions import actions, queries
from flsf.market.admissions.enums import Status, SuspensionReason
from flsf.market.admissions.rules import may_suspend
from flsf.oversight.escalations.enums import Rung, Signal
from flsf.oversight.escalations.rules import NewStep
from tests.factories import NOW, TODAY, council_member, lot
from tests.factories_market import admitted, provider

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
QUALITY, SAFEGUARDING = SuspensionReason.QUALITY, SuspensionReason.SAFEGUARDING


def suspend(admission, days=0, reason=QUALITY, at_days=None, **how):
    actions.suspend(
        admission_id=admission.pk,
        reason=reason,
        explanation="Two visits found the same gaps.",
        takes_effect_on=TODAY + days * DAY,
        review_on=TODAY + 90 * DAY,
        by=council_member(),
        at=NOW + (days if at_days is None else at_days) * DAY,
        **how,
    )


def lift(admission, days, at_days=None):
    actions.lift(
        admission_id=admission.pk,
        explanation="Put right.",
        takes_effect_on=TODAY + days * DAY,
        by=council_member(),
        at=NOW + (days if at_days is None else at_days) * DAY,
    )


def stands(admission, days):
    return queries.status_on(TODAY + days * DAY, admission_id=admission.pk)


def removed(of, days=0):
    step = NewStep(
        rung=Rung.REMOVED,
        signal=Signal.SAFEGUARDING,
        reason="It cannot be put right.",
        due_on=TODAY + 30 * DAY,
        takes_effect_on=TODAY + days * DAY,
    )
    take_step(provider_id=of.pk, step=step, by=council_member(), at=NOW + days * DAY)


def everything(of, reason=SAFEGUARDING, **terms):
    standings = [
        *queries.standings([of.pk], on=TODAY, person=SYSTEM)[of.pk],
        *queries.to_come(of.pk, after=TODAY, person=SYSTEM),
    ]
    suspend_provider(
        provider_id=of.pk,
        standings=standings,
        terms=Terms(
            reason=reason,
            explanation="A concern is looked into.",
            takes_effect_on=TODAY,
            review_on=TODAY + 5 * DAY,
            **terms,
        ),
        by=council_member(),
        at=NOW,
    )


def test_whoever_is_removed_for_good_stays_removed():
    admission = admitted()
    suspend(admission, lifts_on=TODAY + 14 * DAY)
    removed(admission.provider, days=2)
    assert [stands(admission, days) for days in (1, 2, 14, 400)] == [
        Status.SUSPENDED,
        Status.REMOVED,
        Status.REMOVED,
        Status.REMOVED,
    ]


def test_a_lift_set_before_does_not_end_a_later_suspension():
    admission = admitted()
    suspend(admission, lifts_on=TODAY + 14 * DAY)
    lift(admission, days=1)
    suspend(admission, days=3)
    assert {stands(admission, days) for days in (3, 14, 80)} == {Status.SUSPENDED}


def test_what_is_lifted_does_not_come_back_on_a_day_it_held_over():
    admission = admitted()
    suspend(admission, lifts_on=TODAY + 14 * DAY)
    lift(admission, days=1)
    suspend(admission, days=3)
    lift(admission, days=5)
    assert {stands(admission, days) for days in (5, 14, 80)} == {Status.IN_POOL}


def test_a_suspension_decided_for_a_later_day_stays_when_another_is_lifted():
    admission = admitted()
    suspend(admission, days=20, at_days=0)
    suspend(admission, reason=SAFEGUARDING, lifts_on=TODAY + 10 * DAY)
    lift(admission, days=5)
    assert [stands(admission, days) for days in (5, 10, 20)] == [
        Status.IN_POOL,
        Status.IN_POOL,
        Status.SUSPENDED,
    ]


def test_a_later_suspension_that_ends_by_itself_ends_on_its_own_day():
    admission = admitted()
    suspend(admission, lifts_on=TODAY + 14 * DAY)
    lift(admission, days=1)
    suspend(admission, days=3, lifts_on=TODAY + 30 * DAY)
    assert [stands(admission, days) for days in (2, 3, 14, 29, 30)] == [
        Status.IN_POOL,
        *[Status.SUSPENDED] * 3,
        Status.IN_POOL,
    ]


def test_one_for_safeguarding_takes_the_place_of_one_that_would_end():
    admission = admitted()
    suspend(admission)
    lift(admission, days=10, at_days=0)
    suspend(admission, days=2, reason=SAFEGUARDING)
    assert {stands(admission, days) for days in (2, 10, 80)} == {Status.SUSPENDED}


@pytest.mark.parametrize("reason", sorted(set(SuspensionReason) - {QUALITY, SAFEGUARDING}))
def test_one_that_something_else_lifts_takes_no_place(reason):
    assert not may_suspend(Status.SUSPENDED, reason)
    assert may_suspend(Status.IN_POOL, reason)
    assert not may_suspend(Status.REMOVED, reason)


def two_lots():
    of = provider()
    now = admitted(of, in_lot=lot())
    return now, admitted(of, in_lot=lot("Therapies"), takes_effect_on=TODAY + 7 * DAY)


def test_a_lot_to_come_is_suspended_with_everything():
    now, later = two_lots()
    everything(now.provider)
    assert (stands(now, 0), stands(later, 6), stands(later, 7)) == (
        Status.SUSPENDED,
        None,
        Status.SUSPENDED,
    )


def test_a_suspension_that_ends_before_leaves_a_lot_to_come_alone():
    now, later = two_lots()
    everything(now.provider, lifts_on=TODAY + 6 * DAY)
    assert (stands(now, 0), stands(now, 6), stands(later, 7)) == (
        Status.SUSPENDED,
        Status.IN_POOL,
        Status.IN_POOL,
    )


def test_a_lot_to_come_is_removed_with_the_others():
    now, later = two_lots()
    removed(now.provider)
    assert (stands(now, 0), stands(later, 7)) == (Status.REMOVED, Status.REMOVED)
    assert queries.to_come(now.provider_id, after=TODAY + 7 * DAY, person=SYSTEM) == []


def test_nothing_to_suspend_is_refused():
    with pytest.raises(NothingToSuspend):
        everything(provider())
