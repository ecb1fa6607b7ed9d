"""Reads of sessions: which were to be, which were, and what they leave out.

Callers hand over ids of placements or children they were given through visible_to.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Min

from flsf.casework.children import queries as children
from flsf.casework.referrals import queries as referrals
from flsf.casework.timetable import queries as timetable
from flsf.core.half_days import Half
from flsf.delivery.attendance import rules
from flsf.delivery.attendance.enums import AbsentBecause, Came, NotHeldBecause, Source
from flsf.delivery.attendance.models import Correction, Mark
from flsf.delivery.placements import queries as placements
from flsf.market.staff import queries as staff
from flsf.shared.calendars import queries as calendars

ONE_DAY = timedelta(days=1)


def first_held(placement_ids: Collection[int]) -> dict[int, date]:
    """The day of the first session of each placement that took place. One question."""
    held = Mark.objects.filter(placement__in=placement_ids, held=True)
    return dict(held.values_list("placement").annotate(first=Min("day")).order_by())


class Expected(NamedTuple):
    """A session that the timetable says there is to be, or was."""

    placement_id: int
    day: date
    half: Half
    minutes: int


class Marked(NamedTuple):
    """A session as it is marked now. `corrections` says how often it was said otherwise."""

    id: int
    placement_id: int
    day: date
    half: Half
    held: bool
    not_held_because: NotHeldBecause | None
    came: Came
    absent_because: AbsentBecause | None
    minutes_late: int
    minutes: int
    is_extra: bool
    agreed_by: str
    school_code: str
    note: str
    source: Source
    marked_by_id: int | None
    marked_at: datetime

    @property
    def key(self) -> tuple[int, date, Half]:
        return self.placement_id, self.day, self.half

    @property
    def is_unexplained(self) -> bool:
        return self.absent_because is AbsentBecause.NOT_KNOWN

    @property
    def facts(self) -> rules.Facts:
        return rules.Facts(
            held=self.held,
            not_held_because=self.not_held_because,
            came=self.came,
            absent_because=self.absent_because,
            minutes_late=self.minutes_late,
            minutes=self.minutes or None,
        )


class Uncovered(NamedTuple):
    """A session given by somebody whose checks did not hold on its day, and why."""

    placement_id: int
    day: date
    half: Half
    user_id: int
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a mark said before, why it was changed, by whom and when."""

    said_before: Mapping[str, Any]
    reason: str
    by: str
    at: datetime


def agreed(placement_ids: Collection[int]) -> dict[int, list[rules.Agreed]]:
    """The agreed half-days of each placement. Two questions and one, however many."""
    terms = placements.terms(placement_ids)
    booked = timetable.agreed([one.award_ref for one in terms.values()])
    return {pk: booked.get(term.award_ref, []) for pk, term in terms.items()}


def expected(placement_ids: Collection[int], first: date, last: date) -> list[Expected]:
    """The sessions to be, from one day to another, both counted: in order of day and half.

    The agreed half-days of each week, on the school days of the child's school, while the
    placement is in its introduction or active.
    """
    terms = placements.terms(placement_ids)
    booked = timetable.agreed([one.award_ref for one in terms.values()])
    school_days = _school_days({one.school_id for one in terms.values()}, first, last)
    found = [
        Expected(pk, day, half, minutes)
        for pk, term in terms.items()
        for day, half, minutes in rules.sessions(
            booked.get(term.award_ref, ()),
            [day for day in school_days[term.school_id] if term.runs_on(day)],
        )
    ]
    return sorted(found, key=lambda one: (one.day, one.half, one.placement_id))


def marks(placement_ids: Collection[int], first: date, last: date) -> list[Marked]:
    """The marks of those placements in that time, in order of day and half."""
    found = Mark.objects.filter(placement__in=placement_ids, day__gte=first, day__lte=last)
    return _marked(found.order_by("day", "half", "placement"))


def mark_of(placement_id: int, day: date, half: Half) -> Marked | None:
    """The mark of one session, if it has one."""
    found = Mark.objects.filter(placement=placement_id, day=day, half=half)
    return next(iter(_marked(found)), None)


def unmarked(
    placement_ids: Collection[int], first: date, last: date, *, london_now: datetime
) -> list[Expected]:
    """The sessions that have begun and that nobody has marked, the oldest first."""
    done = {one.key for one in marks(placement_ids, first, last)}
    return [
        one
        for one in expected(placement_ids, first, last)
        if (one.placement_id, one.day, one.half) not in done
        and rules.has_begun(one.day, one.half, london_now)
    ]


