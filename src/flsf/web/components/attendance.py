"""A child's sessions as a strip of letters, and what happened as a timeline.

Shared by the pages of staff, schools and families: nothing here says what anything costs.
The child was found through `visible_to` by whoever asks.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flsf.core.clock import LONDON
from flsf.core.half_days import DAYS, Half
from flsf.delivery.attendance import queries as attendance
from flsf.delivery.attendance import rules
from flsf.delivery.attendance.enums import Came
from flsf.delivery.attendance.queries import Marked
from flsf.delivery.placements import queries as placements
from flsf.delivery.placements.queries import Moved, Seen

WEEKS = 6
A_WEEK = timedelta(days=7)
ONE_DAY = timedelta(days=1)
TO_COME, NOT_MARKED = "·", "?"
MOST_EVENTS = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """One half-day: the letter of its mark and what that means; no letter: no session."""

    letter: str = ""
    says: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day."""

    day: date
    what: str
    more: str = ""


def strip(child_id: int, on: date, at: datetime, *, for_family: bool = False) -> Mapping[str, Any]:
    """The last six weeks by half-day, a sentence that sums them up, and days out of learning.

    Schools and staff read the register's codes; families read plain words.
    """
    ids = [one.id for one in placements.of_child(child_id, on=on)]
    first = on - timedelta(days=on.weekday()) - A_WEEK * (WEEKS - 1)
    last = first + A_WEEK * WEEKS - ONE_DAY
    cells = _cells(ids, first, last, at, _in_plain_words if for_family else _cell_of)
    marks = attendance.marks(ids, first, on)
    offered = [one for one in marks if one.held or one.absent_because]
    came = sum(one.held and one.came is not Came.NO for one in offered)
    return {
        "days": DAYS,
        "halves": [half.label for half in Half],
        "weeks": [_week(first + A_WEEK * number, cells) for number in range(WEEKS)],
        "key": sorted({(cell.letter, cell.says) for cell in cells.values()}),
        "sums_up": _in_words(came, len(offered)),
        "out": attendance.days_out_of_learning([child_id], on)[child_id],
    }


def _week(monday: date, cells: Mapping[tuple[date, Half], Cell]) -> tuple[date, list[Cell]]:
    days = [monday + ONE_DAY * ahead for ahead in range(len(DAYS))]
    return monday, [cells.get((day, half), Cell()) for day in days for half in Half]


def _cells(
    ids: Sequence[int], first: date, last: date, at: datetime, tell: Callable[[Marked], Cell]
) -> dict[tuple[date, Half], Cell]:
    local = at.astimezone(LONDON)
    cells: dict[tuple[date, Half], Cell] = {}
    for one in attendance.expected(ids, first, last):
        begun = rules.has_begun(one.day, one.half, local)
        cells[one.day, one.half] = (
            Cell(NOT_MARKED, "Not marked yet", "waiting")
            if begun
            else Cell(TO_COME, "Planned", "coming")
        )
    for mark in attendance.marks(ids, first, last):
        cells[mark.day, mark.half] = tell(mark)
    return cells


def _cell_of(mark: Marked) -> Cell:
    came = mark.held and mark.came is not Came.NO
    says = rules.CODES.get(mark.school_code, mark.school_code)
    return Cell(mark.school_code, says, "came" if came else "away")


def _in_plain_words(mark: Marked) -> Cell:
    if not mark.held:
        return Cell("N", "The session did not happen", "away")
    if mark.came is Came.NO:
        return Cell("M", "Missed the session", "away")
    return Cell("L", "Came late", "came") if mark.came is Came.LATE else Cell("C", "Came", "came")


def timeline(child_id: int, on: date, *, asked_for: Iterable[tuple[date, str]] = ()) -> list[Event]:
    """What happened, newest first: requests, placements and each week's sessions."""
    seen = placements.of_child(child_id, on=on)
    events = [Event(day, f"Request {ref} received") for day, ref in asked_for]
    changes = placements.changes_of([one.id for one in seen])
    for one in seen:
        events += _moves(one, changes[one.id], on)
    events += _weeks(seen, on)
    return sorted(events, key=lambda one: one.day, reverse=True)[:MOST_EVENTS]


def _moves(one: Seen, changes: Iterable[Moved], on: date) -> list[Event]:
    name = one.service_name or one.nature
    return [
        Event(
            change.takes_effect_on,
            f"{name} with {one.provider_name}: {change.status.label.lower()}",
            change.reason,
        )
        for change in changes
        if change.takes_effect_on <= on
    ]


def _weeks(seen: Sequence[Seen], on: date) -> list[Event]:
    tally: dict[date, Counter[bool]] = defaultdict(Counter)
    for mark in attendance.marks([one.id for one in seen], on - A_WEEK * WEEKS, on):
        monday = mark.day - timedelta(days=mark.day.weekday())
        tally[monday][mark.held and mark.came is not Came.NO] += 1
    return [
        Event(monday, f"Came to {count[True]} of {count.total()} sessions in the week", "")
        for monday, count in tally.items()
    ]


def _in_words(came: int, offered: int) -> str:
    if not offered:
        return "No session has been marked in the last six weeks."
    return f"Came to {came} of {offered} sessions in the last six weeks."
