"""The first day after a standstill, worked out another way: by walking day for day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from flsf.mandate.rounds.rules import after_standstill
from flsf.shared.calendars.rules import WorkingCalendar

DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
CALENDAR = WorkingCalendar()


@given(DAYS, st.integers(1, 30))
def test_so_many_working_days_lie_between_beginning_with_the_day_of_telling(told_on, days):
    first = after_standstill(told_on, days, CALENDAR)
    between = [told_on + timedelta(days=one) for one in range((first - told_on).days)]
    assert sum(CALENDAR.is_working_day(one) for one in between) == days
    assert CALENDAR.is_working_day(between[-1])


@given(DAYS, st.sampled_from([None, 0]))
def test_without_a_standstill_it_is_that_day(told_on, days):
    assert after_standstill(told_on, days, CALENDAR) == told_on
