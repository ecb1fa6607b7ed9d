"""When support would make a provider a school: by example, and for any numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.casework.calloffs.rules.registration import Hours, Limits, in_words, is_near, is_stopped
from flsf.casework.timetable.rules import Stay, fullest

LIMITS = Limits(full_time_hours=18, warning_hours=15, most_children=5)


def hours(minutes, **more):
    usual = {
        "by_site": (("Forge Road", minutes),),
        "others_full_time": 0,
        "plan_or_care": False,
        "of_school_age": True,
        "is_school": False,
    }
    return Hours(minutes=minutes, **usual | more)


@pytest.mark.parametrize(
    ("minutes", "more", "near", "stopped"),
    [
        (14 * 60 + 59, {"plan_or_care": True}, False, False),
        (15 * 60, {"plan_or_care": True}, True, False),
        (18 * 60, {"plan_or_care": True}, True, False),
        (18 * 60 + 1, {"plan_or_care": True}, True, True),
        (25 * 60, {}, True, False),
        (25 * 60, {"others_full_time": 3}, True, False),
        (25 * 60, {"others_full_time": 4}, True, True),
        (25 * 60, {"others_full_time": 4, "of_school_age": False}, True, False),
        (25 * 60, {"others_full_time": 9, "is_school": True}, False, False),
    ],
)
def test_warned_from_fifteen_and_stopped_above_eighteen(minutes, more, near, stopped):
    found = hours(minutes, **more)
    assert (is_near(found, LIMITS), is_stopped(found, LIMITS)) == (near, stopped)


def test_the_numbers_are_told_with_each_place():
    found = hours(20 * 60, by_site=(("Forge Road", 720), ("Mill Lane", 480)), others_full_time=1)
    assert in_words(found, LIMITS) == (
        "20 hours a week with this provider, whoever arranged them (12 at Forge Road, 8 at Mill "
        "Lane). Warned from 15; more than 18 is full time, which only a registered school may "
        "give to a child with a plan or in care, or to 5 children. 1 other child is there full time"
    )


days = st.dates(date(2026, 1, 1), date(2026, 3, 1))
stays = st.lists(
    st.builds(Stay, st.sampled_from([None, 1, 2]), st.integers(30, 300), days, st.none() | days),
    max_size=6,
)


@given(stays)
def test_the_fullest_week_is_that_of_the_fullest_day(found):
    every = [date.fromordinal(date(2026, 1, 1).toordinal() + ahead) for ahead in range(60)]
    most = max((sum(one.minutes for one in found if one.holds_on(day)) for day in every), default=0)
    assert sum(fullest(found).values()) == most


@given(st.integers(0, 3000), st.integers(0, 9), st.booleans(), st.booleans())
def test_nothing_is_stopped_that_was_not_warned_of(minutes, others, plan, of_age):
    found = hours(minutes, others_full_time=others, plan_or_care=plan, of_school_age=of_age)
    assert not is_stopped(found, LIMITS) or is_near(found, LIMITS)
