"""Places left, against a count day by day that knows nothing of sweeps."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from flsf.casework.timetable import rules
from flsf.casework.timetable.rules import Span
from flsf.core.half_days import WEEK

FIRST = date(2026, 9, 1)
FAR = date(2027, 1, 1)

days = st.dates(FIRST, FIRST + timedelta(days=40))


@st.composite
def spans(draw):
    since = draw(days)
    until = draw(st.none() | st.dates(since, since + timedelta(days=30)))
    return Span(since, until)


@st.composite
def periods(draw):
    first = draw(days)
    return first, draw(st.none() | st.dates(first, first + timedelta(days=30)))


def counted_by_day(taken, first, last):
    ends = last or FAR
    every = [first + timedelta(days=ahead) for ahead in range((ends - first).days + 1)]
    return max(
        sum(one.since <= day and (one.until is None or day <= one.until) for one in taken)
        for day in every
    )


@given(st.lists(spans(), max_size=12), periods())
def test_the_most_at_once_is_the_busiest_day(taken, period):
    assert rules.most_at_once(taken, *period) == counted_by_day(taken, *period)


@given(
    st.dictionaries(st.integers(0, 9), st.integers(0, 4)),
    st.dictionaries(st.integers(0, 9), st.lists(spans(), max_size=6)),
    periods(),
)
def test_places_left_are_capacity_less_the_busiest_day_and_never_less_than_none(
    capacity, taken, period
):
    left = rules.places_left(capacity, taken, *period)
    assert left == {
        index: max(0, capacity.get(index, 0) - counted_by_day(taken.get(index, []), *period))
        for index in range(len(WEEK))
    }
    assert rules.free_mask(left) == sum(1 << index for index, free in left.items() if free)


def test_two_who_follow_one_another_take_one_place():
    taken = [
        Span(FIRST, FIRST + timedelta(days=6)),
        Span(FIRST + timedelta(days=7), FIRST + timedelta(days=20)),
    ]
    assert rules.most_at_once(taken, FIRST, None) == 1


def test_one_who_leaves_on_the_day_another_comes_takes_a_second_place_that_day():
    taken = [Span(FIRST, FIRST), Span(FIRST, None)]
    assert rules.most_at_once(taken, FIRST, FIRST) == 2


def test_half_days_read_as_a_sentence():
    assert rules.in_words(WEEK[:1]) == "Monday morning"
    assert rules.in_words(WEEK[:3]) == "Monday morning, Monday afternoon and Tuesday morning"
