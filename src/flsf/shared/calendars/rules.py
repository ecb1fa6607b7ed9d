"""Counting school days and working days. The first day of a period is day one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

import holidays

from flsf.shared.calendars.enums import Nation

ONE_DAY = timedelta(days=1)
SATURDAY = 5
SEPTEMBER = 9
# A count that has not ended by then never will: the calendar has no such days.
FAR = 366 * 5

Spans = tuple[tuple[date, date], ...]

# What the `holidays` library calls the parts of the United Kingdom. England's and Wales's
# holidays are the same; the GOV.UK feed has one division for both.
PARTS: Mapping[Nation, str] = {
    Nation.ENGLAND_AND_WALES: "ENG",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}


class NeverComes(ValueError):
    """A programmer's slip: so many days do not come within five years."""


@lru_cache(maxsize=256)
def usual_bank_holidays(nation: Nation, year: int) -> Mapping[date, str]:
    """The bank holidays of a nation in a year as the library knows them, day to title.

    Days that fall at the weekend are left out, as GOV.UK does: their substitutes stand.
    """
    found = holidays.country_holidays("GB", subdiv=PARTS[nation], years=year)
    return {
        day: title
        for day, title in sorted(found.items())
        if day.year == year and day.weekday() < SATURDAY
    }


@dataclass(frozen=True, slots=True)
class BankHolidays:
    """Bank holidays: those brought in for a nation's year, else those the library knows."""

    entered: Mapping[tuple[Nation, int], frozenset[date]] = field(default_factory=dict)

    def is_one(self, day: date, nation: Nation) -> bool:
        entered = self.entered.get((nation, day.year))
        return day in (usual_bank_holidays(nation, day.year) if entered is None else entered)

    def is_one_anywhere(self, day: date) -> bool:
        """Whether it is one in any part of the United Kingdom."""
        return any(self.is_one(day, nation) for nation in Nation)


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Working days of the Procurement Act 2023, section 123(1).

    Neither Saturday nor Sunday, nor a bank holiday in any part of the United Kingdom: so
    Scotland's and Northern Ireland's holidays stop the clock in England too.
    """

    bank_holidays: BankHolidays = field(default_factory=BankHolidays)

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < SATURDAY and not self.bank_holidays.is_one_anywhere(day)

    def nth_working_day(self, first: date, n: int) -> date:
        """The nth working day beginning with `first`, which counts if it is one."""
        return nth(self.is_working_day, first, n)

    def count(self, first: date, last: date) -> int:
        """Working days from first to last, both included."""
        return count(self.is_working_day, first, last)


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """School days of one school, or of a council's schools in general.

    `terms` are those entered. For an academic year that has none, the usual English year
    stands in, and `knows` says so: whoever shows a date counted so must say it is a guess.
    """

    terms: Spans = ()
    closures: frozenset[date] = frozenset()
    bank_holidays: BankHolidays = field(default_factory=BankHolidays)

    @property
    def is_known(self) -> bool:
        """Whether any terms were entered at all."""
        return bool(self.terms)

    def knows(self, day: date) -> bool:
        """Whether terms were entered for the academic year of a day."""
        year = academic_year(day)
        return any(academic_year(first) == year for first, _ in self.terms)

    def is_school_day(self, day: date) -> bool:
        if day.weekday() >= SATURDAY or day in self.closures:
            return False
        if self.bank_holidays.is_one(day, Nation.ENGLAND_AND_WALES):
            return False
        spans = self.terms if self.knows(day) else usual_terms(academic_year(day))
        return any(first <= day <= last for first, last in spans)

    def nth_school_day(self, first: date, n: int) -> date:
        """The nth school day beginning with `first`, which counts if it is one.

        With n of 6 and the first day of absence it is the sixth day of section 19.
        """
        return nth(self.is_school_day, first, n)

    def count(self, first: date, last: date) -> int:
        """School days from first to last, both included."""
        return count(self.is_school_day, first, last)


def nth(counts: Callable[[date], bool], first: date, n: int) -> date:
    """The nth day that counts, `first` included. Raises NeverComes."""
    if n < 1:
        raise ValueError("a count begins with one")
    day = first
    for _ in range(FAR + 2 * n):
        n -= counts(day)
        if not n:
            return day
        day += ONE_DAY
    raise NeverComes(f"from {first}")


def count(counts: Callable[[date], bool], first: date, last: date) -> int:
    """How many days count from first to last, both included; none if last is earlier."""
    return sum(counts(first + timedelta(days=ahead)) for ahead in range((last - first).days + 1))


def academic_year(day: date) -> int:
    """The year in which the academic year of a day began, on 1 September."""
    return day.year if day.month >= SEPTEMBER else day.year - 1


@lru_cache(maxsize=64)
def usual_terms(year: int) -> Spans:
    """The school year that most English councils would set, from that September.

    Six half-terms: from 2 September to the Friday before Christmas week with the week of the
    last Monday of October off; from the first Monday after 2 January to the Friday before
    Holy Week with a week around 15 February off; and from two weeks later to about 21 July
    with the week of the last Monday of May off. It only stands in for what was not entered.
    """
    after = year + 1
    october = _monday_on_or_before(date(year, 10, 31))
    february = _monday_nearest(date(after, 2, 15))
    holy_week = easter(after) - timedelta(days=6)
    may = _monday_on_or_before(date(after, 5, 31))
    friday, next_week, two_weeks = timedelta(days=-3), timedelta(days=7), timedelta(days=14)
    return (
        (date(year, 9, 2), october + friday),
        (october + next_week, _monday_on_or_before(date(year, 12, 16)) + 4 * ONE_DAY),
        (_monday_on_or_before(date(after, 1, 9)), february + friday),
        (february + next_week, holy_week + friday),
        (holy_week + two_weeks, may + friday),
        (may + next_week, _monday_nearest(date(after, 7, 17)) + 4 * ONE_DAY),
    )


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian reckoning."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap_centuries, odd_centuries = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap_centuries - correction + 15) % 30
    leap_years, odd_years = divmod(rest, 4)
    weekday = (32 + 2 * odd_centuries + 2 * leap_years - moon - odd_years) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def _monday_on_or_before(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _monday_nearest(day: date) -> date:
    return _monday_on_or_before(day + timedelta(days=3))
