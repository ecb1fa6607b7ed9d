"""A referral and its child become a question: what is looked for, and nothing else."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flsf.casework.matching.rules.school_age import is_of_school_age
from flsf.casework.matching.rules.values import Question, RuleBook
from flsf.casework.matching.rules.world import BookingRow
from flsf.core.dates import anniversary
from flsf.core.half_days import WEEK, WHOLE_WEEK

# Nobody says that they need longer than this many school days to start.
MOST_SCHOOL_DAYS = 120
MINUTES_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of the law in force on the day, in its own units."""

    full_time_hours: int
    warning_hours: int
    most_children: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the referral asks for and what support must fit about the child."""

    seed: str
    birth_date: date
    needs: int = 0
    main_need: int = 0
    access: int = 0
    plan_or_care: bool = False
    has_school: bool = False
    easting: int | None = None
    northing: int | None = None
    lot: int | None = None
    modes: int = 0
    half_days: int = 0
    half_days_needed: int | None = None  # None: all of them, or one of any
    minutes: int = 150
    start_wanted_on: date | None = None
    most_metres: int | None = None
    bookings: Sequence[BookingRow] = ()  # the child's own


def ask(
    asked: Asked,
    *,
    today: date,
    is_school_day: Callable[[date], bool],
    numbers: Numbers,
    book: RuleBook,
) -> Question:
    """The question as it stands today.

    A day wanted that has passed is as soon as possible. Half-days in which the child already
    is somewhere during the period are not looked for.
    """
    earliest = _school_days(today, is_school_day)
    wanted = asked.start_wanted_on if (asked.start_wanted_on or today) > today else None
    starts_on = wanted or earliest[0]
    ends_on = starts_on + timedelta(weeks=book.weeks_looked_at, days=-1)
    during = in_period(asked.bookings, starts_on, ends_on)
    half_days = (asked.half_days or WHOLE_WEEK) & ~_busy(during)
    return Question(
        seed=asked.seed,
        today=today.toordinal(),
        starts_on=starts_on.toordinal(),
        start_wanted=wanted is not None,
        ends_on=ends_on.toordinal(),
        lot=asked.lot,
        age=_age(asked.birth_date, starts_on),
        needs=asked.needs | asked.main_need,
        main_need=asked.main_need,
        access=asked.access,
        modes=asked.modes,
        half_days=half_days,
        half_days_needed=_needed(asked, half_days),
        minutes=asked.minutes,
        easting=asked.easting,
        northing=asked.northing,
        most_metres=asked.most_metres,
        earliest=tuple(day.toordinal() for day in earliest),
        of_school_age=is_of_school_age(asked.birth_date, on=starts_on),
        plan_or_care=asked.plan_or_care,
        minutes_with=most_minutes(during, starts_on, of=by_place),
        minutes_in_all=most_minutes(during, starts_on, of=by_provider),
        has_other_education=asked.has_school,
        full_time_minutes=numbers.full_time_hours * MINUTES_AN_HOUR,
        warning_minutes=numbers.warning_hours * MINUTES_AN_HOUR,
        most_children=numbers.most_children,
    )


def asked_so(
    question: Question,
    bookings: Iterable[BookingRow],
    *,
    starts_on: date,
    ends_on: date,
    half_days: int,
    minutes: int,
) -> Question:
    """The question with what would really be bought in place of what was asked for.

    The child's own hours are those of that period.
    """
    during = in_period(bookings, starts_on, ends_on)
    return replace(
        question,
        starts_on=starts_on.toordinal(),
        start_wanted=True,
        ends_on=ends_on.toordinal(),
        half_days=half_days,
        half_days_needed=max(half_days.bit_count(), 1),
        minutes=minutes,
        minutes_with=most_minutes(during, starts_on, of=by_place),
        minutes_in_all=most_minutes(during, starts_on, of=by_provider),
    )


def _school_days(today: date, is_school_day: Callable[[date], bool]) -> list[date]:
    """The first school day from today on, the next, and so on."""
    found: list[date] = []
    day = today
    while len(found) <= MOST_SCHOOL_DAYS:
        if is_school_day(day):
            found.append(day)
        day += timedelta(days=1)
    return found


def _overlaps(one: BookingRow, first: date, last: date) -> bool:
    return one.since <= last and (one.until is None or one.until >= first)


def _busy(during: Iterable[BookingRow]) -> int:
    mask = 0
    for one in during:
        mask |= WEEK[one.half_day].bit
    return mask


def _needed(asked: Asked, half_days: int) -> int:
    if asked.half_days_needed is not None:
        return max(1, min(asked.half_days_needed, half_days.bit_count()))
    return max(1, half_days.bit_count()) if asked.half_days else 1


def in_period(bookings: Iterable[BookingRow], first: date, last: date) -> list[BookingRow]:
    """Those that hold on any day of a period."""
    return [one for one in bookings if _overlaps(one, first, last)]


def by_place(one: BookingRow) -> int:
    return one.place


def by_provider(one: BookingRow) -> int:
    return one.provider


def most_minutes(
    during: Sequence[BookingRow], first: date, *, of: Callable[[BookingRow], int]
) -> tuple[tuple[int, int], ...]:
    """The most minutes a week at each place, or with each provider, on any day of the period.

    Sums only grow on a day on which a booking begins.
    """
    days = {max(one.since, first) for one in during}
    most: dict[int, int] = {}
    for key in {of(one) for one in during}:
        most[key] = max(
            sum(one.minutes for one in during if of(one) == key and _overlaps(one, day, day))
            for day in days
        )
    return tuple(sorted(most.items()))


def _age(birth_date: date, day: date) -> int:
    years = day.year - birth_date.year
    return years - (anniversary(birth_date, years) > day)
