from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from flsf.core.half_days import Half
from flsf.core.people import SYSTEM
from flsf.delivery.attendance import actions, queries
from flsf.delivery.attendance.enums import AbsentBecause, Came, NotHeldBecause
from flsf.delivery.attendance.models import Correction, Mark
from flsf.delivery.attendance.rules import Facts
from flsf.delivery.placements import actions as placements
from flsf.delivery.placements.enums import Commissioner, Status
from flsf.shared.calendars.models import Closure
from tests import factories_delivery as made
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db

WEDNESDAY = date(2026, 5, 13)
ILL = Facts(came=Came.NO, absent_because=AbsentBecause.ILLNESS)


def marked(placement, day=TODAY, half=Half.AM, facts=made.CAME, **more):
    return actions.mark(
        placement_id=placement.pk, day=day, half=half, facts=facts, **more, by=SYSTEM, at=NOW
    )


def corrected(mark, facts, **more):
    more = {"reason": "They rang later."} | more
    return actions.correct(mark_id=mark.pk, facts=facts, **more, by=SYSTEM, at=NOW)


def test_a_mark_has_the_agreed_minutes_and_the_schools_code():
    mark = marked(made.running())
    assert (mark.minutes, mark.school_code, mark.is_extra) == (120, "K", False)


def test_a_school_that_arranged_it_itself_takes_another_code():
    mark = marked(made.running(commissioner=Commissioner.SCHOOL))
    assert mark.school_code == "B"


@pytest.mark.parametrize(("day", "half"), [(TODAY, Half.PM), (TODAY + timedelta(days=3), Half.AM)])
def test_a_session_that_has_not_begun_is_not_marked(day, half):
    with pytest.raises(actions.NotYet):
        marked(made.running(), day, half)


def test_a_placement_that_is_not_running_has_no_sessions():
    with pytest.raises(actions.NotRunning):
        marked(made.planned())


def test_a_placement_on_hold_has_no_sessions():
    placement = made.running()
    placements.move(
        placement_id=placement.pk,
        status=Status.ON_HOLD,
        takes_effect_on=TODAY,
        reason="In hospital",
        by=SYSTEM,
        at=NOW,
    )
    with pytest.raises(actions.NotRunning):
        marked(placement)


def test_answers_that_do_not_fit_are_refused_in_words():
    with pytest.raises(actions.DoesNotFit, match="Say why the child did not come"):
        marked(made.running(), facts=Facts(came=Came.NO))


def test_a_session_of_more_than_a_week_ago_needs_a_reason():
    placement = made.running()
    with pytest.raises(actions.NeedsReason):
        marked(placement, date(2026, 5, 6))
    mark = marked(placement, date(2026, 5, 6), late_reason="I was ill.")
    assert mark.late_reason == "I was ill."


def test_a_session_outside_the_timetable_needs_whoever_agreed():
    placement = made.running()
    thursday = date(2026, 5, 14)
    with pytest.raises(actions.NeedsAgreement):
        marked(placement, thursday)
    mark = marked(placement, thursday, facts=Facts(minutes=60), agreed_by="Mr Patel")
    assert (mark.is_extra, mark.agreed_by, mark.minutes) == (True, "Mr Patel", 60)


def test_an_extra_session_says_how_long_it_was():
    with pytest.raises(actions.DoesNotFit, match="how many minutes"):
        marked(made.running(), date(2026, 5, 14), agreed_by="Mr Patel")


def test_the_same_session_again_shows_the_mark_that_stands():
    placement = made.running()
    first = marked(placement)
    with pytest.raises(actions.AlreadyMarked) as told:
        marked(placement, facts=ILL)
    assert told.value.standing.id == first.pk
    assert told.value.standing.came is Came.YES


def test_a_correction_keeps_what_was_said_before_and_why():
    mark = marked(made.running(), note="Read two chapters")
    corrected(mark, ILL)
    now = queries.marks([mark.placement_id], TODAY, TODAY)[0]
    assert (now.came, now.minutes, now.school_code, now.note) == (Came.NO, 0, "I", "")
    (before,) = queries.corrections(mark.pk)
    assert before.reason == "They rang later."
    assert before.said_before["came"] == "yes"
    assert before.said_before["note"] == "Read two chapters"


def test_saying_the_same_again_is_no_correction():
    mark = marked(made.running())
    corrected(mark, made.CAME, reason="")
    assert Correction.objects.count() == 0


