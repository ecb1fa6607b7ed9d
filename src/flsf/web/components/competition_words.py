"""A competition as both the council and those who bid read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flsf.casework.competitions import rules
from flsf.casework.competitions.enums import Tie
from flsf.casework.competitions.rules import PRICE, Criterion, Decided
from flsf.core.clock import LONDON

TIES: Mapping[Tie, str] = {
    Tie.THRESHOLD: "The other has a score below the threshold, so it could not be taken",
    Tie.TOTAL: "It has more points in total",
    Tie.QUALITY: "The totals are equal, and it has more points for quality",
    Tie.DISTANCE: "The totals and the points for quality are equal, and it is nearer",
    Tie.DRAW: "Everything is equal, and the published draw put it first",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One part of what decided it, in points as they are shown."""

    title: str
    weight: int
    ours: str
    theirs: str
    more: str


@dataclass(frozen=True, slots=True)
class Told:
    """What put one bid before another; the lines add up to the last one."""

    name: str  # of the other
    by: str
    lines: list[Line]
    total: Line


def titles(criteria: Sequence[Criterion], price: int) -> dict[str, tuple[str, int]]:
    """What each part is called and how much it counts."""
    return {one.code: (one.title, one.weight) for one in criteria} | {PRICE: ("Price", price)}


def told(name: str, found: Decided, named: Mapping[str, tuple[str, int]]) -> Told:
    """The parts in words."""
    lines = [
        Line(*named[one.code], *_points(one.ours, one.theirs, one.more)) for one in found.parts
    ]
    ours, theirs = (sum(getattr(one, side) for one in found.parts) for side in ("ours", "theirs"))
    whole = sum(weight for _, weight in named.values())
    return Told(
        name, TIES[found.by], lines, Line("Total", whole, *_points(ours, theirs, found.more))
    )


def moment(when: Any) -> str:
    """A deadline to the minute, with the day of the week: "5:00pm on Friday 22 May 2026"."""
    clock = when.astimezone(LONDON)
    hour = clock.strftime("%I").lstrip("0")
    return f"{hour}:{clock:%M}{clock:%p}".lower() + f" on {clock:%A} {clock.day} {clock:%B %Y}"


def late(sent_at: Any, closes_at: Any) -> str:
    """What is said of a bid that came too late, to the second."""
    came, closed = (one.astimezone(LONDON) for one in (sent_at, closes_at))
    return (
        f"Your bid reached us at {came:%H:%M:%S} on {came.day} {came:%B %Y}. The deadline was "
        f"{closed:%H:%M:%S} on {closed.day} {closed:%B %Y}. It is on record as late and is not "
        "opened."
    )


def _points(*hundredths: int) -> list[str]:
    return [rules.in_points(one) for one in hundredths]
