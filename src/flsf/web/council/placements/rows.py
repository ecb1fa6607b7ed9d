"""Placements and sessions out of order, each child named only to whoever may see it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flsf.casework.children import queries as children
from flsf.casework.children.enums import Detail
from flsf.casework.children.rules import Named
from flsf.core.clock import LONDON
from flsf.core.half_days import Half
from flsf.core.people import Person
from flsf.delivery.attendance import queries as attendance
from flsf.delivery.placements import queries as placements
from flsf.delivery.placements.queries import Seen
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.shared.calendars import queries as calendars

LOOK_BACK = timedelta(days=28)
MARKED_BY_HOUR = 18
ONE_DAY = timedelta(days=1)

UNEXPLAINED = "Absence not explained"
NOT_MARKED = "Not marked"
GAP = "No session for five school days"
GAP_DAYS = 5


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """A placement with the child's name, where the person may know it."""

    seen: Seen
    child: Named | None

    @property
    def child_words(self) -> str:
        return str(self.child) if self.child else f"Child {self.seen.child_ref}"

    @property
    def sees_reasons(self) -> bool:
        """What somebody wrote may name the child, so it is for those who see the whole record."""
        return self.child is not None and self.child.detail is Detail.FULL


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """Something out of order at a placement."""

    placement: PlacementRow
    kind: str
    day: date
    half: Half | None
    due_on: date | None

    @property
    def when(self) -> str:
        half = f", {self.half.label.lower()}" if self.half else ""
        return f"{self.day.day} {self.day:%b %Y}{half}"


def named(found: Collection[Seen], *, person: Person, on: date) -> list[PlacementRow]:
    """Each placement, its child by name where the person may see it."""
    names: Mapping[int, Named] = children.named(
        {one.child_id for one in found}, person=person, on=on
    )
    return [PlacementRow(one, names.get(one.child_id)) for one in found]


def exceptions(*, person: Person, on: date, at: datetime) -> list[OutOfOrder]:
    """Absences nobody explained, sessions nobody marked by six that evening, and gaps."""
    running = [
        one for one in placements.register(person=person, on=on, live_only=True) if one.is_running
    ]
    rows = {one.seen.id: one for one in named(running, person=person, on=on)}
    first = on - LOOK_BACK
    return sorted(
        [*_unexplained(rows, first, on), *_unmarked(rows, first, on, at), *_gaps(rows, first, on)],
        key=lambda one: (one.day, one.kind, one.placement.seen.ref),
    )


def _unexplained(rows: Mapping[int, PlacementRow], first: date, on: date) -> list[OutOfOrder]:
    days = law.value(Key.UNEXPLAINED_ABSENCE_DAYS, on=on)
    calendar = calendars.school_calendar(None)
    return [
        OutOfOrder(
            rows[mark.placement_id],
            UNEXPLAINED,
            mark.day,
            mark.half,
            calendar.nth_school_day(mark.day, days),
        )
        for mark in attendance.unexplained(list(rows), first, on)
    ]


def _unmarked(
    rows: Mapping[int, PlacementRow], first: date, on: date, at: datetime
) -> list[OutOfOrder]:
    now = at.astimezone(LONDON)
    last = on if now.hour >= MARKED_BY_HOUR else on - ONE_DAY
    return [
        OutOfOrder(rows[one.placement_id], NOT_MARKED, one.day, one.half, one.day)
        for one in attendance.unmarked(list(rows), first, last, london_now=now)
    ]


def _gaps(rows: Mapping[int, PlacementRow], first: date, on: date) -> list[OutOfOrder]:
    """Placements that run, and at which nothing was held on the last five school days."""
    calendar = calendars.school_calendar(None)
    days = [first + ONE_DAY * ahead for ahead in range((on - first).days)]
    recent = [day for day in days if calendar.is_school_day(day)][-GAP_DAYS:]
    if len(recent) < GAP_DAYS:
        return []
    held = {one.placement_id for one in attendance.marks(list(rows), recent[0], on) if one.held}
    return [
        OutOfOrder(row, GAP, recent[0], None, None)
        for pk, row in rows.items()
        if pk not in held and row.seen.since <= recent[0]
    ]
