"""School days and working days, by example, by property and against the GOV.UK feed."""

import json
from datetime import date

import pytest
from dateutil.easter import easter as dateutil_easter
from hypothesis import given
from hypothesis import strategies as st

from flsf.core.dates import last_day_beginning_with
from flsf.shared.calendars import rules
from flsf.shared.calendars.enums import Nation
from flsf.shared.calendars.rules import BankHolidays, NeverComes, SchoolCalendar, WorkingCalendar
from tests.data import register

WORKING = WorkingCalendar()
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("first", "days", "last"),
    [
        (date(2026, 3, 31), 30, date(2026, 4, 29)),
        (date(2026, 9, 30), 30, date(2026, 10, 29)),
        (date(2026, 1, 1), 120, date(2026, 4, 30)),
    ],
    ids=["payments notice for March", "payments notice for September", "120 days"],
)
def test_a_period_beginning_with_a_day_counts_that_day(first, days, last):
    assert last_day_beginning_with(first, days) == last


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 2),
        date(2026, 3, 17),
        date(2027, 7, 12),
        date(2026, 8, 3),
        date(2026, 11, 30),
        date(2026, 12, 25),
    ],
    ids=["2 January", "St Patrick", "12 July", "August in Scotland", "St Andrew", "Christmas"],
)
def test_a_bank_holiday_anywhere_in_the_kingdom_is_no_working_day(day):
    assert not WORKING.is_working_day(day)


def test_the_first_working_day_counts_as_one():
    monday = date(2026, 5, 11)
    assert WORKING.nth_working_day(monday, 1) == monday
    assert WORKING.nth_working_day(monday, 8) == date(2026, 5, 20)


def test_a_count_from_a_weekend_begins_on_monday():
    assert WORKING.nth_working_day(date(2026, 5, 16), 1) == date(2026, 5, 18)


@given(DAYS, st.integers(1, 60))
def test_the_nth_working_day_has_n_up_to_it(first, n):
    day = WORKING.nth_working_day(first, n)
    assert WORKING.is_working_day(day)
    assert WORKING.count(first, day) == n


@pytest.mark.parametrize("year", range(1990, 2060))
def test_easter_is_when_the_tables_say(year):
    assert rules.easter(year) == dateutil_easter(year)


MAY = SchoolCalendar(
    terms=((date(2026, 4, 13), date(2026, 5, 22)), (date(2026, 6, 1), date(2026, 7, 21))),
    closures=frozenset({date(2026, 5, 15)}),
)


def test_the_sixth_school_day_skips_weekend_closure_and_bank_holiday():
    # Friday 1 May is day one; 4 May is a bank holiday, 2-3 and 9-10 May are weekends.
    assert MAY.nth_school_day(date(2026, 5, 1), 6) == date(2026, 5, 11)


def test_a_count_over_half_term_and_a_closure():
    assert MAY.count(date(2026, 5, 14), date(2026, 6, 2)) == 8
    assert not MAY.is_school_day(date(2026, 5, 15))
    assert not MAY.is_school_day(date(2026, 5, 27))


def test_scotlands_holidays_do_not_close_english_schools():
    assert SchoolCalendar(terms=((date(2026, 1, 1), date(2026, 2, 1)),)).is_school_day(
        date(2026, 1, 2)
    )


def test_a_year_nobody_entered_is_guessed_and_says_so():
    assert MAY.is_known
    assert MAY.knows(date(2026, 5, 1))
    assert not MAY.knows(date(2026, 9, 3))
    assert MAY.is_school_day(date(2026, 9, 3))
    assert not SchoolCalendar().is_known


def test_the_usual_year_is_what_most_councils_set():
    assert rules.usual_terms(2025) == (
        (date(2025, 9, 2), date(2025, 10, 24)),
        (date(2025, 11, 3), date(2025, 12, 19)),
        (date(2026, 1, 5), date(2026, 2, 13)),
        (date(2026, 2, 23), date(2026, 3, 27)),
        (date(2026, 4, 13), date(2026, 5, 22)),
        (date(2026, 6, 1), date(2026, 7, 24)),
    )


@pytest.mark.parametrize("year", range(2015, 2050))
def test_the_usual_year_has_six_half_terms_of_about_190_days(year):
    spans = rules.usual_terms(year)
    assert list(spans) == sorted(spans)
    assert all(first < last for first, last in spans)
    days = SchoolCalendar().count(date(year, 9, 1), date(year + 1, 8, 31))
    assert 183 <= days <= 200


@given(DAYS, st.integers(1, 40))
def test_the_nth_school_day_has_n_up_to_it(first, n):
    day = MAY.nth_school_day(first, n)
    assert MAY.is_school_day(day)
    assert MAY.count(first, day) == n


def test_holidays_brought_in_replace_the_librarys_for_that_nation_and_year():
    extra = date(2026, 6, 12)
    brought = BankHolidays({(Nation.SCOTLAND, 2026): frozenset({extra})})
    calendar = WorkingCalendar(brought)
    assert not calendar.is_working_day(extra)
    assert calendar.is_working_day(date(2026, 11, 30))
    assert not calendar.is_working_day(date(2027, 11, 30))


def test_a_day_that_never_comes_is_an_error_not_a_wait():
    with pytest.raises(NeverComes):
        rules.nth(lambda _: False, date(2026, 1, 1), 1)
    with pytest.raises(ValueError, match="begins with one"):
        WORKING.nth_working_day(date(2026, 1, 1), 0)


@pytest.mark.data
def test_the_library_agrees_with_the_govuk_feed_on_every_day():
    feed = json.loads(register("calendars/bank-holidays_govuk_2026-02.json").read_text("utf-8"))
    differ = {}
    for nation in Nation:
        told = {date.fromisoformat(one["date"]) for one in feed[nation.value]["events"]}
        for year in range(2012, 2029):
            ours = set(rules.usual_bank_holidays(nation, year))
            theirs = {day for day in told if day.year == year}
            if ours != theirs:
                differ[nation.value, year] = sorted(ours ^ theirs)
    # Scotland's day for the World Cup was proclaimed after this copy of the feed was made.
    assert differ == {("scotland", 2026): [date(2026, 6, 15)]}
