from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.delivery.outcomes import rules as goals
from flsf.delivery.outcomes.enums import Progress
from flsf.oversight.concerns import rules as concerns
from flsf.oversight.concerns.enums import Status
from flsf.shared.calendars.rules import WorkingCalendar

rungs = st.integers(0, 10)


@given(baseline=rungs, target=rungs, steps=st.lists(st.sampled_from(list(Progress))))
def test_where_a_child_is_now_never_leaves_the_ladder(baseline, target, steps):
    assert 0 <= goals.where_now(baseline, target, steps) <= 10


@pytest.mark.parametrize(
    ("baseline", "target", "steps", "now"),
    [
        (3, 7, [], 3),
        (3, 7, [Progress.FORWARD, Progress.FORWARD, Progress.BACK], 4),
        (3, 7, [Progress.REACHED], 7),
        (8, 2, [Progress.FORWARD], 7),
        (None, 7, [Progress.FORWARD], None),
    ],
)
def test_progress_is_measured_from_the_childs_own_start(baseline, target, steps, now):
    assert goals.where_now(baseline, target, steps) == now


@pytest.mark.parametrize(
    ("baseline", "target", "fits"),
    [(3, 7, True), (None, 7, True), (7, 7, False), (11, 7, False), (3, 11, False)],
)
def test_a_goal_is_on_the_ladder_and_somewhere_else_than_the_start(baseline, target, fits):
    assert goals.is_on_the_ladder(baseline, target) is fits


@pytest.mark.parametrize("before", list(Status))
@pytest.mark.parametrize("to", list(Status))
def test_a_concern_is_taken_and_then_closed(before, to):
    legal = {(Status.NEW, Status.BEING_HANDLED), (Status.BEING_HANDLED, Status.CLOSED)}
    assert concerns.may_move(before, to) is ((before, to) in legal)


def test_a_concern_of_friday_evening_reaches_the_lado_on_monday():
    assert concerns.lado_by(date(2026, 5, 15), WorkingCalendar()) == date(2026, 5, 18)


def test_bank_holidays_do_not_count_towards_the_one_working_day():
    before_easter = date(2026, 4, 2)
    assert concerns.lado_by(before_easter, WorkingCalendar()) == date(2026, 4, 7)


@given(ahead=st.integers(0, 700))
def test_the_lado_has_one_working_day_whatever_the_day(ahead):
    raised, calendar = date(2026, 1, 1) + timedelta(days=ahead), WorkingCalendar()
    day = raised + timedelta(days=1)
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    assert concerns.lado_by(raised, calendar) == day
