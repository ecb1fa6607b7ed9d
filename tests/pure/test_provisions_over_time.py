"""A number through time: each value from its day on."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.mandate.law.enums import Key
from flsf.mandate.law.rules import NotInForce, OverTime

FIRST = date(2020, 1, 1)


def day(n):
    return FIRST + timedelta(days=n)


@given(st.dictionaries(st.integers(0, 40), st.integers(1, 99), max_size=6), st.integers(0, 45))
def test_the_value_of_a_day_is_that_of_the_last_first_day_reached(changes, asked):
    number = OverTime(Key.REPLY_DAYS, tuple((day(n), changes[n]) for n in sorted(changes)))
    back = asked
    while back >= 0 and back not in changes:
        back -= 1
    if back < 0:
        with pytest.raises(NotInForce):
            number.on(day(asked))
    else:
        assert number.on(day(asked)) == changes[back]
