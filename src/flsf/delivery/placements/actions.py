"""The only writes of placements, their status and who works on them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import ProtectedError

from flsf.core.people import Person
from flsf.core.refs import fresh_refs, unused_ref
from flsf.core.refusals import Refusal
from flsf.delivery.placements import rules
from flsf.delivery.placements.enums import Commissioner, Status, Tag
from flsf.delivery.placements.models import Placement, PlacementChange, Worker
from flsf.shared.audit import actions as audit
from flsf.shared.audit.enums import JSONValue


class AlreadyPlanned(Refusal):
    says = "That award already has a placement."


class EndsBeforeItStarts(Refusal):
    says = "The last day is before the first day. Choose a later last day."


class NoSuchMove(Refusal):
    says = "The placement cannot move to that status from the one it has on that day."


class OutOfOrder(Refusal):
    says = "The placement already has a later change. Choose the day of that change or after it."


class NeedsReason(Refusal):
    says = "Say why the placement is on hold or ends."


class NotOfTheProvider(Refusal):
    says = "Choose somebody who works for the provider of this placement."


class StillNeeded(Refusal):
    says = "Something already rests on these placements, so they cannot be taken back."


class AlreadyNamed(Refusal):
    says = "That person is already named for this placement from that day."


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A placement to be: `status` holds from `since`, or from the first day."""

    award_id: int
    child_id: int
    provider_id: int
    service_id: int | None
    starts_on: date
    planned_end_on: date
    nature: str
    commissioner: Commissioner = Commissioner.COUNCIL
    status: Status = Status.PLANNED
    ref: str = ""  # a new one unless the caller has one to keep


@transaction.atomic
def plan(
    *,
    award_id: int,
    child_id: int,
    provider_id: int,
    service_id: int | None,
    starts_on: date,
    planned_end_on: date,
    nature: str,
    commissioner: Commissioner = Commissioner.COUNCIL,
    by: Person,
    at: datetime,
) -> Placement:
    """The award has a placement, planned. Raises AlreadyPlanned and EndsBeforeItStarts."""
    if planned_end_on < starts_on:
        raise EndsBeforeItStarts
    placement, is_new = Placement.objects.get_or_create(
        award_id=award_id,
        defaults={
            "ref": unused_ref("PL", Placement.objects),
            "child_id": child_id,
            "provider_id": provider_id,
            "service_id": service_id,
            "commissioner": commissioner,
            "nature": nature[:200],
            "starts_on": starts_on,
            "planned_end_on": planned_end_on,
        },
    )
    if not is_new:
        raise AlreadyPlanned
    _change(placement, Status.PLANNED, _planned_from(starts_on, at), "", by=by, at=at)
    _record(Tag.PLANNED, placement, {"award": award_id}, by=by, at=at)
    return placement


@transaction.atomic
def plan_many(*, plans: Iterable[Plan], by: Person, at: datetime) -> list[Placement]:
    """Each award has its placement, as found: with the status it has already.

    For imports and the demonstration. Raises EndsBeforeItStarts; an award with a placement
    already breaks the table's own rule and nothing is kept.
    """
    wanted = list(plans)
    if any(one.planned_end_on < one.starts_on for one in wanted):
        raise EndsBeforeItStarts
    # Thousands that are drawn one by one would agree on one sooner or later.
    taken = {*Placement.objects.values_list("ref", flat=True), *(one.ref for one in wanted)}
    refs = fresh_refs("PL", len(wanted), taken)
    made = Placement.objects.bulk_create(
        (_as_row(one, one.ref or ref) for ref, one in zip(refs, wanted, strict=True)),
        batch_size=2000,
    )
    PlacementChange.objects.bulk_create(
        (
            _change_row(placement, status, day, by=by, at=at)
            for placement, one in zip(made, wanted, strict=True)
            for status, day in _history(one, at)
        ),
        batch_size=2000,
    )
    audit.record(tag=Tag.PLANNED, subject="placements", details={"count": len(made)}, by=by, at=at)
    return made


@transaction.atomic
def take_back_many(*, placement_ids: Collection[int], by: Person, at: datetime) -> None:
    """The placements are gone, as if never planned: only to undo an import.

    Raises StillNeeded, and keeps them all, when anything was recorded about one since.
    """
    found = Placement.objects.select_for_update(of=("self",)).filter(pk__in=placement_ids)
    refs = [one.ref for one in found]
    if Worker.objects.filter(placement__in=placement_ids).exists():
        raise StillNeeded
    if any(
        one.decided_at != changes[0].decided_at
        for changes in _histories(placement_ids)
        for one in changes
    ):
        raise StillNeeded
    try:
        with transaction.atomic():
            Placement.objects.filter(pk__in=placement_ids).delete()
    except ProtectedError as error:
        raise StillNeeded from error
    audit.record(tag=Tag.TAKEN_BACK, subject="placements", details={"refs": refs}, by=by, at=at)


