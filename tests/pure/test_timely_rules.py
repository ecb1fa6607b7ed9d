"""How soon support begins, by ground, and whether it is the child's own."""

from datetime import date, timedelta
from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.casework.referrals.enums import Ground
from flsf.oversight.reports.rules import Began, timely

CAME, DAY = date(2026, 3, 2), timedelta(days=1)


def referral(days=None, *, placed=True, goals=False, is_open=True):
    return Began(
        ground=Ground.MEDICAL,
        received_on=CAME,
        first_session_on=None if days is None else CAME + days * DAY,
        has_placement=placed,
        has_goals=goals,
        is_open=is_open,
    )


@pytest.mark.parametrize(
    ("days", "half", "longest"),
    [([], None, None), ([4], 4, 4), ([4, 9], Fraction(13, 2), 9), ([1, 2, 30], 2, 30)],
)
def test_half_began_within_the_middle_of_the_days(days, half, longest):
    told = timely(referral(one) for one in days)
    assert (told.median, told.longest, told.began) == (half, longest, len(days))


def test_support_that_ran_before_the_referral_came_took_no_days():
    assert referral(-3).days == 0


def test_what_waits_is_open_and_has_had_no_session_and_goals_are_of_those_placed():
    told = timely(
        [
            referral(5, goals=True),
            referral(None),
            referral(None, placed=False),
            referral(None, placed=False, is_open=False),
        ]
    )
    assert (told.asked, told.began, told.waiting) == (4, 1, 2)
    assert (told.placed, told.tailored) == (2, 1)


@given(st.lists(st.one_of(st.none(), st.integers(min_value=0, max_value=500))))
def test_it_is_the_median_of_the_library(days):
    told = timely(referral(one) for one in days)
    began = [one for one in days if one is not None]
    assert told.median == (Fraction(median(began)) if began else None)
    assert told.asked == len(days)
