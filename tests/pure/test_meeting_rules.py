"""How often a provider is met about the contract, against another way of counting it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.oversight.meetings import rules
from flsf.oversight.meetings.enums import Standing
from flsf.oversight.meetings.rules import Cause, Concerning, Terms

TERMS = Terms(
    close_months=3,
    middle_months=6,
    usual_months=12,
    large_pence=25_000_000,
    middle_pence=5_000_000,
    fresh_days=28,
)
LAST = date(2026, 1, 20)
DAY = timedelta(days=1)
GRAVE = Concerning(words="it is suspended", is_grave=True, since=None)
MILD = Concerning(words="a note", is_grave=False, since=None)


def due(paid=0, *concerning, last=LAST):
    return rules.due(last, rules.causes(paid, concerning, TERMS), fresh_days=TERMS.fresh_days)


@pytest.mark.parametrize(
    ("paid", "concerning", "months", "on"),
    [
        (0, (), 12, date(2027, 1, 20)),
        (4_999_999, (), 12, date(2027, 1, 20)),
        (5_000_000, (), 6, date(2026, 7, 20)),
        (24_999_999, (), 6, date(2026, 7, 20)),
        (25_000_000, (), 3, date(2026, 4, 20)),
        (0, (MILD,), 6, date(2026, 7, 20)),
        (0, (GRAVE,), 3, date(2026, 4, 20)),
        (25_000_000, (MILD,), 3, date(2026, 4, 20)),
    ],
)
def test_the_shortest_interval_of_those_that_apply_counts(paid, concerning, months, on):
    found = due(paid, *concerning)
    assert (found.months, found.on) == (months, on)


def test_it_is_said_why_so_often():
    assert due().because == ("every provider is met at least so often",)
    assert due(25_000_000, GRAVE, MILD).because == (
        "we paid £250,000 in twelve months, and £250,000 or more asks for it",
        "it is suspended",
    )
    assert (due().often, due(0, MILD).often, due(0, GRAVE).often) == (
        "Once a year",
        "Every six months",
        "Every three months",
    )
    assert rules.due(LAST, [Cause("so", 4)], fresh_days=1).often == "Every 4 months"


def test_what_came_up_later_leaves_time_to_meet_because_of_it():
    later = Concerning(words="it is suspended", is_grave=True, since=date(2026, 10, 1))
    assert due(0, later).on == date(2026, 10, 29)
    before = Concerning(words="it is suspended", is_grave=True, since=date(2026, 2, 1))
    assert due(0, before).on == date(2026, 4, 20)
    at_the_end = Concerning(words="it is suspended", is_grave=True, since=date(2027, 1, 10))
    assert due(0, at_the_end).on == date(2027, 1, 20)


@pytest.mark.parametrize(
    ("day", "months", "on"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 5, 15), 3, date(2026, 8, 15)),
        (date(2021, 2, 28), 3, date(2021, 5, 28)),
    ],
)
def test_months_end_where_the_month_ends(day, months, on):
    assert rules.months_after(day, months) == on


@given(
    last=st.dates(date(2021, 1, 1), date(2027, 1, 1)),
    others=st.lists(
        st.tuples(
            st.sampled_from([3, 6]),
            st.none() | st.dates(date(2020, 1, 1), date(2028, 1, 1)),
        ),
        max_size=4,
    ),
)
def test_the_due_day_is_the_last_day_that_breaks_no_cause(last, others):
    """The oracle walks day by day until meeting on that day would be late for some cause."""
    found = [Cause("usual", 12), *(Cause("so", months, since) for months, since in others)]

    def is_late(day, cause):
        fresh = cause.since is not None and day <= cause.since + timedelta(days=28)
        whole = (day.year - last.year) * 12 + day.month - last.month
        past = whole > cause.months or (whole == cause.months and day.day > last.day)
        return past and not fresh

    day = last + DAY
    while not any(is_late(day, cause) for cause in found):
        day += DAY
    assert rules.due(last, found, fresh_days=28).on == day - DAY


def test_whether_it_presses():
    on = date(2026, 5, 15)
    assert rules.standing(on - DAY, on=on) is Standing.OVERDUE
    assert rules.standing(on, on=on) is Standing.DUE_SOON
    assert rules.standing(on + 28 * DAY, on=on) is Standing.DUE_SOON
    assert rules.standing(on + 29 * DAY, on=on) is Standing.IN_TIME
