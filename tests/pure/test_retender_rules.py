"""What waivers meanwhile are worth: the part of a price that falls in their days."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.mandate.retenders.rules import Bought, share

FIRST, DAY = date(2026, 5, 15), timedelta(days=1)
DAYS = st.integers(min_value=0, max_value=400).map(lambda days: FIRST + days * DAY)


@pytest.mark.parametrize(
    ("first", "last", "pence"),
    [
        (0, 9, 1000),  # all of it
        (-5, 20, 1000),
        (0, 0, 100),
        (5, 20, 500),
        (10, 20, 0),  # after it
        (-9, -1, 0),  # before it
        (0, 2, 300),
    ],
)
def test_a_tenth_for_each_of_ten_days(first, last, pence):
    one = Bought(FIRST, FIRST + 9 * DAY, 1000)
    assert share(one, first=FIRST + first * DAY, last=FIRST + last * DAY) == pence


def test_a_part_of_a_penny_is_a_penny():
    assert share(Bought(FIRST, FIRST + 2 * DAY, 100), first=FIRST, last=FIRST) == 34


@given(st.lists(DAYS, min_size=4, max_size=4), st.integers(min_value=0, max_value=10**9))
def test_it_is_what_counting_day_by_day_comes_to(days, gross):
    starts, ends = sorted(days[:2])
    first, last = sorted(days[2:])
    every = [starts + n * DAY for n in range((ends - starts).days + 1)]
    exact = Fraction(gross * sum(first <= day <= last for day in every), len(every))
    found = share(Bought(starts, ends, gross), first=first, last=last)
    assert exact <= found < exact + 1
