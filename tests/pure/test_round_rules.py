from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.core.dates import first_of_next_month
from flsf.mandate.rounds.rules import NewRound, Window, clash, decides_in_time, rolling

MAY, JUNE = Window(date(2026, 5, 1), date(2026, 5, 31)), Window(date(2026, 6, 1), date(2026, 6, 30))
BEGINS, ENDS = date(2026, 4, 1), date(2029, 3, 31)
DAYS = st.dates(date(2026, 1, 1), date(2029, 12, 31))


@pytest.mark.parametrize(
    ("day", "first"),
    [(date(2026, 1, 31), date(2026, 2, 1)), (date(2026, 12, 1), date(2027, 1, 1))],
)
def test_the_month_after(day, first):
    assert first_of_next_month(day) == first


def test_a_window_holds_its_first_and_its_last_day():
    assert [MAY.contains(date(2026, 5, day)) for day in (1, 31)] == [True, True]
    assert not MAY.contains(date(2026, 4, 30))
    assert not MAY.contains(date(2026, 6, 1))
    assert Window(date(2026, 5, 1)).contains(date(2099, 1, 1))


def test_windows_clash_on_a_shared_day_only():
    assert not clash([MAY], JUNE)
    assert clash([MAY], Window(date(2026, 5, 31), date(2026, 6, 3)))
    assert clash([Window(date(2026, 5, 1))], JUNE)


@pytest.mark.parametrize(
    ("closes_on", "decide_by", "in_time"),
    [
        (date(2026, 5, 31), None, True),
        (date(2026, 5, 31), date(2026, 5, 31), False),
        (date(2026, 5, 31), date(2026, 6, 1), True),
        (None, date(2026, 5, 1), False),
    ],
)
def test_a_decision_comes_after_the_last_application(closes_on, decide_by, in_time):
    new = NewRound(opens_on=date(2026, 5, 1), closes_on=closes_on, decide_by=decide_by)
    assert decides_in_time(new) is in_time


def test_a_pool_just_begun_gets_this_month_and_the_next():
    found = rolling([], on=date(2026, 5, 15), first=BEGINS, last=ENDS)
    assert found == [Window(date(2026, 5, 15), date(2026, 5, 31)), JUNE]


def test_what_is_there_is_not_opened_again():
    assert rolling([MAY], on=date(2026, 5, 15), first=BEGINS, last=ENDS) == [JUNE]
    assert rolling([MAY, JUNE], on=date(2026, 5, 15), first=BEGINS, last=ENDS) == []


def test_a_round_without_end_needs_no_next():
    assert rolling([Window(BEGINS)], on=date(2026, 5, 15), first=BEGINS, last=ENDS) == []


def test_no_round_outlives_the_framework():
    found = rolling([], on=date(2029, 3, 10), first=BEGINS, last=date(2029, 3, 20))
    assert found == [Window(date(2029, 3, 10), date(2029, 3, 20))]
    assert rolling([], on=date(2029, 4, 1), first=BEGINS, last=ENDS) == []


def test_a_gap_is_filled_up_to_the_round_that_was_announced():
    announced = Window(date(2026, 5, 20), date(2026, 5, 31))
    found = rolling([announced, JUNE], on=date(2026, 5, 15), first=BEGINS, last=ENDS)
    assert found == [Window(date(2026, 5, 15), date(2026, 5, 19))]


@st.composite
def some_windows(draw):
    """Windows that share no day, as the stage keeps them."""
    edges = sorted(set(draw(st.lists(DAYS, max_size=8))))
    return [Window(*pair) for pair in zip(edges[::2], edges[1::2], strict=False)]


@given(some_windows(), DAYS)
def test_never_a_day_without_a_round_nor_one_with_two(windows, on):
    every = [*windows, *rolling(windows, on=on, first=BEGINS, last=ENDS)]
    until = min(ENDS, first_of_next_month(first_of_next_month(on)) - timedelta(days=1))
    day = max(on, BEGINS)
    while day <= until:
        assert sum(one.contains(day) for one in every) == 1
        day += timedelta(days=1)
    assert rolling(every, on=on, first=BEGINS, last=ENDS) == []
