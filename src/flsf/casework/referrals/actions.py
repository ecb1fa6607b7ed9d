"""The only writes of referrals, their status, clocks, notes and drafts."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from flsf.casework.children.enums import Care, SenStage
from flsf.casework.referrals import queries, rules
from flsf.casework.referrals.enums import (
    ClockKind,
    ClosedBecause,
    Ground,
    LegalBasis,
    Purpose,
    Route,
    Status,
    Tag,
    Urgency,
)
from flsf.casework.referrals.models import Clock, Draft, Note, Referral, ReferralChange
from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refs import new_ref
from flsf.core.refusals import Refusal
from flsf.mandate.law import queries as law
from flsf.market.providers.enums import mode_bit
from flsf.shared.accounts.enums import Team
from flsf.shared.audit import actions as audit
from flsf.shared.calendars import queries as calendars


class UrgentWithoutReason(Refusal):
    says = "Say why it is urgent, so that we can act on the right thing first."


class NoViewNoReason(Refusal):
    says = "Give the parent's or the young person's view, or say why there is none yet."


class KnownBeforeItHappened(Refusal):
    says = "The day you first knew cannot be in the future. Check the date."


class MoveNotAllowed(Refusal):
    says = "A referral cannot go from where it is to that status. Open its page again and look."


class ClosedWithoutReason(Refusal):
    says = "Choose why it is closed. A reason goes with closing, and with nothing else."


class Backdated(Refusal):
    says = "A change of status cannot take effect on a day that has passed."


class NothingSaid(Refusal):
    says = "Write what you want to add."


@transaction.atomic
def send(
    *,
    child_id: int,
    asked: rules.Asked,
    care: Care = Care.NONE,
    sen_stage: SenStage = SenStage.NONE,
    school_id: int | None = None,
    status_key: str = "",
    by: Person,
    at: datetime,
) -> Referral:
    """The referral is received and its clocks run from first awareness (peers 5.8).

    `care`, `sen_stage` and `school_id` are the child's. The same form sent twice makes one
    referral. Raises UrgentWithoutReason, NoViewNoReason and KnownBeforeItHappened.
    """
    today = london_day(at)
    _check(asked, today)
    wanted = {
        "child_id": child_id,
        "sent_by_id": by.pk,
        "received_at": at,
        "team": asked.team or rules.team_for(asked.ground, care, sen_stage),
        "legal_basis": asked.legal_basis
        or rules.legal_basis_for(asked.purpose, asked.route, sen_stage),
        "modes_mask": sum(mode_bit(mode) for mode in asked.modes),
        "status_key_sha256": queries.hashed(status_key) if status_key else "",
        **{name: getattr(asked, name) for name in _AS_ASKED},
    }
    referral, is_new = Referral.objects.get_or_create(
        sent_once_key=asked.sent_once_key, defaults={"ref": _fresh_ref(), **wanted}
    )
    if not is_new:
        return referral
    _change_status(referral, Status.RECEIVED, today, by=by, at=at)
    audit.record(
        tag=Tag.SENT,
        subject=f"referral {referral.ref}",
        details={"route": asked.route.value, "child": child_id},
        by=by,
        at=at,
    )
    _start_clocks(referral, school_id, by=by, at=at)
    return referral


@transaction.atomic
def move(
    *,
    referral_id: int,
    status: Status,
    takes_effect_on: date,
    because: ClosedBecause | None = None,
    note: str = "",
    by: Person,
    at: datetime,
) -> None:
    """The referral has that status from that day.

    Raises MoveNotAllowed, ClosedWithoutReason and Backdated.
    """
    referral = _locked(referral_id)
    before = queries.status_on(takes_effect_on, referral_id=referral_id)
    if before is None or not rules.may_move(before, status):
        raise MoveNotAllowed
    if (status is Status.CLOSED) != (because is not None):
        raise ClosedWithoutReason
    if takes_effect_on < london_day(at):
        raise Backdated
    _change_status(referral, status, takes_effect_on, because, note, by=by, at=at)
    audit.record(
        tag=Tag.MOVED,
        subject=f"referral {referral.ref}",
        details={
            "from": before.value,
            "to": status.value,
            "takes_effect_on": takes_effect_on.isoformat(),
            "because": because.value if because else None,
        },
        by=by,
        at=at,
    )


@transaction.atomic
def take_on(*, referral_id: int, worker_id: int, by: Person, at: datetime) -> None:
    """The person works on the referral; one nobody had read is being looked at from today."""
    referral = _locked(referral_id)
    before, referral.worker_id = referral.worker_id, worker_id
    referral.save(update_fields=["worker"])
    audit.record(
        tag=Tag.CHANGED,
        subject=f"referral {referral.ref}",
        details={"worker_before": before, "worker": worker_id},
        by=by,
        at=at,
    )
    today = london_day(at)
    if queries.status_on(today, referral_id=referral_id) is Status.RECEIVED:
        move(referral_id=referral_id, status=Status.LOOKED_AT, takes_effect_on=today, by=by, at=at)


@transaction.atomic
def triage(
    *,
    referral_id: int,
    ground: Ground,
    legal_basis: LegalBasis,
    purpose: Purpose,
    team: Team,
    urgency: Urgency,
    urgency_reason: str = "",
    school_id: int | None = None,
    by: Person,
    at: datetime,
) -> None:
    """An officer has read it: this is the ground, the authority, the team and the urgency.

    A duty that only now appears starts its clock, still from first awareness; a clock that
    began goes on. Raises UrgentWithoutReason.
    """
    referral = _locked(referral_id)
    if urgency is not Urgency.PLANNED and not urgency_reason.strip():
        raise UrgentWithoutReason
    referral.legal_basis, referral.purpose, referral.team = legal_basis, purpose, team
    referral.urgency, referral.urgency_reason, referral.ground = urgency, urgency_reason, ground
    referral.save(
        update_fields=["ground", "legal_basis", "purpose", "team", "urgency", "urgency_reason"]
    )
    audit.record(
        tag=Tag.CHANGED,
        subject=f"referral {referral.ref}",
        details={
            "ground": ground.value,
            "legal_basis": legal_basis.value,
            "purpose": purpose.value,
            "team": team.value,
            "urgency": urgency.value,
        },
        by=by,
        at=at,
    )
    _start_clocks(referral, school_id, by=by, at=at)


@transaction.atomic
def hasten(*, referral_id: int, urgency: Urgency, reason: str, by: Person, at: datetime) -> None:
    """The referral is at least so urgent, for this reason. Raises UrgentWithoutReason.

    One that is more urgent already stays so.
    """
    referral = _locked(referral_id)
    if urgency is not Urgency.PLANNED and not reason.strip():
        raise UrgentWithoutReason
    if not rules.is_more_urgent(urgency, than=Urgency(referral.urgency)):
        return
    referral.urgency, referral.urgency_reason = urgency, reason
    referral.save(update_fields=["urgency", "urgency_reason"])
    audit.record(
        tag=Tag.CHANGED,
        subject=f"referral {referral.ref}",
        details={"urgency": urgency.value},
        by=by,
        at=at,
    )


@transaction.atomic
def add_note(
    *,
    referral_id: int,
    words: str,
    by_name: str = "",
    is_request: bool = False,
    status_key: str = "",
    organisation_id: int | None = None,
    sent_once_key: str = "",
    needs_reading: bool = False,
    by: Person,
    at: datetime,
) -> Note:
    """The words stand beside the referral, which itself stays as it was sent.

    A request that joins another has a reference, a key and `sent_once_key` of its own, and
    sent twice makes one note. Raises NothingSaid.
    """
    if not words.strip():
        raise NothingSaid
    referral = _locked(referral_id)
    if sent_once_key and (earlier := queries.note_sent_with(sent_once_key)):
        return earlier
    note = Note.objects.create(
        referral=referral,
        words=words.strip(),
        by_id=by.pk,
        by_name=by_name or by.name,
        ref=_fresh_ref() if is_request else "",
        status_key_sha256=queries.hashed(status_key) if status_key else "",
        organisation_id=organisation_id,
        sent_once_key=sent_once_key,
        needs_reading=needs_reading,
        at=at,
    )
    audit.record(
        tag=Tag.ADDED_TO,
        subject=f"referral {referral.ref}",
        details={"note": note.pk},
        by=by,
        at=at,
    )
    return note


@transaction.atomic
def mark_read(*, referral_id: int, by: Person, at: datetime) -> None:
    """Somebody has read every note of the referral that was waiting to be read."""
    referral = _locked(referral_id)
    if Note.objects.filter(referral=referral, needs_reading=True).update(needs_reading=False):
        audit.record(tag=Tag.READ, subject=f"referral {referral.ref}", details={}, by=by, at=at)


@transaction.atomic
def stop_clock(
    *, referral_id: int, kind: ClockKind, met_on: date, by: Person, at: datetime
) -> None:
    """The duty was kept on that day. One already stopped, or never started, stays so."""
    referral = _locked(referral_id)
    running = Clock.objects.filter(referral=referral, kind=kind, met_on=None)
    if running.update(met_on=met_on):
        audit.record(
            tag=Tag.CLOCK_STOPPED,
            subject=f"referral {referral.ref}",
            details={"kind": kind.value, "met_on": met_on.isoformat()},
            by=by,
            at=at,
        )


@transaction.atomic
def save_draft(
    *, route: Route, answers: Mapping[str, Any], key: str, by: Person, at: datetime
) -> Draft:
    """What was typed is kept, to go on with later. Only its beginning goes on record."""
    draft, is_new = Draft.objects.update_or_create(
        key_sha256=queries.hashed(key),
        defaults={"owner_id": by.pk, "route": route, "answers": dict(answers), "saved_at": at},
    )
    if is_new:
        audit.record(tag=Tag.DRAFT_BEGUN, subject=f"draft {draft.pk}", details={}, by=by, at=at)
    return draft


@transaction.atomic
def discard_draft(*, key: str, by: Person, at: datetime) -> None:
    """What was typed is gone: because it was sent, or because its writer said so."""
    for draft in Draft.objects.filter(key_sha256=queries.hashed(key)):
        audit.record(tag=Tag.DRAFT_DISCARDED, subject=f"draft {draft.pk}", details={}, by=by, at=at)
        draft.delete()


_AS_ASKED = (
    *("route", "organisation_id", "ground", "purpose", "urgency", "urgency_reason"),
    *("first_aware_on", "what_happens", "what_was_tried", "what_helps", "outcomes_wanted"),
    *("child_view", "parent_view", "no_view_reason", "parent_agrees", "may_talk_to_school"),
    *("lot_id", "half_days_mask", "minutes_a_half_day", "start_wanted_on", "most_metres"),
)


def _check(asked: rules.Asked, today: date) -> None:
    if asked.urgency is not Urgency.PLANNED and not asked.urgency_reason.strip():
        raise UrgentWithoutReason
    has_view = asked.parent_view.strip() or asked.child_view.strip()
    if asked.route is Route.SCHOOL and not has_view and not asked.no_view_reason.strip():
        raise NoViewNoReason
    if asked.first_aware_on > today:
        raise KnownBeforeItHappened


def _start_clocks(referral: Referral, school_id: int | None, *, by: Person, at: datetime) -> None:
    """Each duty's clock that does not run yet. Due day, days and source are kept for good."""
    started = set(Clock.objects.filter(referral=referral).values_list("kind", flat=True))
    purpose = Purpose(referral.purpose)
    for duty in rules.duties_of(Ground(referral.ground), purpose):
        if duty.kind in started:
            continue
        is_promise = duty.kind is ClockKind.DECISION
        first = london_day(referral.received_at) if is_promise else referral.first_aware_on
        provision = law.in_force(duty.key, on=first)
        due_on = (
            calendars.working_calendar().nth_working_day(first, provision.value)
            if is_promise
            else calendars.school_calendar(school_id).nth_school_day(first, provision.value)
        )
        Clock.objects.create(
            referral=referral,
            kind=duty.kind,
            starts_on=first,
            due_on=due_on,
            days=provision.value,
            source=provision.source,
        )
        audit.record(
            tag=Tag.CLOCK_STARTED,
            subject=f"referral {referral.ref}",
            details={"kind": duty.kind.value, "due_on": due_on.isoformat()},
            by=by,
            at=at,
        )


def _change_status(
    referral: Referral,
    status: Status,
    takes_effect_on: date,
    because: ClosedBecause | None = None,
    note: str = "",
    *,
    by: Person,
    at: datetime,
) -> None:
    ReferralChange.objects.create(
        referral=referral,
        status=status,
        takes_effect_on=takes_effect_on,
        because=because or "",
        note=note,
        decided_by_id=by.pk,
        decided_at=at,
    )


def _locked(referral_id: int) -> Referral:
    """The referral, held until the transaction ends, so that changes queue up."""
    return Referral.objects.select_for_update(of=("self",)).get(pk=referral_id)


def _fresh_ref() -> str:
    """A reference that no referral and no joined request has."""
    ref = new_ref("R")
    while queries.is_taken(ref):
        ref = new_ref("R")
    return ref
