"""Reads of the decisions whether children stay."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flsf.core.people import Person
from flsf.delivery.continuity import rules
from flsf.delivery.continuity.enums import Cause, Choice, Ended, Standing
from flsf.delivery.continuity.models import Continuity, ContinuityQuerySet


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A question as it stands. The child is for children's own queries to name."""

    id: int
    ref: str
    placement_id: int
    placement_ref: str
    child_id: int
    child_ref: str
    provider_id: int
    provider_ref: str
    provider_name: str
    service_name: str
    worker_id: int | None
    worker_name: str
    cause: Cause
    about: str
    asked_on: date
    due_on: date
    choice: Choice | None
    decided_by: str
    decided_at: datetime | None
    reason: str
    review_on: date | None
    ended_on: date | None
    ended_because: Ended | None

    @property
    def standing(self) -> Standing:
        return rules.standing(choice=self.choice, ended=self.ended_because)

    @property
    def is_open(self) -> bool:
        return self.standing is Standing.TO_DECIDE


def listed(
    *,
    person: Person,
    on: date,
    provider_ref: str = "",
    standing: Standing | None = None,
    worker_id: int | None = None,
) -> list[Seen]:
    """The questions this person may see: those that stand first due first, then those over."""
    found = Continuity.objects.visible_to(person, on=on)
    if provider_ref:
        found = found.filter(placement__provider__ref=provider_ref)
    if worker_id is not None:
        found = found.filter(placement__child__named_worker=worker_id)
    if standing is not None:
        found = _of(found, standing)
    return sorted(
        _seen(found), key=lambda one: (one.ended_on is not None, not one.is_open, one.due_on)
    )


def with_ref(ref: str, *, person: Person, on: date) -> Seen | None:
    """The question, if there is one and this person may see it."""
    return next(iter(_seen(Continuity.objects.visible_to(person, on=on).filter(ref=ref))), None)


def standing_for(placement_ids: Collection[int]) -> Mapping[int, list[Seen]]:
    """The questions that stand for each placement; the caller was given the placements."""
    found: dict[int, list[Seen]] = {pk: [] for pk in placement_ids}
    for one in _seen(Continuity.objects.standing().filter(placement__in=placement_ids)):
        found[one.placement_id].append(one)
    return found


def placements_asked_about() -> frozenset[int]:
    """The placements about which a question stands. For the night's round."""
    return frozenset(Continuity.objects.standing().values_list("placement", flat=True))


def causes_of(provider_id: int) -> Mapping[Cause, frozenset[int]]:
    """The placements of a provider about which a question stands, by cause."""
    found: dict[Cause, set[int]] = {}
    rows = Continuity.objects.standing().filter(placement__provider=provider_id)
    for cause, placement in rows.values_list("cause", "placement"):
        found.setdefault(Cause(cause), set()).add(placement)
    return {cause: frozenset(ids) for cause, ids in found.items()}


def _of(found: ContinuityQuerySet, standing: Standing) -> ContinuityQuerySet:
    if standing is Standing.OVER:
        return found.exclude(ended_on=None)
    choices = {Standing.TO_DECIDE: "", Standing.KEPT: Choice.KEEP, Standing.TO_MOVE: Choice.MOVE}
    return found.filter(ended_on=None, choice=choices[standing])


def _seen(found: ContinuityQuerySet) -> list[Seen]:
    rows = found.select_related(
        "placement__child__named_worker", "placement__provider", "placement__service", "decided_by"
    ).order_by("due_on", "ref")
    return [_one(row) for row in rows]


def _one(row: Continuity) -> Seen:
    placement = row.placement
    worker = placement.child.named_worker
    return Seen(
        id=row.pk,
        ref=row.ref,
        placement_id=placement.pk,
        placement_ref=placement.ref,
        child_id=placement.child_id,
        child_ref=placement.child.ref,
        provider_id=placement.provider_id,
        provider_ref=placement.provider.ref,
        provider_name=placement.provider.name,
        service_name=placement.service.name if placement.service else placement.nature,
        worker_id=placement.child.named_worker_id,
        worker_name=worker.name if worker else "",
        cause=Cause(row.cause),
        about=row.about,
        asked_on=row.asked_on,
        due_on=row.due_on,
        choice=Choice(row.choice) if row.choice else None,
        decided_by=row.decided_by.name if row.decided_by else "",
        decided_at=row.decided_at,
        reason=row.reason,
        review_on=row.review_on,
        ended_on=row.ended_on,
        ended_because=Ended(row.ended_because) if row.ended_because else None,
    )
