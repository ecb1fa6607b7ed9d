"""How many places are left, counted over a whole period, and what a week holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flsf.casework.timetable.enums import Hold
from flsf.core.half_days import WEEK, HalfDay

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """One place taken from one day to another, both included; no last day means for good."""

    since: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """A booking as it is handed over: one child, one service, some half-days of every week."""

    child_id: int
    service_id: int
    award_ref: str
    half_days_mask: int
    minutes: int  # in each of the half-days
    since: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One half-day of a child's week."""

    half_day: HalfDay
    provider_id: int
    service_id: int
    minutes: int
    hold: Hold
    award_ref: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """A booked half-day of every school week, from a day until another (None: for good)."""

    half_day: int  # core.half_days index
    minutes: int
    since: date
    until: date | None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


def overlaps(span: Span, first: date, last: date | None) -> bool:
    """Whether a span covers any day of a period; no last day means for good."""
    return (last is None or span.since <= last) and (span.until is None or span.until >= first)


def most_at_once(spans: Iterable[Span], first: date, last: date | None) -> int:
    """The most places taken on any one day of the period.

    Two children who follow one another take one place, not two: so this is the peak of a
    sweep over the days on which something begins or ends, and not the number of spans.
    """
    changes: list[tuple[date, int]] = []
    for span in spans:
        if not overlaps(span, first, last):
            continue
        changes.append((max(span.since, first), 1))
        if span.until is not None:
            changes.append((span.until + ONE_DAY, -1))
    taken = most = 0
    # On a day when one leaves and another comes, the leaver goes first: -1 sorts before 1.
    for _, change in sorted(changes):
        taken += change
        most = max(most, taken)
    return most


def places_left(
    capacity: Mapping[int, int],
    spans: Mapping[int, Iterable[Span]],
    first: date,
    last: date | None,
) -> dict[int, int]:
    """For each half-day of the week, by its index, the places free on every day of the period.

    Never less than none: a service that takes fewer than it has booked is full, no more.
    """
    return {
        one.index: max(
            0, capacity.get(one.index, 0) - most_at_once(spans.get(one.index, ()), first, last)
        )
        for one in WEEK
    }


def free_mask(left: Mapping[int, int]) -> int:
    """The half-days with a place left, as a bit mask."""
    return sum(one.bit for one in WEEK if left.get(one.index, 0) > 0)


def in_words(half_days: Iterable[HalfDay]) -> str:
    """Half-days as a sentence names them: "Monday morning and Friday afternoon"."""
    *firsts, last = [str(one) for one in half_days]
    return f"{', '.join(firsts)} and {last}" if firsts else last


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A child who is with a provider in no service that we know, so many minutes of every week."""

    child_id: int
    child_ref: str
    birth_date: date
    minutes: int
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Stay:
    """So many minutes of every week at a place (None: no fixed one), from a day until another."""

    place: int | None
    minutes: int
    since: date
    until: date | None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


def most_minutes(stays: Sequence[Stay]) -> int:
    """The minutes of the fullest week. They only grow on a day on which a stay begins."""
    days = {one.since for one in stays}
    return max((sum(one.minutes for one in stays if one.holds_on(day)) for day in days), default=0)


def most_by_place(stays: Sequence[Stay]) -> dict[int | None, int]:
    """The minutes of the fullest week at each place, which need not be one week for all."""
    places = dict.fromkeys(one.place for one in stays)
    return {at: most_minutes([one for one in stays if one.place == at]) for at in places}