def test_a_correction_needs_a_reason():
    with pytest.raises(actions.NeedsReason):
        corrected(marked(made.running()), ILL, reason="")


def test_a_correction_must_fit_together():
    with pytest.raises(actions.DoesNotFit):
        corrected(marked(made.running()), Facts(came=Came.LATE))


def sessions(placement, first, last):
    return [(one.day, one.half) for one in queries.expected([placement.pk], first, last)]


def test_sessions_are_expected_on_the_agreed_half_days_of_school_days():
    placement = made.running()
    week = sessions(placement, date(2026, 5, 11), date(2026, 5, 17))
    assert week == [
        (date(2026, 5, 11), Half.AM),
        (date(2026, 5, 13), Half.AM),
        (date(2026, 5, 15), Half.AM),
        (date(2026, 5, 15), Half.PM),
    ]


def test_no_session_is_expected_on_a_bank_holiday_a_closure_or_in_half_term():
    placement = made.running()
    Closure.objects.create(day=WEDNESDAY, reason="INSET day")
    assert sessions(placement, date(2026, 5, 4), date(2026, 5, 4)) == []
    assert sessions(placement, WEDNESDAY, WEDNESDAY) == []
    assert sessions(placement, date(2026, 5, 25), date(2026, 5, 29)) == []


def test_no_session_is_expected_before_it_began_or_after_it_ended():
    placement = made.running()
    placements.move(
        placement_id=placement.pk,
        status=Status.ENDED,
        takes_effect_on=TODAY,
        reason="Back at school",
        by=SYSTEM,
        at=NOW,
    )
    days = {day for day, _ in sessions(placement, date(2026, 4, 1), date(2026, 6, 1))}
    assert (min(days), max(days)) == (made.BEGAN, WEDNESDAY)


def test_unmarked_sessions_are_those_that_have_begun():
    placement = made.running()
    marked(placement, WEDNESDAY)
    left = queries.unmarked([placement.pk], date(2026, 5, 11), TODAY, london_now=NOW)
    assert [(one.day, one.half) for one in left] == [
        (date(2026, 5, 11), Half.AM),
        (TODAY, Half.AM),
    ]


def test_an_absence_nobody_explained_is_found():
    placement = made.running()
    marked(placement, facts=Facts(came=Came.NO, absent_because=AbsentBecause.NOT_KNOWN))
    marked(placement, WEDNESDAY, facts=ILL)
    found = queries.unexplained([placement.pk], made.BEGAN, TODAY)
    assert [one.day for one in found] == [TODAY]


def test_the_questions_asked_do_not_grow_with_placements(django_assert_num_queries):
    ids = [made.running().pk]
    for _ in range(2):
        with django_assert_num_queries(6):
            queries.expected(ids, made.BEGAN, TODAY)
        ids += [made.running().pk, made.running().pk]


def bad(placement, **columns):
    values = {
        "placement_id": placement.pk,
        "day": TODAY,
        "half": "am",
        "held": True,
        "came": "yes",
        "minutes": 60,
        "school_code": "K",
        "source": "phone",
        "marked_at": NOW,
    }
    return Mark(**(values | columns))


@pytest.mark.parametrize(
    "columns",
    [
        {"held": False, "minutes": 0},
        {"not_held_because": "site"},
        {"came": "no", "minutes": 0},
        {"absent_because": "illness"},
        {"came": "late"},
        {"minutes_late": 5},
        {"minutes": 0},
        {"is_extra": True},
        {"held": False, "not_held_because": "child", "came": "no", "minutes": 0},
    ],
    ids=str,
)
def test_the_table_itself_refuses_what_does_not_fit(columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        bad(made.running(), **columns).save()


@pytest.mark.parametrize(
    "columns",
    [
        {},
        {"came": "late", "minutes_late": 5},
        {"came": "no", "absent_because": "illness", "minutes": 0},
        {"held": False, "not_held_because": "site", "came": "no", "minutes": 0},
        {"held": False, "not_held_because": "site", "minutes": 0},
        {"is_extra": True, "agreed_by": "Mr Patel"},
    ],
    ids=str,
)
def test_the_table_itself_takes_what_fits(columns):
    bad(made.running(), **columns).save()


def test_a_cancelled_session_is_nobodys_absence():
    facts = Facts(held=False, not_held_because=NotHeldBecause.PROVIDER, came=Came.NO)
    mark = marked(made.running(), facts=facts)
    assert (mark.school_code, mark.minutes, mark.absent_because) == ("Y7", 0, "")
