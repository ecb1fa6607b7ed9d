from datetime import date, timedelta

import pytest

from flsf.casework.calloffs.models import Award
from flsf.casework.children import queries as children
from flsf.casework.referrals import queries as referrals
from flsf.casework.referrals.enums import ClockKind
from flsf.casework.referrals.enums import Status as ReferralStatus
from flsf.casework.referrals.models import Clock
from flsf.casework.timetable import queries as timetable
from flsf.core.half_days import Half
from flsf.core.people import SYSTEM
from flsf.delivery.attendance import actions as attendance
from flsf.delivery.attendance import queries as sessions
from flsf.delivery.attendance.enums import AbsentBecause, Came
from flsf.delivery.attendance.models import Mark
from flsf.delivery.attendance.rules import Facts
from flsf.delivery.outcomes import actions as outcomes
from flsf.delivery.outcomes import queries as goals
from flsf.delivery.outcomes.enums import Progress
from flsf.delivery.placements import actions as placements
from flsf.delivery.placements import queries as find_placements
from flsf.delivery.placements.enums import Status
from flsf.flows import end_placement as ending
from flsf.flows import record_session as recording
from flsf.flows.start_placement import start_placement
from flsf.oversight.concerns.models import Concern
from flsf.shared.accounts.enums import Role
from flsf.shared.notify import queries as outbox
from tests import factories_casework as cases
from tests import factories_delivery as made
from tests.factories import NOW, TODAY, council_member

pytestmark = pytest.mark.django_db

UNEXPLAINED = Facts(came=Came.NO, absent_because=AbsentBecause.NOT_KNOWN)
ONE_DAY = timedelta(days=1)


def status_of(placement, on=TODAY):
    return find_placements.with_id(placement.pk, person=SYSTEM, on=on).status


def test_when_a_placement_begins_the_referral_has_started_and_its_clocks_are_met():
    child = cases.child()
    referral = cases.referral(of=child)
    placement = made.planned(of=child)
    Award.objects.filter(pk=placement.award_id).update(referral=referral)
    start_placement(placement_id=placement.pk, begins_on=TODAY, by=SYSTEM, at=NOW)
    assert status_of(placement) is Status.ACTIVE
    started = referrals.status_on(TODAY, referral_id=referral.pk)
    assert started is ReferralStatus.STARTED
    clocks = Clock.objects.filter(referral=referral)
    assert {one.met_on for one in clocks} == {TODAY}
    assert {one.kind for one in clocks} <= set(ClockKind)


def test_a_start_told_late_counts_for_the_clocks_from_the_day_it_was():
    child = cases.child()
    referral = cases.referral(of=child)
    placement = made.planned(of=child)
    Award.objects.filter(pk=placement.award_id).update(referral=referral)
    day = TODAY - timedelta(days=4)
    start_placement(placement_id=placement.pk, begins_on=day, by=SYSTEM, at=NOW)
    assert set(Clock.objects.values_list("met_on", flat=True)) == {day}
    assert referrals.status_on(TODAY, referral_id=referral.pk) is ReferralStatus.STARTED


def test_support_found_elsewhere_begins_without_a_referral():
    placement = made.planned()
    start_placement(placement_id=placement.pk, begins_on=TODAY, by=SYSTEM, at=NOW)
    assert status_of(placement) is Status.ACTIVE


def test_when_a_placement_ends_its_places_are_free_and_the_provider_sees_nothing():
    placement = made.running()
    made.disclosed(placement)
    person = made.manager(placement)
    ending.end_placement(
        placement_id=placement.pk, last_day=TODAY, reason="Back at school", by=SYSTEM, at=NOW
    )
    tomorrow = TODAY + ONE_DAY
    assert status_of(placement) is Status.ACTIVE
    assert status_of(placement, tomorrow) is Status.ENDED
    assert timetable.week(placement.child_id, on=TODAY)
    assert timetable.week(placement.child_id, on=tomorrow) == []
    assert children.with_id(placement.child_id, person=person, on=TODAY)
    assert children.with_id(placement.child_id, person=person, on=tomorrow) is None
    assert Award.objects.get().status == "ended"


