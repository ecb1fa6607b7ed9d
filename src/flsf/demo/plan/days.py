"""Marlbeck's calendar, worked out from the day it is made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flsf.core.clock import LONDON


@dataclass(frozen=True, slots=True)
class TermPlan:
    name: str
    first_day: date
    last_day: date


def monday_of(day: date) -> date:
    """The Monday of the week a day is in."""
    return day - timedelta(days=day.weekday())


def academic_year(day: date) -> int:
    """The calendar year in which the academic year of a day begins, on 1 September."""
    return day.year if day.month >= 9 else day.year - 1


def terms(begins: int) -> list[TermPlan]:
    """Six half-terms of the academic year that begins in that September."""
    start = monday_of(date(begins, 9, 5)) + timedelta(days=1)
    autumn_break = monday_of(date(begins, 10, 28))
    winter_ends = monday_of(date(begins, 12, 18)) + timedelta(days=4)
    spring = monday_of(date(begins + 1, 1, 7))
    spring_break = monday_of(date(begins + 1, 2, 18))
    spring_ends = monday_of(date(begins + 1, 3, 28)) + timedelta(days=4)
    summer = spring_ends + timedelta(days=17)
    summer_break = monday_of(date(begins + 1, 5, 28))
    year_ends = monday_of(date(begins + 1, 7, 20)) + timedelta(days=1)
    friday, week = timedelta(days=3), timedelta(days=7)
    return [
        TermPlan(f"Autumn {begins}, first half", start, autumn_break - friday),
        TermPlan(f"Autumn {begins}, second half", autumn_break + week, winter_ends),
        TermPlan(f"Spring {begins + 1}, first half", spring, spring_break - friday),
        TermPlan(f"Spring {begins + 1}, second half", spring_break + week, spring_ends),
        TermPlan(f"Summer {begins + 1}, first half", summer, summer_break - friday),
        TermPlan(f"Summer {begins + 1}, second half", summer_break + week, year_ends),
    ]


def school_days(first: date, last: date) -> list[date]:
    """The days of term from Monday to Friday within a period, both counted."""
    years = range(academic_year(first), academic_year(last) + 1)
    spans = [(one.first_day, one.last_day) for year in years for one in terms(year)]
    return [
        day
        for begins, ends in spans
        for day in _each(max(begins, first), min(ends, last))
        if day.weekday() <= 4
    ]


def _each(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))


def financial_year(day: date) -> date:
    """The 1 April on which the financial year of a day begins."""
    return date(day.year if day.month >= 4 else day.year - 1, 4, 1)


def moment(day: date, hour: int = 10) -> datetime:
    """A moment of that day in Marlbeck."""
    return datetime.combine(day, time(hour), tzinfo=LONDON)


@dataclass(frozen=True, slots=True)
class Days:
    """The dates that everything in the borough hangs on."""

    today: date

    @property
    def year(self) -> date:
        """The financial year of today."""
        return financial_year(self.today)

    @property
    def three_years(self) -> tuple[date, date, date]:
        """The three whole financial years before this one, oldest first."""
        return (
            self.year.replace(year=self.year.year - 3),
            self.year.replace(year=self.year.year - 2),
            self.year.replace(year=self.year.year - 1),
        )

    @property
    def framework_starts(self) -> date:
        """The first of a month, fourteen months ago."""
        months = self.today.year * 12 + self.today.month - 1 - 14
        return date(months // 12, months % 12 + 1, 1)

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def ahead(self, days: int) -> date:
        return self.today + timedelta(days=days)
