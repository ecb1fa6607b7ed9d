"""Places for supported internships, counted against another way of counting."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.oversight.internships import rules
from flsf.oversight.internships.enums import Standing
from flsf.oversight.internships.rules import Span

ON = date(2026, 5, 15)


def test_a_place_takes_every_half_day_of_the_service():
    capacity = {0: 4, 1: 3, 2: 0}
    assert rules.places(capacity) == 3
    taken = [Span(0, ON, None), Span(0, ON, ON), Span(1, ON, None)]
    assert rules.open_on(capacity, taken, ON) == 2
    assert rules.open_on(capacity, taken, ON - timedelta(days=1)) == 3
    # The half-day on which nobody can come at all leaves none of the others shut.
    assert rules.open_on(capacity, [*taken, Span(2, ON, None)], ON) == 2


def test_a_service_without_places_has_none_and_an_overfull_one_no_fewer():
    assert (rules.places({}), rules.open_on({}, [], ON)) == (0, 0)
    assert rules.open_on({0: 1}, [Span(0, ON, None)] * 3, ON) == 0


DAYS = st.integers(0, 400).map(lambda days: ON + timedelta(days=days))
SPANS = st.builds(
    lambda half_day, since, length: Span(
        half_day, since, None if length is None else since + timedelta(days=length)
    ),
    st.integers(0, 4),
    DAYS,
    st.none() | st.integers(0, 200),
)


@given(st.dictionaries(st.integers(0, 4), st.integers(0, 6)), st.lists(SPANS), DAYS)
def test_so_many_can_begin_and_not_one_more(capacity, taken, day):
    """The oracle lets one after another in, for that day, until a half-day is full."""
    room = {
        half_day: most - sum(one.half_day == half_day and one.holds_on(day) for one in taken)
        for half_day, most in capacity.items()
        if most
    }
    let_in = 0
    while room and all(left > 0 for left in room.values()):
        room = {half_day: left - 1 for half_day, left in room.items()}
        let_in += 1
    assert rules.open_on(capacity, taken, day) == let_in


def test_the_days_ahead():
    assert rules.days_ahead(ON) == [date(2026, 8, 14), date(2026, 11, 14), date(2027, 5, 14)]


@pytest.mark.parametrize(
    ("wanting", "open_now", "coming", "standing"),
    [
        (0, 0, 0, Standing.ON_TRACK),
        (3, 3, 0, Standing.ON_TRACK),
        (4, 3, 1, Standing.MONITOR),
        (5, 3, 1, Standing.AT_RISK),
    ],
)
def test_whether_there_are_enough(wanting, open_now, coming, standing):
    assert rules.standing(wanting=wanting, open_now=open_now, coming=coming) is standing


def test_the_finding_is_a_sentence_for_one_and_for_more():
    assert rules.finding(wanting=1, open_now=1, coming=0) == (
        "1 young person wants a supported internship. 1 place is open today, and 0 more will "
        "open within a year."
    )
    assert rules.finding(wanting=2, open_now=0, coming=3).startswith("2 young people want")
    assert rules.finding(wanting=2, open_now=1, coming=0, elsewhere=3).endswith(
        "1 place is open today with the council's own services and 3 with others, and 0 more will "
        "open within a year."
    )


def test_places_to_come_are_those_of_the_best_day():
    assert rules.to_come(2, [1, 5, 4]) == 3
    assert rules.to_come(2, [0, 1]) == 0
    assert rules.to_come(2, []) == 0


@given(st.integers(0, 30), st.lists(st.integers(0, 30), max_size=3))
def test_no_two_numbers_told_differ_by_few(open_now, open_then):
    told = rules.told_ahead(open_now, open_then, 5)
    assert [n for n, one in zip(told, open_then, strict=True) if n is not None and n != one] == []
    shown = [open_now, *(one for one in told if one is not None)]
    steps = [abs(a - b) for a, b in itertools.pairwise(shown)]
    assert all(step == 0 or step >= 5 for step in steps)
    if all(one == open_now for one in open_then):
        assert None not in told
