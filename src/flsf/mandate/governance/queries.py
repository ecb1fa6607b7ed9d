"""Reads of the framework's registers."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from flsf.core.people import Person
from flsf.mandate.framework import queries as frameworks
from flsf.mandate.governance import rules
from flsf.mandate.governance.enums import Kind, RequirementKind
from flsf.mandate.governance.models import Answering, Declaration, Entry, Version
from flsf.mandate.governance.rules import Clock, Driver, Said
from flsf.mandate.law import queries as law


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it reads now, with the days that follow from it."""

    entry_id: int
    framework_id: int
    framework_ref: str
    kind: Kind
    number: int
    told: dict[str, str]
    is_closed: bool
    changed_by: str
    changed_at: datetime
    clocks: tuple[Clock, ...]

    @property
    def title(self) -> str:
        """What its first field says."""
        return self.told.get(rules.KINDS[self.kind].fields[0].name, "")

    @property
    def due_on(self) -> date | None:
        """The next day by which somebody must do something; none when it is closed."""
        days = [one.last_day for one in self.clocks if one.presses]
        return None if self.is_closed else min(days, default=None)


def entries(
    framework_id: int, kind: Kind, *, person: Person, on: date, with_closed: bool = True
) -> list[Line]:
    """What a register of a framework says, open ones first, then by number. Three queries."""
    found = Entry.objects.visible_to(person).filter(framework=framework_id, kind=kind)
    lines = [one for one in _lines(found, on) if with_closed or not one.is_closed]
    return sorted(lines, key=lambda one: (one.is_closed, one.number))


def entry(framework_id: int, kind: Kind, number: int, *, person: Person, on: date) -> Line | None:
    """One entry, if this person may see it."""
    found = Entry.objects.visible_to(person).filter(
        framework=framework_id, kind=kind, number=number
    )
    return next(_lines(found, on), None)


def versions(entry_id: int, *, person: Person) -> QuerySet[Version]:
    """What an entry said before, the latest first."""
    return (
        Version.objects.visible_to(person)
        .filter(entry=entry_id)
        .select_related("changed_by")
        .order_by("-number")
    )


def due(*, person: Person, on: date, by_day: date) -> list[Line]:
    """Open entries of running frameworks with a day that presses by then, the first first."""
    running = [one.pk for one in frameworks.running(on)]
    found = Entry.objects.visible_to(person).filter(framework__in=running)
    lines = [one for one in _lines(found, on) if one.due_on and one.due_on <= by_day]
    return sorted(lines, key=lambda one: (one.due_on, one.kind, one.number))


def counts(framework_id: int, *, person: Person) -> dict[Kind, int]:
    """How many open entries each register has, of those this person may see."""
    found = Entry.objects.visible_to(person).filter(framework=framework_id)
    latest = _latest(found.values_list("pk", flat=True))
    count = dict.fromkeys(Kind, 0)
    for one in latest:
        count[Kind(one.entry.kind)] += not one.is_closed
    return count


def drivers(framework_id: int, *, person: Person) -> list[Driver]:
    """The policy drivers as they read now, by number, closed ones among them. One query."""
    found = Entry.objects.visible_to(person).filter(framework=framework_id, kind=Kind.DRIVER)
    return [
        Driver(
            number=one.entry.number,
            version=one.number,
            name=one.told.get("driver", ""),
            source=one.told.get("source", ""),
            dated=date.fromisoformat(one.told["dated"]) if one.told.get("dated") else None,
            standing=one.told.get("standing", ""),
            is_closed=one.is_closed,
        )
        for one in _latest(found.values_list("pk", flat=True))
    ]


def answering(framework_id: int, *, person: Person) -> dict[tuple[str, str], Said]:
    """What was said last of each requirement, by its kind and key. One query."""
    found = Answering.objects.visible_to(person).filter(framework=framework_id)
    latest = found.order_by("kind", "key", "-pk").distinct("kind", "key")
    return {
        (one.kind, one.key): Said(
            said_id=one.pk,
            drivers=dict(one.drivers),
            because=one.because,
            said_by=one.said_by.name,
            said_at=one.said_at,
        )
        for one in latest.select_related("said_by")
    }


