"""How a waiver stands on a day, and how their number runs down. Days are inclusive."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flsf.mandate.waivers.enums import Standing


@dataclass(frozen=True, slots=True)
class Span:
    """The days a waiver covers, and the day it was ended, if it was."""

    starts_on: date
    expires_on: date  # the last day it covers
    ended_on: date | None = None  # the first day it covers no longer

    @property
    def last_day(self) -> date:
        """The last day on which something may be bought under it."""
        if self.ended_on is None:
            return self.expires_on
        return min(self.expires_on, self.ended_on - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Step:
    """From this day on so many waivers are live, until the next step."""

    day: date
    live: int


def standing(span: Span, *, on: date) -> Standing:
    """Overdue: the last day has passed, and nobody has ended it (S37)."""
    if span.ended_on is not None and span.ended_on <= on:
        return Standing.ENDED
    if on < span.starts_on:
        return Standing.TO_COME
    return Standing.LIVE if on <= span.expires_on else Standing.OVERDUE


def days_left(span: Span, *, on: date) -> int:
    """Days until the last day it covers; below nothing: days since."""
    return (span.expires_on - on).days


def run_down(spans: Iterable[Span], *, first: date, last: date) -> list[Step]:
    """How many waivers cover each day of the period, as the days on which that changes.

    The first step is the first day itself. A waiver not yet ended covers no day after its
    last: overdue is not live.
    """
    kept: Sequence[Span] = [one for one in spans if one.starts_on <= one.last_day]
    changes = {first}
    for one in kept:
        changes |= {one.starts_on, one.last_day + timedelta(days=1)}
    steps: list[Step] = []
    for day in sorted(day for day in changes if first <= day <= last):
        live = sum(one.starts_on <= day <= one.last_day for one in kept)
        if not steps or steps[-1].live != live:
            steps.append(Step(day, live))
    return steps
