"""Sessions of a provider as lists show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse

from flsf.core.clock import LONDON
from flsf.core.half_days import Half
from flsf.delivery.attendance import queries as attendance
from flsf.delivery.attendance import rules
from flsf.delivery.attendance.enums import Came
from flsf.delivery.attendance.queries import Marked
from flsf.web.provider.own import Mine

LOOK_BACK = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Row:
    """One session: expected, marked, or both."""

    mine: Mine
    day: date
    half: Half
    mark: Marked | None
    has_begun: bool

    @property
    def href(self) -> str:
        captured = {"ref": self.mine.ref, "session": f"{self.day.isoformat()}-{self.half.value}"}
        return reverse("session-mark", kwargs=captured)

    @property
    def says(self) -> str:
        if self.mark is None:
            return "Not marked yet" if self.has_begun else "Planned"
        return in_words(self.mark)

    @property
    def kind(self) -> str:
        if self.mark is None:
            return "waiting" if self.has_begun else "moving"
        came = self.mark.held and self.mark.came is not Came.NO
        return "good" if came else "quiet"


def in_words(mark: Marked) -> str:
    """A mark in a few words."""
    if not mark.held:
        return "Did not happen"
    if mark.came is Came.LATE:
        return f"Came, {mark.minutes_late} minutes late"
    return "Came" if mark.came is Came.YES else "Did not come"


def sessions_of(mine: Sequence[Mine], first: date, last: date, *, at: datetime) -> list[Row]:
    """Every session of those placements in that time, marked or not, in order."""
    by_id = {one.placement.id: one for one in mine}
    now = at.astimezone(LONDON)
    marks = {one.key: one for one in attendance.marks(list(by_id), first, last)}
    keys = {(one.placement_id, one.day, one.half) for one in _expected(by_id, first, last)}
    return [
        Row(by_id[pk], day, half, marks.get((pk, day, half)), rules.has_begun(day, half, now))
        for pk, day, half in sorted(keys | set(marks), key=lambda key: (key[1], key[2], key[0]))
    ]


def _expected(by_id: dict[int, Mine], first: date, last: date) -> list[attendance.Expected]:
    return attendance.expected(list(by_id), first, last)
