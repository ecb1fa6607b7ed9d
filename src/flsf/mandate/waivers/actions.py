"""The only writes of the waiver register."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import ProtectedError

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refs import unused_ref
from flsf.core.refusals import Refusal
from flsf.mandate.waivers.enums import Tag
from flsf.mandate.waivers.models import Waiver
from flsf.shared.audit import actions as audit


class EndsBeforeItStarts(Refusal):
    says = "The last day is before the first day. Enter a last day on or after the first."


class ApprovedLater(Refusal):
    says = "The approval is dated after today. Enter the day on which it was approved."


class AlreadyEnded(Refusal):
    says = "This waiver has already been ended."


class EndedLater(Refusal):
    says = "A waiver ends today or earlier. To end it later, wait until that day."


class StillNeeded(Refusal):
    says = "Something is bought under these waivers, so they cannot be taken back."


class EndedBeforeItStarted(Refusal):
    says = "That is before the waiver began. Enter a day on or after its first day."


@transaction.atomic
def grant(
    *,
    reason: str,
    provider_name: str,
    value_pence: int,
    starts_on: date,
    expires_on: date,
    approver_name: str,
    approved_on: date,
    by: Person,
    at: datetime,
) -> Waiver:
    """The register shows leave to buy outside the framework, with its last day (S37).

    Raises EndsBeforeItStarts and ApprovedLater.
    """
    if expires_on < starts_on:
        raise EndsBeforeItStarts
    if approved_on > london_day(at):
        raise ApprovedLater
    waiver = Waiver.objects.create(
        ref=unused_ref("W", Waiver.objects),
        reason=reason,
        provider_name=provider_name,
        value_pence=value_pence,
        starts_on=starts_on,
        expires_on=expires_on,
        approver_name=approver_name,
        approved_on=approved_on,
        recorded_by_id=by.pk,
        recorded_at=at,
    )
    audit.record(
        tag=Tag.GRANTED,
        subject=f"waiver {waiver.ref}",
        details={
            "value_pence": value_pence,
            "starts_on": starts_on.isoformat(),
            "expires_on": expires_on.isoformat(),
        },
        by=by,
        at=at,
    )
    return waiver


@transaction.atomic
def end(*, waiver_id: int, ended_on: date, why: str, by: Person, at: datetime) -> None:
    """From that day nothing may be bought under the waiver.

    Raises AlreadyEnded, EndedLater and EndedBeforeItStarted.
    """
    waiver = Waiver.objects.select_for_update().get(pk=waiver_id)
    if waiver.ended_on is not None:
        raise AlreadyEnded
    if ended_on > london_day(at):
        raise EndedLater
    if ended_on < waiver.starts_on:
        raise EndedBeforeItStarted
    waiver.ended_on, waiver.ended_why = ended_on, why
    waiver.save(update_fields=["ended_on", "ended_why"])
    audit.record(
        tag=Tag.ENDED,
        subject=f"waiver {waiver.ref}",
        details={"ended_on": ended_on.isoformat()},
        by=by,
        at=at,
    )


@transaction.atomic
def take_back_many(*, waiver_ids: Collection[int], by: Person, at: datetime) -> None:
    """The waivers are off the register, as if never granted: only to undo an import.

    Raises StillNeeded, and keeps them all, when something is bought under one.
    """
    refs = list(Waiver.objects.filter(pk__in=waiver_ids).values_list("ref", flat=True))
    try:
        with transaction.atomic():
            Waiver.objects.filter(pk__in=waiver_ids).delete()
    except ProtectedError as error:
        raise StillNeeded from error
    audit.record(tag=Tag.TAKEN_BACK, subject="waivers", details={"refs": refs}, by=by, at=at)