def test_a_placement_that_is_refused_to_end_leaves_all_as_it_was():
    placement = made.running()
    made.disclosed(placement)
    with pytest.raises(placements.NeedsReason):
        ending.end_placement(
            placement_id=placement.pk, last_day=TODAY, reason="", by=SYSTEM, at=NOW
        )
    assert timetable.week(placement.child_id, on=TODAY + ONE_DAY)


def test_a_last_day_long_before_the_first_is_refused():
    placement = made.running()
    with pytest.raises(ending.EndsTooEarly):
        ending.end_placement(
            placement_id=placement.pk,
            last_day=date(2026, 1, 1),
            reason="Wrong",
            by=SYSTEM,
            at=NOW,
        )


def session(placement, facts=made.CAME, **more):
    given = {"day": TODAY, "half": Half.AM} | more
    return recording.Session(placement_id=placement.pk, facts=facts, **given)


def test_a_session_is_marked_and_its_goals_ticked_together():
    placement = made.running()
    goal = outcomes.set_goal(
        placement_id=placement.pk,
        words="Read aloud",
        baseline=2,
        target=6,
        set_on=TODAY,
        by=SYSTEM,
        at=NOW,
    )
    recording.record_session(
        session=session(placement), steps={goal.pk: Progress.FORWARD}, by=SYSTEM, at=NOW
    )
    assert Mark.objects.get().came == Came.YES
    assert goals.of_placement(placement.pk)[0].now == 3


def test_a_mark_that_is_refused_ticks_no_goal():
    placement = made.running()
    goal = outcomes.set_goal(
        placement_id=placement.pk, words="Read", target=6, baseline=1, set_on=TODAY,
        by=SYSTEM, at=NOW,
    )  # fmt: skip
    recording.record_session(session=session(placement), by=SYSTEM, at=NOW)
    with pytest.raises(attendance.AlreadyMarked):
        recording.record_session(
            session=session(placement), steps={goal.pk: Progress.BACK}, by=SYSTEM, at=NOW
        )
    assert goals.of_placement(placement.pk)[0].steps == ()


def test_an_unexplained_absence_is_told_to_school_and_named_worker_the_same_day():
    school, worker = cases.school(), council_member(Role.CASEWORKER)
    senco = cases.senco(school)
    child = cases.pupil(school)
    child.named_worker = worker
    child.save()
    placement = made.running(of=child)
    recording.record_session(session=session(placement, UNEXPLAINED), by=SYSTEM, at=NOW)
    sent = outbox.waiting()
    assert {one.recipient_id for one in sent} == {senco.pk, worker.pk}
    assert {one.template for one in sent} == {"absent-unexplained"}
    assert all(one.details == {"reference": placement.ref, "day": "2026-05-15"} for one in sent)


@pytest.mark.parametrize(
    ("facts", "day"),
    [
        (made.CAME, TODAY),
        (Facts(came=Came.NO, absent_because=AbsentBecause.ILLNESS), TODAY),
        (UNEXPLAINED, date(2026, 5, 13)),
    ],
    ids=["came", "ill", "days ago"],
)
def test_nobody_is_told_of_what_is_explained_or_past(facts, day):
    school = cases.school()
    cases.senco(school)
    placement = made.running(of=cases.pupil(school))
    recording.record_session(session=session(placement, facts, day=day), by=SYSTEM, at=NOW)
    assert outbox.waiting() == []


def test_a_corrected_session_keeps_its_original():
    placement = made.running()
    mark = recording.record_session(session=session(placement), by=SYSTEM, at=NOW)
    recording.correct_session(
        mark_id=mark, session=session(placement, UNEXPLAINED), reason="Wrong child",
        by=SYSTEM, at=NOW,
    )  # fmt: skip
    assert len(sessions.corrections(mark)) == 1


def test_the_safeguarding_lead_is_told_that_there_is_a_concern_and_nothing_of_it():
    lead = council_member(Role.SAFEGUARDING)
    placement = made.running()
    ref = recording.raise_concern(
        child_id=placement.child_id,
        placement_id=placement.pk,
        worry=recording.Worry(words="Bruises on both arms.", in_danger_now=True),
        by=made.mentor(placement),
        at=NOW,
    )
    (message,) = outbox.waiting()
    assert (message.recipient_id, message.template) == (lead.pk, "concern-raised")
    assert message.details == {"reference": ref, "day": "2026-05-15"}
    assert Concern.objects.get().in_danger_now