def unexplained(placement_ids: Collection[int], first: date, last: date) -> list[Marked]:
    """The absences that nobody has explained yet, the oldest first."""
    found = Mark.objects.filter(
        placement__in=placement_ids,
        day__gte=first,
        day__lte=last,
        absent_because=AbsentBecause.NOT_KNOWN,
    )
    return _marked(found.order_by("day", "half", "placement"))


def uncovered(placement_ids: Collection[int], first: date, last: date) -> list[Uncovered]:
    """Sessions given by somebody whose checks did not hold that day, the latest first.

    Given by whoever works with the child and marked it, or else by those named for that day. A
    session of which nobody is known to have given it is not among them. Six questions, however
    many.
    """
    held = [one for one in marks(placement_ids, first, last) if one.held]
    terms = placements.terms({one.placement_id for one in held})
    named = placements.workers_between({one.placement_id for one in held}, first, last)
    given = []
    for one in held:
        there = [(w.user_id, w.name) for w in named[one.placement_id] if w.holds_on(one.day)]
        if found := rules.giver(one.marked_by_id, there):
            given.append((one, *found))
    why = staff.cover(
        (terms[one.placement_id].provider_id, user_id, one.day) for one, user_id, _ in given
    )
    lacking = [
        Uncovered(one.placement_id, one.day, one.half, user_id, name, words)
        for one, user_id, name in given
        if (words := why[terms[one.placement_id].provider_id, user_id, one.day])
    ]
    return sorted(lacking, key=lambda one: (one.day, one.half), reverse=True)


def corrections(mark_id: int) -> list[Corrected]:
    """What the mark said before each correction, the latest correction first."""
    rows = Correction.objects.filter(mark=mark_id).order_by("-at", "-pk")
    found = rows.values_list("said_before", "reason", "by__name", "at")
    return [Corrected(before, reason, name or "", at) for before, reason, name, at in found]


def days_out_of_learning(child_ids: Collection[int], on: date) -> dict[int, int]:
    """For each child, school days without support since the council first knew (K2).

    From the day of first awareness of a referral that is still open, to that day, both
    counted. A school day has support if a session was held for the child on it, whether or
    not the child came, or is arranged for it and not yet marked. A child nobody has asked
    support for has none. Four questions and the calendars', however many children.
    """
    since = referrals.first_aware(child_ids, on=on)
    if not since:
        return dict.fromkeys(child_ids, 0)
    taught = _taught_days(list(since), min(since.values()), on)
    school_of = children.school_ids(list(since))
    days = _school_days(set(school_of.values()), min(since.values()), on)
    return {
        child: rules.days_out_of_learning(
            (day for day in days[school_of[child]] if day >= since[child]),
            taught.get(child, frozenset()),
        )
        if child in since
        else 0
        for child in child_ids
    }


def _taught_days(
    child_ids: Collection[int], first: date, last: date
) -> Mapping[int, Collection[date]]:
    """The days on which each child had support: held, or arranged and not yet marked."""
    child_of = placements.child_ids_of(child_ids)
    days: dict[int, set[date]] = defaultdict(set)
    done: set[tuple[int, date, Half]] = set()
    for mark in marks(list(child_of), first, last):
        done.add(mark.key)
        if mark.held or mark.not_held_because is NotHeldBecause.CHILD:
            days[child_of[mark.placement_id]].add(mark.day)
    for one in expected(list(child_of), first, last):
        if (one.placement_id, one.day, one.half) not in done:
            days[child_of[one.placement_id]].add(one.day)
    return days


def _school_days(
    school_ids: Collection[int | None], first: date, last: date
) -> dict[int | None, list[date]]:
    found = calendars.school_calendars(school_ids)
    days = [first + ONE_DAY * ahead for ahead in range((last - first).days + 1)]
    return {
        school: [day for day in days if calendar.is_school_day(day)]
        for school, calendar in found.items()
    }


FIELDS = (
    *("id", "placement_id", "day", "half", "held", "not_held_because", "came", "absent_because"),
    *("minutes_late", "minutes", "is_extra", "agreed_by", "school_code", "note"),
    *("source", "marked_by_id", "marked_at"),
)


def _marked(found: Any) -> list[Marked]:
    rows: Iterable[tuple[Any, ...]] = found.values_list(*FIELDS)
    return [
        Marked._make(
            (
                *row[:3],
                Half(row[3]),
                row[4],
                NotHeldBecause(row[5]) if row[5] else None,
                Came(row[6]),
                AbsentBecause(row[7]) if row[7] else None,
                *row[8:14],
                Source(row[14]),
                *row[15:],
            )
        )
        for row in rows
    ]
