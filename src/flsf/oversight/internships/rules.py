"""How many places for supported internships are open on a day, and whether they are enough."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flsf.core.dates import last_day_of_months
from flsf.oversight.internships.enums import Standing

LOT_CODE = "supported-internships"
MONTHS_AHEAD = (3, 6, 12)
YOUNGEST, OLDEST = 16, 24  # DfE guidance, Supported internships (2014, last changed 2022)


@dataclass(frozen=True, slots=True)
class Span:
    """A place of a half-day that is taken from a day to another; None: no end is agreed."""

    half_day: int
    since: date
    until: date | None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


def places(capacity: Mapping[int, int]) -> int:
    """How many young people a service has room for: a year at work takes all its half-days.

    It is the smallest number of places in a half-day in which it works at all.
    """
    return min((most for most in capacity.values() if most), default=0)


def open_on(capacity: Mapping[int, int], taken: Iterable[Span], day: date) -> int:
    """How many more could begin that day: a place must be free in every half-day it works in."""
    used = Counter(one.half_day for one in taken if one.holds_on(day))
    free = [most - used[half_day] for half_day, most in capacity.items() if most]
    return max(0, min(free, default=0))


def days_ahead(on: date) -> list[date]:
    """The days on which places to come are counted: three, six and twelve months ahead."""
    return [last_day_of_months(on, months) for months in MONTHS_AHEAD]


def to_come(open_now: int, open_then: Iterable[int]) -> int:
    """How many more than today will be open on the best of the days ahead."""
    return max(0, max(open_then, default=0) - open_now)


def told_ahead(open_now: int, open_then: Sequence[int], smallest: int) -> list[int | None]:
    """The places of the days ahead as anybody may read them; None is not told.

    A number that differs from the one told before it by fewer than `smallest` would tell that so
    few young people finish, or begin, between the two days.
    """
    found: list[int | None] = []
    before = open_now
    for count in open_then:
        is_told = count == before or abs(count - before) >= smallest
        found.append(count if is_told else None)
        before = count if is_told else before
    return found


def standing(*, wanting: int, open_now: int, coming: int) -> Standing:
    """On track: a place is open for each who wants one. Monitor: one will be. Else at risk."""
    if wanting <= open_now:
        return Standing.ON_TRACK
    return Standing.MONITOR if wanting <= open_now + coming else Standing.AT_RISK


def finding(*, wanting: int, open_now: int, coming: int, elsewhere: int = 0) -> str:
    """The same as a sentence."""
    people = f"{wanting} young {'person wants' if wanting == 1 else 'people want'}"
    there = f"{open_now} {'place is' if open_now == 1 else 'places are'} open today"
    if elsewhere:
        there += f" with the council's own services and {elsewhere} with others"
    return f"{people} a supported internship. {there}, and {coming} more will open within a year."
