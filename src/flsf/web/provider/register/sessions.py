"""One session as its page needs it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404

from flsf.core.clock import LONDON, london_day
from flsf.core.half_days import Half
from flsf.core.people import Person
from flsf.delivery.attendance import queries as attendance
from flsf.delivery.attendance import rules
from flsf.delivery.attendance.queries import Marked
from flsf.delivery.outcomes import queries as outcomes
from flsf.delivery.outcomes.queries import GoalSeen
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.web.access import found
from flsf.web.provider import own


@dataclass(frozen=True, slots=True)
class Session:
    """A session of one of the person's own placements, and the mark that stands."""

    mine: own.Mine
    day: date
    half: Half
    code: str  # as its address names it
    mark: Marked | None
    goals: list[GoalSeen]
    is_extra: bool
    is_late: bool
    has_begun: bool

    @property
    def known_as(self) -> str:
        return str(self.mine.child)

    def initial(self) -> dict[str, Any]:
        """What the form shows when it is opened: the mark as it stands, if there is one."""
        if self.mark is None:
            return {}
        said: dict[str, Any] = {
            f"goal_{goal.id}": progress
            for goal in self.goals
            for day, progress in goal.steps
            if day == self.day
        }
        return said | {
            "held": "yes" if self.mark.held else "no",
            "not_held_because": self.mark.not_held_because or "",
            "came": self.mark.came,
            "absent_because": self.mark.absent_because or "",
            "minutes_late": self.mark.minutes_late or None,
            "minutes": self.mark.minutes if self.is_extra else None,
            "agreed_by": self.mark.agreed_by,
            "note": self.mark.note,
            "seen": str(self.mark.id),
        }


def session_at(person: Person, ref: str, code: str, *, at: datetime) -> Session:
    """The session that an address names. Raises the page that says there is none."""
    day, half = _when(code)
    mine = found(own.one_of_mine(person, ref, on=london_day(at)))
    agreed = attendance.agreed([mine.placement.id])[mine.placement.id]
    local = at.astimezone(LONDON)
    most_days = law.value(Key.LATE_MARK_DAYS, on=local.date())
    return Session(
        mine=mine,
        day=day,
        half=half,
        code=code,
        mark=attendance.mark_of(mine.placement.id, day, half),
        goals=outcomes.of_placement(mine.placement.id),
        is_extra=rules.agreed_minutes(agreed, day, half) is None,
        is_late=rules.is_late_mark(day, local.date(), most_days),
        has_begun=rules.has_begun(day, half, local),
    )


def _when(code: str) -> tuple[date, Half]:
    try:
        return date.fromisoformat(code[:-3]), Half(code[-2:])
    except ValueError as error:
        raise Http404 from error
