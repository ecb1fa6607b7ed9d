"""Reads of calendars: what counts as a school day, and as a working day."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from flsf.shared.calendars.enums import Nation
from flsf.shared.calendars.models import BankHoliday, Closure, Term
from flsf.shared.calendars.rules import (
    BankHolidays,
    SchoolCalendar,
    Spans,
    WorkingCalendar,
    academic_year,
)


def bank_holidays() -> BankHolidays:
    """The bank holidays brought in, by nation and year; for other years the library's."""
    entered: dict[tuple[Nation, int], set[date]] = defaultdict(set)
    for nation, day in BankHoliday.objects.values_list("nation", "day"):
        entered[Nation(nation), day.year].add(day)
    return BankHolidays({key: frozenset(days) for key, days in entered.items()})


def working_calendar() -> WorkingCalendar:
    """Working days as procurement law counts them."""
    return WorkingCalendar(bank_holidays())


def school_calendar(school_id: int | None) -> SchoolCalendar:
    """The school days of one school; without a school, of the council's schools in general."""
    return school_calendars([school_id])[school_id]


def school_calendars(school_ids: Collection[int | None]) -> dict[int | None, SchoolCalendar]:
    """The school days of each school, in three questions however many there are.

    A school's own terms hold for the academic years it has set; the council's for the others.
    """
    asked = set(school_ids)
    ours_or_theirs = Q(school=None) | Q(school__in=[one for one in asked if one is not None])
    terms: dict[int | None, list[tuple[date, date]]] = defaultdict(list)
    for school, first, last in (
        Term.objects.filter(ours_or_theirs)
        .order_by("first_day")
        .values_list("school_id", "first_day", "last_day")
    ):
        terms[school].append((first, last))
    shut: dict[int | None, set[date]] = defaultdict(set)
    for school, day in Closure.objects.filter(ours_or_theirs).values_list("school_id", "day"):
        shut[school].add(day)
    holidays = bank_holidays()
    return {
        school: SchoolCalendar(
            terms=_terms_of(terms[school], terms[None]) if school else tuple(terms[None]),
            closures=frozenset(shut[school] | shut[None]),
            bank_holidays=holidays,
        )
        for school in asked
    }


def terms(school_id: int | None) -> QuerySet[Term]:
    """The terms entered for one school, or for the council, in the order they come."""
    return Term.objects.filter(school=school_id).order_by("first_day")


def closures(school_id: int | None) -> QuerySet[Closure]:
    """The days entered on which one school, or every school, is shut, in their order."""
    return Closure.objects.filter(school=school_id).order_by("day")


def _terms_of(own: list[tuple[date, date]], councils: list[tuple[date, date]]) -> Spans:
    years = {academic_year(first) for first, _ in own}
    others = [span for span in councils if academic_year(span[0]) not in years]
    return tuple(sorted([*own, *others]))
