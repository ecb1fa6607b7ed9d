"""Changing the commercial model, and every agreement with it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refs import unused_ref
from flsf.core.refusals import Refusal
from flsf.mandate.framework import queries as frameworks
from flsf.mandate.framework.enums import CommercialModel
from flsf.market.agreements import queries, rules
from flsf.market.agreements.actions.issuing import NeedsAPerson, ReasonMissing, _issue
from flsf.market.agreements.enums import Outcome, Stage, Tag
from flsf.market.agreements.models import (
    Agreement,
    Transition,
    TransitionChange,
    TransitionLine,
)
from flsf.market.agreements.rules import Line
from flsf.shared.audit import actions as audit
from flsf.shared.audit.enums import JSONValue

ONE_DAY = timedelta(days=1)


class AnotherChangeUnderWay(Refusal):
    says = "Another change of model is carried out and not confirmed. Undo or confirm it first."


class NotRehearsed(Refusal):
    says = "This rehearsal has been carried out already, or undone since. Rehearse again."


class NotCarriedOut(Refusal):
    says = "This change of model is not carried out, or is settled already."


class StaleRehearsal(Refusal):
    says = "Something has changed since the rehearsal. Rehearse again, and look before you go on."


class DebarmentNotChecked(Refusal):
    says = "Enter when the debarment list was checked, and which version of it."


class DebarmentCheckTooOld(Refusal):
    says = "Check the debarment list on the day of the change or after the rehearsal."


class DayHasPassed(Refusal):
    says = "The day on which it takes effect has passed. Rehearse again with a later day."


class AlreadyReissued(Refusal):
    says = "Every agreement has been issued again for this reopening, and that is confirmed."


class PlacementsChanged(Refusal):
    says = "A placement would have changed, so nothing was done. Tell whoever runs the system."


@transaction.atomic
def rehearse(
    *,
    framework_id: int,
    after: CommercialModel,
    takes_effect_on: date,
    authority: str,
    reason: str,
    lines: Sequence[Line],
    record: Mapping[str, JSONValue],
    found: str,
    round_id: int | None = None,
    by: Person,
    at: datetime,
) -> Transition:
    """What the change would do is kept as it was found; nothing else happens.

    `round_id` is the round in which an open framework reopened. Raises ReasonMissing,
    DayHasPassed, AnotherChangeUnderWay and AlreadyReissued.
    """
    if not authority.strip() or not reason.strip():
        raise ReasonMissing
    if takes_effect_on < london_day(at):
        raise DayHasPassed
    framework = frameworks.hold(framework_id)
    _refuse_another(framework_id)
    _refuse_reissued(round_id)
    made = Transition.objects.create(
        ref=unused_ref("T", Transition.objects),
        framework_id=framework_id,
        before=frameworks.model_on(framework_id, on=takes_effect_on),
        after=after,
        round_id=round_id,
        takes_effect_on=takes_effect_on,
        authority=authority.strip(),
        reason=reason.strip(),
        record=dict(record),
        found=found,
    )
    TransitionLine.objects.bulk_create(
        TransitionLine(
            transition=made,
            number=number,
            admission_id=one.standing.admission_id,
            outcome=one.outcome,
            gaps=list(one.gaps),
        )
        for number, one in enumerate(lines, start=1)
    )
    _come_to(made, Stage.REHEARSED, by=by, at=at)
    details: dict[str, JSONValue] = {"change": made.ref, "after": after.value}
    subject = f"framework {framework.ref}"
    audit.record(tag=Tag.REHEARSED, subject=subject, details=details, by=by, at=at)
    return made


@transaction.atomic
def leave_out(*, line_id: int, outcome: Outcome, reason: str, by: Person, at: datetime) -> None:
    """The provider's agreement is not issued again: it opted out, or is excluded (rule P13).

    Raises ReasonMissing and NotRehearsed. An outcome that leaves nobody out is a slip.
    """
    if outcome not in rules.LEFT_OUT:
        raise ValueError(outcome)
    if not reason.strip():
        raise ReasonMissing
    line = _held_line(line_id)
    line.outcome, line.left_out_because = outcome, reason.strip()
    line.left_out_by_id, line.left_out_at = by.pk, at
    line.save()
    _record_line(Tag.LEFT_OUT, line, by=by, at=at)


@transaction.atomic
def take_back_in(*, line_id: int, outcome: Outcome, by: Person, at: datetime) -> None:
    """The provider is treated as the rehearsal found. Raises NotRehearsed."""
    line = _held_line(line_id)
    line.outcome, line.left_out_because = outcome, ""
    line.left_out_by, line.left_out_at = None, None
    line.save()
    _record_line(Tag.TAKEN_BACK_IN, line, by=by, at=at)


@transaction.atomic
def carry_out(
    *,
    transition_id: int,
    setting_id: int,
    found: str,
    debarment_seen_on: date,
    debarment_version: str,
    by: Person,
    at: datetime,
) -> None:
    """Every agreement that rolls over is issued again in its next version; the others end.

    It can be undone until it is confirmed. Raises NeedsAPerson, NotRehearsed,
    AnotherChangeUnderWay, StaleRehearsal, DayHasPassed, DebarmentNotChecked and
    DebarmentCheckTooOld.
    """
    if by.pk is None:
        raise NeedsAPerson
    one = _held(transition_id)
    frameworks.hold(one.framework_id)
    if not rules.may_move(_stage(one), Stage.CARRIED_OUT):
        raise NotRehearsed
    _refuse_another(one.framework_id)
    _refuse_reissued(one.round_id)
    if found != one.found:
        raise StaleRehearsal
    if one.takes_effect_on < london_day(at):
        raise DayHasPassed
    _refuse_debarment(one, debarment_seen_on, debarment_version, at=at)
    one.setting_id = setting_id
    one.debarment_seen_on, one.debarment_version = debarment_seen_on, debarment_version.strip()
    one.save(update_fields=["setting_id", "debarment_seen_on", "debarment_version"])
    _repaper(one, by=by, at=at)
    _come_to(one, Stage.CARRIED_OUT, by=by, at=at)
    _record(Tag.CARRIED_OUT, one, by=by, at=at)


@transaction.atomic
def record_placements(
    *, transition_id: int, before: str, after: str, by: Person, at: datetime
) -> None:
    """The record proves that no placement changed. Raises PlacementsChanged."""
    if before != after:
        raise PlacementsChanged
    one = _held(transition_id)
    one.placements_before, one.placements_after = before, after
    one.save(update_fields=["placements_before", "placements_after"])
    _record(Tag.CARRIED_OUT, one, by=by, at=at)


@transaction.atomic
def undo(*, transition_id: int, reason: str, by: Person, at: datetime) -> None:
    """The agreements before are in force again; those that were made are kept as withdrawn.

    Raises ReasonMissing, NeedsAPerson and NotCarriedOut.
    """
    if not reason.strip():
        raise ReasonMissing
    if by.pk is None:
        raise NeedsAPerson
    one = _held(transition_id)
    if not rules.may_move(_stage(one), Stage.UNDONE):
        raise NotCarriedOut
    one.agreements.update(withdrawn_at=at)
    ended = Agreement.objects.filter(
        admission__in=queries.admissions_with(one.pk, tuple(Outcome)),
        in_force_until=one.takes_effect_on - ONE_DAY,
        withdrawn_at=None,
    )
    ended.update(in_force_until=None)
    _come_to(one, Stage.UNDONE, reason.strip(), by=by, at=at)
    _record(Tag.UNDONE, one, by=by, at=at)


@transaction.atomic
def confirm(*, transition_id: int, by: Person, at: datetime) -> None:
    """It cannot be undone any more. Raises NeedsAPerson and NotCarriedOut."""
    if by.pk is None:
        raise NeedsAPerson
    one = _held(transition_id)
    if not rules.may_move(_stage(one), Stage.CONFIRMED):
        raise NotCarriedOut
    _come_to(one, Stage.CONFIRMED, by=by, at=at)
    _record(Tag.CONFIRMED, one, by=by, at=at)


def _repaper(one: Transition, *, by: Person, at: datetime) -> None:
    every = queries.admissions_with(one.pk, tuple(Outcome))
    before = {
        agreement.admission_id: agreement
        for agreement in Agreement.objects.filter(
            admission__in=every, in_force_until=None, withdrawn_at=None
        )
    }
    Agreement.objects.filter(pk__in=[row.pk for row in before.values()]).update(
        in_force_until=one.takes_effect_on - ONE_DAY
    )
    again = queries.admissions_with(one.pk, [Outcome.REISSUED])
    _issue(
        {admission: before.get(admission) for admission in again},
        CommercialModel(one.after),
        one.takes_effect_on,
        one,
        by=by,
        at=at,
    )


def _refuse_debarment(one: Transition, seen_on: date, version: str, *, at: datetime) -> None:
    if not version.strip() or seen_on > london_day(at):
        raise DebarmentNotChecked
    rehearsed = one.changes.get(stage=Stage.REHEARSED).decided_at
    if seen_on < london_day(rehearsed):
        raise DebarmentCheckTooOld


def _refuse_another(framework_id: int) -> None:
    carried = TransitionChange.objects.filter(
        transition__framework=framework_id, stage=Stage.CARRIED_OUT
    )
    settled = TransitionChange.objects.filter(stage__in=[Stage.UNDONE, Stage.CONFIRMED])
    if carried.exclude(transition__in=settled.values("transition")).exists():
        raise AnotherChangeUnderWay


def _refuse_reissued(round_id: int | None) -> None:
    done = TransitionChange.objects.filter(transition__round=round_id, stage=Stage.CONFIRMED)
    if round_id is not None and done.exists():
        raise AlreadyReissued


def _held(transition_id: int) -> Transition:
    return Transition.objects.select_for_update(of=("self",)).get(pk=transition_id)


def _held_line(line_id: int) -> TransitionLine:
    """The line, its change of model held. Raises NotRehearsed."""
    line = TransitionLine.objects.get(pk=line_id)
    if _stage(_held(line.transition_id)) is not Stage.REHEARSED:
        raise NotRehearsed
    return TransitionLine.objects.select_for_update(of=("self",)).get(pk=line_id)


def _stage(one: Transition) -> Stage:
    return Stage(one.changes.latest("pk").stage)


def _come_to(one: Transition, stage: Stage, reason: str = "", *, by: Person, at: datetime) -> None:
    TransitionChange.objects.create(
        transition=one, stage=stage, reason=reason, decided_by_id=by.pk, decided_at=at
    )


def _record(tag: Tag, one: Transition, *, by: Person, at: datetime) -> None:
    details: dict[str, JSONValue] = {"after": one.after, "placements": one.placements_after[:12]}
    audit.record(tag=tag, subject=f"change of model {one.ref}", details=details, by=by, at=at)


def _record_line(tag: Tag, line: TransitionLine, *, by: Person, at: datetime) -> None:
    audit.record(
        tag=tag,
        subject=f"admission {line.admission_id}",
        details={"change": line.transition_id, "outcome": line.outcome},
        by=by,
        at=at,
    )
