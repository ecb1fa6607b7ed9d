"""When support would make a place a school: by example, and for any numbers."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.casework.calloffs.rules.registration import (
    Hours,
    Limits,
    asks_reason,
    in_words,
    is_near,
    is_stopped,
)
from flsf.casework.timetable.rules import Stay, most_by_place, most_minutes
from flsf.market.providers.enums import Mode
from flsf.market.providers.rules import place_key, place_of

LIMITS = Limits(full_time_hours=18, warning_hours=15, most_children=5)


def hours(minutes, in_all=None, **more):
    usual = {
        "place": "Forge Road",
        "by_place": (("Forge Road", minutes),),
        "others_there": 0,
        "others_in_all": 0,
        "plan_or_care": False,
        "of_school_age": True,
        "is_school": False,
    }
    return Hours(minutes_there=minutes, minutes_in_all=in_all or minutes, **usual | more)


@pytest.mark.parametrize(
    ("minutes", "more", "near", "stopped"),
    [
        (14 * 60 + 59, {"plan_or_care": True}, False, False),
        (15 * 60, {"plan_or_care": True}, True, False),
        (18 * 60, {"plan_or_care": True}, True, False),
        (18 * 60 + 1, {"plan_or_care": True}, True, True),
        (25 * 60, {}, True, False),
        (25 * 60, {"others_there": 3}, True, False),
        (25 * 60, {"others_there": 4}, True, True),
        (25 * 60, {"others_there": 4, "of_school_age": False}, True, False),
        (25 * 60, {"others_there": 9, "is_school": True}, False, False),
    ],
)
def test_warned_from_fifteen_and_stopped_above_eighteen(minutes, more, near, stopped):
    found = hours(minutes, **more)
    assert (is_near(found, LIMITS), is_stopped(found, LIMITS)) == (near, stopped)


@pytest.mark.parametrize(
    ("found", "stopped", "asks"),
    [
        # Ten hours here and ten elsewhere: no place is a school, together they may be one.
        (hours(600, 1200, plan_or_care=True), False, True),
        (hours(600, 1200, others_in_all=4), False, True),
        (hours(600, 1200, others_in_all=3), False, False),
        (hours(600, 1080, plan_or_care=True), False, False),  # eighteen is not above it
        (hours(1200, 1200, plan_or_care=True), True, False),
        # Five children who are full time somewhere, and this one here with four others or not.
        (hours(1200, 1200, others_there=4, others_in_all=4), True, False),
        (hours(1200, 1200, others_there=2, others_in_all=4), False, True),
        (hours(1200, 1200, others_there=2, others_in_all=4, is_school=True), False, False),
    ],
)
def test_a_place_is_stopped_and_the_whole_provider_asks_for_a_reason(found, stopped, asks):
    assert (is_stopped(found, LIMITS), asks_reason(found, LIMITS)) == (stopped, asks)
    assert is_near(found, LIMITS) or found.is_school


def test_the_numbers_are_told_with_each_place():
    found = hours(
        720, 1200, by_place=(("Forge Road", 720), ("no fixed place", 480)), others_there=1
    )
    assert in_words(found, LIMITS) == (
        "12 hours a week at Forge Road and 20 with this provider in all (12 at Forge Road, 8 at "
        "no fixed place), whoever arranged them. Warned from 15; more than 18 at one place is "
        "full time, which only a registered school may give to a child with a plan or in care, "
        "or to 5 children. 1 other child is full time at Forge Road"
    )
    assert in_words(hours(720), LIMITS).startswith(
        "12 hours a week at Forge Road with this provider, whoever arranged them."
    )


def test_home_online_and_about_are_one_place_of_the_providers_own():
    assert [place_of(mode, 7) for mode in Mode] == [7, None, None, None, 7]
    assert [place_key(3, mode, 7) for mode in Mode] == [7, -3, -3, -3, 7]
    assert place_key(3, Mode.WORKPLACE, None) == -3
    assert place_key(3, Mode.HOME, None) != place_key(4, Mode.HOME, None)


days = st.dates(date(2026, 1, 1), date(2026, 3, 1))
stays = st.lists(
    st.builds(Stay, st.sampled_from([None, 1, 2]), st.integers(30, 300), days, st.none() | days),
    max_size=6,
)
EVERY_DAY = [date.fromordinal(date(2026, 1, 1).toordinal() + ahead) for ahead in range(60)]


@given(stays)
def test_the_most_is_that_of_the_fullest_day_in_all_and_at_each_place(found):
    def most(of):
        return max(
            (sum(one.minutes for one in of if one.holds_on(day)) for day in EVERY_DAY), default=0
        )

    assert most_minutes(found) == most(found)
    places = most_by_place(found)
    assert set(places) == {one.place for one in found}
    for place, minutes in places.items():
        assert minutes == most([one for one in found if one.place == place])
        assert minutes <= most_minutes(found)
    assert most_minutes(found) <= sum(places.values())


any_hours = st.builds(
    hours,
    st.integers(0, 3000),
    others_there=st.integers(0, 9),
    plan_or_care=st.booleans(),
    of_school_age=st.booleans(),
    is_school=st.booleans(),
)


@given(any_hours, st.integers(0, 2000), st.integers(0, 5))
def test_nothing_is_stopped_or_asked_about_that_was_not_warned_of(found, elsewhere, more_others):
    found = replace(
        found,
        minutes_in_all=found.minutes_there + elsewhere,
        others_in_all=found.others_there + more_others,
    )
    stopped, asks = is_stopped(found, LIMITS), asks_reason(found, LIMITS)
    assert not (stopped and asks)
    assert is_near(found, LIMITS) or not (stopped or asks)
    # One place alone asks nothing: it is stopped or it is not.
    alone = replace(found, minutes_in_all=found.minutes_there, others_in_all=found.others_there)
    assert not asks_reason(alone, LIMITS)


@given(any_hours, st.integers(0, 300))
def test_fewer_hours_are_never_stopped_where_more_are_not(found, fewer):
    less = replace(found, minutes_there=max(found.minutes_there - fewer, 0))
    assert is_stopped(found, LIMITS) or not is_stopped(less, LIMITS)
