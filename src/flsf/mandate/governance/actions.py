"""The only writes of the framework's registers."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.mandate.framework import queries as frameworks
from flsf.mandate.governance import queries, rules
from flsf.mandate.governance.enums import Kind, Tag
from flsf.mandate.governance.models import Answering, Declaration, Entry, Version
from flsf.mandate.governance.rules import Requirement
from flsf.shared.audit import actions as audit


class NotWhole(Refusal):
    """Says which fields."""

    says = "Something is missing or makes no sense."

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__()
        self.problems = dict(problems)

    def __str__(self) -> str:
        return f"{'. '.join(self.problems.values())}."


class ReasonMissing(Refusal):
    says = "Enter why."


class EntryClosed(Refusal):
    says = "This entry is closed. Add a new one."


class ChangedMeanwhile(Refusal):
    says = "Somebody has changed this entry since you opened it. Look at it again."


class ConflictNotTold(Refusal):
    says = "Say what the interest is."


class NoSuchDriver(Refusal):
    says = "That policy driver is closed or not in the register. Look at the register again."


class NeedsAPerson(Refusal):
    says = "A named person does this. Sign in."


@transaction.atomic
def add(
    *, framework_id: int, kind: Kind, told: Mapping[str, str], by: Person, at: datetime
) -> Entry:
    """The register has one more entry. Raises NotWhole."""
    said = _whole(kind, told)
    framework = frameworks.hold(framework_id)
    of_kind = Entry.objects.filter(framework=framework_id, kind=kind)
    entry = Entry.objects.create(framework_id=framework_id, kind=kind, number=of_kind.count() + 1)
    _say(entry, 1, said, by=by, at=at)
    audit.record(
        tag=Tag.ADDED,
        subject=f"framework {framework.ref}",
        details={"kind": kind.value, "number": entry.number},
        by=by,
        at=at,
    )
    return entry


@transaction.atomic
def change(
    *,
    entry_id: int,
    told: Mapping[str, str],
    because: str,
    seen_version: int,
    by: Person,
    at: datetime,
) -> None:
    """The entry reads so from now on; what it said is kept.

    `seen_version` is the one that was changed. Raises NotWhole, ReasonMissing, EntryClosed and
    ChangedMeanwhile.
    """
    entry, latest = _held(entry_id)
    said = _whole(Kind(entry.kind), told)
    if not because.strip():
        raise ReasonMissing
    if latest.is_closed:
        raise EntryClosed
    if latest.number != seen_version:
        raise ChangedMeanwhile
    _say(entry, latest.number + 1, said, because.strip(), by=by, at=at)
    _record(Tag.CHANGED, entry, by=by, at=at)


@transaction.atomic
def close(*, entry_id: int, because: str, by: Person, at: datetime) -> None:
    """Nothing presses any more; the entry stays to be read. Raises ReasonMissing, EntryClosed."""
    entry, latest = _held(entry_id)
    if not because.strip():
        raise ReasonMissing
    if latest.is_closed:
        raise EntryClosed
    _say(entry, latest.number + 1, latest.told, because.strip(), closes=True, by=by, at=at)
    _record(Tag.CLOSED, entry, by=by, at=at)


@transaction.atomic
def declare(*, about: str, has_conflict: bool, words: str, by: Person, at: datetime) -> Declaration:
    """Somebody who will judge has said whether an interest stands in the way (rule P32).

    Raises NeedsAPerson and ConflictNotTold.
    """
    if by.pk is None:
        raise NeedsAPerson
    if has_conflict and not words.strip():
        raise ConflictNotTold
    made = Declaration.objects.create(
        about=about,
        has_conflict=has_conflict,
        words=words.strip(),
        declared_by_id=by.pk,
        declared_at=at,
    )
    details = {"has_conflict": has_conflict}
    audit.record(tag=Tag.DECLARED, subject=about, details=details, by=by, at=at)
    return made


@transaction.atomic
def say_answers(
    *,
    framework_id: int,
    requirement: Requirement,
    drivers: Collection[int],
    because: str,
    seen_id: int | None,
    by: Person,
    at: datetime,
) -> Answering:
    """The requirement answers these policy drivers, as they read now; or, with a reason, none.

    `seen_id` is what was said last when whoever says it now looked. Raises NeedsAPerson,
    ReasonMissing, NoSuchDriver and ChangedMeanwhile.
    """
    if by.pk is None:
        raise NeedsAPerson
    if not because.strip():
        raise ReasonMissing
    framework = frameworks.hold(framework_id)
    last = queries.answering(framework_id, person=by).get((requirement.kind, requirement.key))
    if (last.said_id if last else None) != seen_id:
        raise ChangedMeanwhile
    now = {one.number: one for one in queries.drivers(framework_id, person=by)}
    if any(number not in now or now[number].is_closed for number in drivers):
        raise NoSuchDriver
    made = Answering.objects.create(
        framework=framework,
        kind=requirement.kind,
        key=requirement.key,
        words=requirement.words,
        drivers=[[number, now[number].version] for number in sorted(set(drivers))],
        because=because.strip(),
        said_by_id=by.pk,
        said_at=at,
    )
    audit.record(
        tag=Tag.ANSWERS_SAID,
        subject=f"framework {framework.ref}",
        details={"kind": made.kind, "key": made.key, "drivers": len(made.drivers)},
        by=by,
        at=at,
    )
    return made


def _whole(kind: Kind, told: Mapping[str, str]) -> dict[str, str]:
    if found := rules.problems(kind, told):
        raise NotWhole(found)
    return {name: words.strip() for name, words in told.items()}


def _held(entry_id: int) -> tuple[Entry, Version]:
    entry = Entry.objects.select_for_update(of=("self",)).get(pk=entry_id)
    return entry, entry.versions.latest("number")


def _say(
    entry: Entry,
    number: int,
    told: Mapping[str, str],
    because: str = "",
    *,
    closes: bool = False,
    by: Person,
    at: datetime,
) -> None:
    Version.objects.create(
        entry=entry,
        number=number,
        told=dict(told),
        is_closed=closes,
        because=because,
        changed_by_id=by.pk,
        changed_at=at,
    )


def _record(tag: Tag, entry: Entry, *, by: Person, at: datetime) -> None:
    audit.record(
        tag=tag,
        subject=f"framework {entry.framework.ref}",
        details={"kind": entry.kind, "number": entry.number},
        by=by,
        at=at,
    )