def said_before(
    framework_id: int, kind: RequirementKind, key: str, *, person: Person
) -> QuerySet[Answering]:
    """Everything that was said of a requirement, the latest first."""
    found = Answering.objects.visible_to(person).filter(framework=framework_id, kind=kind, key=key)
    return found.select_related("said_by").order_by("-pk")


def conflicts_confirmed(framework_id: int, *, on: date) -> bool:
    """Whether an open conflicts assessment was reviewed and confirmed by a day (rule P32)."""
    found = Entry.objects.filter(framework=framework_id, kind=Kind.CONFLICT)
    latest = _latest(found.values_list("pk", flat=True))
    days = [one.told.get("confirmed_on", "") for one in latest if not one.is_closed]
    return any(day and date.fromisoformat(day) <= on for day in days)


def challenges_come(framework_id: int) -> int:
    """How many challenges were made and are not over: a number, so open to all."""
    found = Entry.objects.filter(framework=framework_id, kind=Kind.CHALLENGE)
    latest = _latest(found.values_list("pk", flat=True))
    return sum(not one.is_closed and rules.has_come(one.told) for one in latest)


def is_challenged_by(framework_id: int, entry_id: int) -> bool:
    """Whether that entry is a challenge to the framework that was made and is not over."""
    found = Entry.objects.filter(framework=framework_id, kind=Kind.CHALLENGE, pk=entry_id)
    latest = _latest(found.values_list("pk", flat=True))
    return any(not one.is_closed and rules.has_come(one.told) for one in latest)


def has_declared(user_id: int, about: str) -> bool | None:
    """Whether somebody has a conflict in what they would judge; None: they have not said."""
    found = Declaration.objects.filter(declared_by=user_id, about=about)
    return found.order_by("-pk").values_list("has_conflict", flat=True).first()


def conflicts_of(user_id: int | None) -> QuerySet[Declaration, str]:
    """What somebody has declared an interest in, and so has no part in: a subquery."""
    found = Declaration.objects.filter(declared_by=user_id, has_conflict=True)
    return found.values_list("about", flat=True)


def declared_about(about: str) -> dict[int, bool]:
    """What everybody who judges has said last of one thing, by person: whether they have a
    conflict.
    """
    found = Declaration.objects.filter(about=about).order_by("pk")
    return dict(found.values_list("declared_by", "has_conflict"))


def declared_about_each(abouts: Collection[str]) -> dict[tuple[str, int], bool]:
    """The same of several things, by thing and person."""
    found = Declaration.objects.filter(about__in=abouts).order_by("pk")
    rows = found.values_list("about", "declared_by", "has_conflict")
    return {(about, person_id): has_conflict for about, person_id, has_conflict in rows}


def declarations(about: str, *, person: Person) -> QuerySet[Declaration]:
    """What those who judge have declared, the latest first."""
    return (
        Declaration.objects.visible_to(person)
        .filter(about=about)
        .select_related("declared_by")
        .order_by("-pk")
    )


def _latest(entry_ids: Collection[int] | QuerySet[Entry, int]) -> Iterable[Version]:
    return (
        Version.objects.filter(entry__in=entry_ids)
        .select_related("entry__framework", "changed_by")
        .order_by("entry", "-number")
        .distinct("entry")
    )


def _lines(found: QuerySet[Entry], on: date) -> Iterator[Line]:
    numbers = law.values(rules.ASKED, on=on)
    for one in _latest(found.values_list("pk", flat=True)):
        kind = Kind(one.entry.kind)
        yield Line(
            entry_id=one.entry_id,
            framework_id=one.entry.framework_id,
            framework_ref=one.entry.framework.ref,
            kind=kind,
            number=one.entry.number,
            told=one.told,
            is_closed=one.is_closed,
            changed_by=one.changed_by.name if one.changed_by else "The system",
            changed_at=one.changed_at,
            clocks=tuple(rules.clocks(kind, one.told, numbers)),
        )