@transaction.atomic
def move(
    *,
    placement_id: int,
    status: Status,
    takes_effect_on: date,
    reason: str = "",
    by: Person,
    at: datetime,
) -> PlacementChange:
    """From that day the placement has that status.

    A placement ends on the day after its last one: pass that day for ENDED. Raises
    NoSuchMove, OutOfOrder (a later change stands already) and NeedsReason.
    """
    placement = Placement.objects.select_for_update().get(pk=placement_id)
    latest = placement.changes.order_by("takes_effect_on", "pk").last()
    if latest is not None and takes_effect_on < latest.takes_effect_on:
        raise OutOfOrder
    if not rules.may_move(Status(latest.status) if latest else None, status):
        raise NoSuchMove
    if status in {Status.ON_HOLD, Status.ENDED} and not reason.strip():
        raise NeedsReason
    change = _change(placement, status, takes_effect_on, reason.strip(), by=by, at=at)
    details = {"status": status.value, "takes_effect_on": takes_effect_on.isoformat()}
    _record(Tag.MOVED, placement, details, by=by, at=at)
    return change


@transaction.atomic
def name_worker(
    *,
    placement_id: int,
    user_id: int,
    since: date,
    until: date | None = None,
    by: Person,
    at: datetime,
) -> Worker:
    """The person works with the child from that day, and may mark the sessions.

    Raises NotOfTheProvider and AlreadyNamed.
    """
    placement = (
        Placement.objects.select_for_update(of=("self",))
        .select_related("provider")
        .get(pk=placement_id)
    )
    organisation_id = placement.provider.organisation_id
    people = get_user_model().objects.filter(memberships__organisation=organisation_id)
    if not people.filter(pk=user_id).exists():
        raise NotOfTheProvider
    standing = placement.workers.filter(user_id=user_id, since__lte=since)
    if standing.filter(until=None).exists() or standing.filter(until__gte=since).exists():
        raise AlreadyNamed
    worker = Worker.objects.create(placement=placement, user_id=user_id, since=since, until=until)
    details: dict[str, JSONValue] = {"user": user_id, "since": since.isoformat()}
    _record(Tag.WORKER_NAMED, placement, details, by=by, at=at)
    return worker


@transaction.atomic
def name_workers(*, named: Iterable[tuple[int, int, date]], by: Person, at: datetime) -> None:
    """Each (placement id, user id, first day) works with the child, as found. For imports."""
    rows = Worker.objects.bulk_create(
        (Worker(placement_id=one, user_id=user, since=since) for one, user, since in named),
        batch_size=2000,
    )
    audit.record(
        tag=Tag.WORKER_NAMED, subject="placements", details={"count": len(rows)}, by=by, at=at
    )


@transaction.atomic
def relieve_worker(*, worker_id: int, last_day: date, by: Person, at: datetime) -> None:
    """The person works with the child no longer after that day."""
    worker = Worker.objects.select_for_update().select_related("placement").get(pk=worker_id)
    worker.until = max(last_day, worker.since)
    worker.save(update_fields=["until"])
    details: dict[str, JSONValue] = {"user": worker.user_id, "until": worker.until.isoformat()}
    _record(Tag.WORKER_RELIEVED, worker.placement, details, by=by, at=at)


def _histories(placement_ids: Collection[int]) -> list[list[PlacementChange]]:
    """The changes of each placement, the first decided first."""
    found = PlacementChange.objects.filter(placement__in=placement_ids)
    by_placement: dict[int, list[PlacementChange]] = {}
    for one in found.order_by("decided_at", "pk"):
        by_placement.setdefault(one.placement_id, []).append(one)
    return list(by_placement.values())


def _planned_from(starts_on: date, at: datetime) -> date:
    """Planned from the day it was decided, or from its first day where that came earlier."""
    return min(starts_on, at.date())


def _as_row(one: Plan, ref: str) -> Placement:
    return Placement(
        ref=ref,
        award_id=one.award_id,
        child_id=one.child_id,
        provider_id=one.provider_id,
        service_id=one.service_id,
        commissioner=one.commissioner,
        nature=one.nature[:200],
        starts_on=one.starts_on,
        planned_end_on=one.planned_end_on,
    )


def _history(one: Plan, at: datetime) -> list[tuple[Status, date]]:
    """The changes that lead to the status it was found in."""
    changes = [(Status.PLANNED, _planned_from(one.starts_on, at))]
    if one.status is Status.ENDED:
        changes += [
            (Status.ACTIVE, one.starts_on),
            (Status.ENDED, date.fromordinal(one.planned_end_on.toordinal() + 1)),
        ]
    elif one.status is not Status.PLANNED:
        changes.append((one.status, one.starts_on))
    return changes


def _change_row(
    placement: Placement, status: Status, day: date, reason: str = "", *, by: Person, at: datetime
) -> PlacementChange:
    return PlacementChange(
        placement=placement,
        status=status,
        takes_effect_on=day,
        reason=reason,
        decided_by_id=by.pk,
        decided_at=at,
    )


def _change(
    placement: Placement, status: Status, day: date, reason: str, *, by: Person, at: datetime
) -> PlacementChange:
    change = _change_row(placement, status, day, reason, by=by, at=at)
    change.save()
    return change


def _record(
    tag: Tag, placement: Placement, details: Mapping[str, JSONValue], *, by: Person, at: datetime
) -> None:
    audit.record(tag=tag, subject=f"placement {placement.ref}", details=details, by=by, at=at)
