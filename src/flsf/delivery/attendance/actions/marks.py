"""One session is marked, or its mark corrected."""

from datetime import date, datetime

from django.db import transaction

from flsf.core.clock import LONDON
from flsf.core.half_days import Half
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.delivery.attendance import queries, rules
from flsf.delivery.attendance.enums import Source, Tag
from flsf.delivery.attendance.models import Correction, Mark
from flsf.delivery.placements import queries as placements
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.shared.audit import actions as audit
from flsf.shared.audit.enums import JSONValue


class NotYet(Refusal):
    says = "That session has not begun. Mark it when it has."


class NotRunning(Refusal):
    says = "The placement was not running on that day. Ask whoever leads it to begin it first."


class NeedsReason(Refusal):
    says = "Say why. A few words are enough."


class NeedsAgreement(Refusal):
    says = "That half-day is not in the agreed timetable. Say who agreed to an extra session."


class AlreadyMarked(Refusal):
    """Carries the mark that stands, so that a page can show both and ask."""

    says = "That session is already marked. Look at both, and correct the mark if it is wrong."

    def __init__(self, standing: queries.Marked) -> None:
        super().__init__()
        self.standing = standing


class DoesNotFit(Refusal):
    """Carries which answers do not fit together."""

    says = "These answers do not fit together."

    def __init__(self, fault: rules.Fault) -> None:
        super().__init__()
        self.fault = fault

    def __str__(self) -> str:
        return self.fault.value


@transaction.atomic
def mark(
    *,
    placement_id: int,
    day: date,
    half: Half,
    facts: rules.Facts,
    note: str = "",
    agreed_by: str = "",
    late_reason: str = "",
    source: Source = Source.PHONE,
    by: Person,
    at: datetime,
) -> Mark:
    """It is known what happened at the session, and which code the school's register takes.

    Raises NotYet, NotRunning, DoesNotFit, NeedsReason (later than the law's table allows),
    NeedsAgreement (outside the timetable) and AlreadyMarked.
    """
    terms = placements.terms_locked(placement_id)
    local = at.astimezone(LONDON)
    if not rules.has_begun(day, half, local):
        raise NotYet
    if not terms.runs_on(day):
        raise NotRunning
    if fault := rules.fault_of(facts):
        raise DoesNotFit(fault)
    most_days = law.value(Key.LATE_MARK_DAYS, on=local.date())
    is_late = rules.is_late_mark(day, local.date(), most_days)
    if is_late and not late_reason.strip():
        raise NeedsReason
    if standing := queries.mark_of(placement_id, day, half):
        raise AlreadyMarked(standing)
    made = Mark(
        placement_id=placement_id,
        day=day,
        half=half,
        source=source,
        marked_by_id=by.pk,
        marked_at=at,
        late_reason=late_reason.strip()[:200] if is_late else "",
    )
    _say(made, facts, terms, note=note, agreed_by=agreed_by)
    made.save()
    _record(Tag.MARKED, made, terms, by=by, at=at)
    return made


@transaction.atomic
def correct(
    *,
    mark_id: int,
    facts: rules.Facts,
    note: str = "",
    agreed_by: str = "",
    reason: str,
    by: Person,
    at: datetime,
) -> Mark:
    """The mark says something else; what it said before is kept, with the reason.

    Saying the same again changes nothing. Raises NeedsReason, DoesNotFit, NeedsAgreement.
    """
    standing = Mark.objects.only("placement_id").get(pk=mark_id)
    terms = placements.terms_locked(standing.placement_id)
    standing = Mark.objects.select_for_update().get(pk=mark_id)
    if fault := rules.fault_of(facts):
        raise DoesNotFit(fault)
    before = _said(standing)
    _say(standing, facts, terms, note=note, agreed_by=agreed_by or standing.agreed_by)
    if _said(standing) == before:
        return standing
    if not reason.strip():
        raise NeedsReason
    Correction.objects.create(
        mark=standing, said_before=before, reason=reason.strip()[:200], by_id=by.pk, at=at
    )
    standing.save()
    _record(Tag.CORRECTED, standing, terms, by=by, at=at)
    return standing


def _say(
    one: Mark, facts: rules.Facts, terms: placements.Terms, *, note: str, agreed_by: str
) -> None:
    """Puts the answers into the row. Raises NeedsAgreement and DoesNotFit."""
    half = Half(one.half)
    agreed = rules.agreed_minutes(queries.agreed([terms.id])[terms.id], one.day, half)
    if agreed is None and not agreed_by.strip():
        raise NeedsAgreement
    minutes = rules.settled_minutes(facts, agreed)
    if minutes is None:
        raise DoesNotFit(rules.Fault.HOW_LONG)
    one.held = facts.held
    one.not_held_because = facts.not_held_because or ""
    one.came = facts.came
    one.absent_because = facts.absent_because or ""
    one.minutes_late = facts.minutes_late
    one.minutes = minutes
    one.is_extra = agreed is None
    one.agreed_by = agreed_by.strip()[:200] if agreed is None else ""
    one.note = note.strip()
    one.school_code = rules.school_code(
        terms.commissioner,
        held=facts.held,
        came=facts.came,
        absent_because=facts.absent_because,
        not_held_because=facts.not_held_because,
    )


SAID = (
    *("held", "not_held_because", "came", "absent_because", "minutes_late", "minutes"),
    *("is_extra", "agreed_by", "school_code", "note"),
)


def _said(one: Mark) -> dict[str, JSONValue]:
    """What the mark says, as a correction keeps it."""
    return {name: getattr(one, name) for name in SAID}


def _record(tag: Tag, one: Mark, terms: placements.Terms, *, by: Person, at: datetime) -> None:
    audit.record(
        tag=tag,
        subject=f"placement {terms.ref}",
        details={"day": one.day.isoformat(), "half": one.half, "code": one.school_code},
        by=by,
        at=at,
    )
