"""How a placement may move from one status to another, and when it runs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flsf.delivery.placements.enums import Status

# From each status, those that may follow. Nothing follows an end: support that begins again
# is a new award and a new placement.
MOVES: Mapping[Status, frozenset[Status]] = {
    Status.PLANNED: frozenset({Status.INTRODUCTION, Status.ACTIVE, Status.ENDED}),
    Status.INTRODUCTION: frozenset({Status.ACTIVE, Status.ON_HOLD, Status.ENDED}),
    Status.ACTIVE: frozenset({Status.ON_HOLD, Status.ENDED}),
    Status.ON_HOLD: frozenset({Status.ACTIVE, Status.ENDED}),
    Status.ENDED: frozenset(),
}

# Sessions take place in these.
RUNNING = frozenset({Status.INTRODUCTION, Status.ACTIVE})
# The child has begun and has not left.
HELD = frozenset({Status.INTRODUCTION, Status.ACTIVE, Status.ON_HOLD})
# The provider still holds the place in these.
LIVE = frozenset({Status.PLANNED, Status.INTRODUCTION, Status.ACTIVE, Status.ON_HOLD})


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """From `takes_effect_on` the status is `status`; `number` settles two on one day."""

    takes_effect_on: date
    number: int
    status: Status


@dataclass(frozen=True, slots=True)
class Spell:
    """Days in a row, both counted; no last day: for good."""

    first_day: date
    last_day: date | None

    def contains(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


def may_move(before: Status | None, to: Status) -> bool:
    """Whether a placement with the one status may have the other next."""
    return before is not None and to in MOVES[before]


def running_spells(changes: Iterable[Change], *, planned_end_on: date) -> Sequence[Spell]:
    """The days on which sessions are to take place, in order, by the dated changes.

    Nothing is expected after the planned end, unless the placement ended before it.
    """
    ordered = sorted(changes)
    spells: list[Spell] = []
    for index, change in enumerate(ordered):
        if change.status not in RUNNING:
            continue
        following = ordered[index + 1] if index + 1 < len(ordered) else None
        last = planned_end_on
        if following is not None:
            last = min(last, following.takes_effect_on - timedelta(days=1))
        if last >= change.takes_effect_on:
            spells.append(Spell(change.takes_effect_on, last))
    return spells
