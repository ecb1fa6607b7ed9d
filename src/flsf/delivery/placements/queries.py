"""Reads of placements."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from flsf.core.fingerprints import fingerprint
from flsf.core.people import Person
from flsf.delivery.placements import rules
from flsf.delivery.placements.enums import Commissioner, Status
from flsf.delivery.placements.models import Placement, PlacementChange, Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A placement as it stands on a day. The child is for children's own queries to name."""

    id: int
    ref: str
    child_id: int
    child_ref: str
    provider_id: int
    provider_ref: str
    provider_name: str
    organisation_id: int
    service_id: int | None
    service_name: str
    award_id: int
    award_ref: str
    commissioner: Commissioner
    nature: str
    starts_on: date
    planned_end_on: date
    status: Status
    since: date

    @property
    def is_running(self) -> bool:
        return self.status in rules.RUNNING


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a session is judged by: whose, where, and on which days."""

    id: int
    ref: str
    child_id: int
    school_id: int | None
    award_ref: str
    provider_id: int
    organisation_id: int
    commissioner: Commissioner
    spells: tuple[rules.Spell, ...]

    def runs_on(self, day: date) -> bool:
        return any(spell.contains(day) for spell in self.spells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Somebody who works, or worked, with the child."""

    id: int
    user_id: int
    name: str
    since: date
    until: date | None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One change of status, by whom and why."""

    status: Status
    takes_effect_on: date
    reason: str
    decided_by: str
    decided_at: datetime


def visible_ids(person: Person, *, on: date) -> QuerySet[Placement, int]:
    """The ids of the placements this person may see on a day: a subquery for later stages."""
    return Placement.objects.visible_to(person, on=on).values_list("pk", flat=True)


def register(
    *,
    person: Person,
    on: date,
    status: Status | None = None,
    provider_ref: str = "",
    provider_ids: Collection[int] | None = None,
    live_only: bool = False,
) -> list[Seen]:
    """The placements this person may see as they stand that day, latest start first."""
    found = _standing(Placement.objects.visible_to(person, on=on), on)
    if status is not None:
        found = found.filter(status_then=status)
    if provider_ref:
        found = found.filter(provider__ref=provider_ref)
    if provider_ids is not None:
        found = found.filter(provider__in=provider_ids)
    if live_only:
        found = found.filter(status_then__in=rules.LIVE)
    return _seen(found.order_by("-starts_on", "ref"))


def with_ref(ref: str, *, person: Person, on: date) -> Seen | None:
    """The placement, if there is one and this person may see it that day."""
    found = _standing(Placement.objects.visible_to(person, on=on).filter(ref=ref), on)
    return next(iter(_seen(found)), None)


def with_id(placement_id: int, *, person: Person, on: date) -> Seen | None:
    """The placement, if there is one and this person may see it that day."""
    found = _standing(Placement.objects.visible_to(person, on=on).filter(pk=placement_id), on)
    return next(iter(_seen(found)), None)


def referral_of(placement_id: int) -> int | None:
    """The id of the referral it came from; none for support found elsewhere."""
    found = Placement.objects.filter(pk=placement_id)
    return found.values_list("award__referral", flat=True).first()


def of_referrals(referral_ids: Collection[int]) -> dict[int, list[int]]:
    """The ids of the placements that came of each referral, earliest first. One question."""
    found: dict[int, list[int]] = {}
    rows = Placement.objects.filter(award__referral__in=referral_ids).order_by("starts_on", "pk")
    for referral_id, placement_id in rows.values_list("award__referral", "pk"):
        found.setdefault(referral_id, []).append(placement_id)
    return found


def with_refs(refs: Collection[str], *, organisation_ids: Collection[int]) -> dict[str, int]:
    """The ids of those placements that are with one of the organisations, by reference."""
    found = Placement.objects.filter(ref__in=refs, provider__organisation__in=organisation_ids)
    return dict(found.values_list("ref", "pk"))


def of_award(award_id: int) -> int | None:
    """The id of the placement that the award opened, if it has."""
    return Placement.objects.filter(award=award_id).values_list("pk", flat=True).first()


def of_child(child_id: int, *, on: date) -> list[Seen]:
    """A child's placements as they stand that day, latest first.

    For callers who were given the child through children.visible_to.
    """
    return _seen(_standing(Placement.objects.filter(child=child_id), on).order_by("-starts_on"))


def of_children(child_ids: Collection[int], *, on: date) -> dict[int, list[Seen]]:
    """Each child's placements, latest first, in one question."""
    found: dict[int, list[Seen]] = defaultdict(list)
    rows = _standing(Placement.objects.filter(child__in=child_ids), on).order_by("-starts_on")
    for one in _seen(rows):
        found[one.child_id].append(one)
    return dict(found)


def live(on: date) -> list[Seen]:
    """Every placement planned, begun or on hold that day: the whole borough's."""
    found = _standing(Placement.objects.all(), on).filter(status_then__in=rules.LIVE)
    return _seen(found.order_by("starts_on", "ref"))


def with_provider(provider_id: int, *, on: date) -> list[Seen]:
    """The provider's placements that run that day."""
    found = _standing(Placement.objects.filter(provider=provider_id), on)
    return _seen(found.filter(status_then__in=rules.RUNNING).order_by("ref"))


def live_with(provider_ids: Collection[int], *, on: date) -> list[Seen]:
    """The placements that those providers have that day, begun or not."""
    found = _standing(Placement.objects.filter(provider__in=provider_ids), on)
    return _seen(found.filter(status_then__in=rules.LIVE).order_by("ref"))


def counts_by_provider(on: date) -> dict[int, int]:
    """How many placements each provider has that day, begun and not ended. One query."""
    held = PlacementChange.objects.in_force_on(on).filter(status__in=rules.HELD)
    rows = held.values_list("placement__provider").annotate(many=Count("pk")).order_by()
    return dict(rows)


def ended_by_provider(*, since: date, until: date) -> dict[int, tuple[int, int]]:
    """How many placements of each provider had their last day in that time, and how many of
    them before the day that was agreed. One query.
    """
    after = (since + timedelta(days=1), until + timedelta(days=1))
    ended = PlacementChange.objects.filter(status=Status.ENDED, takes_effect_on__range=after)
    early = Count("pk", filter=Q(takes_effect_on__lte=F("placement__planned_end_on")))
    rows = ended.values_list("placement__provider").annotate(many=Count("pk"), early=early)
    return {provider: (many, few) for provider, many, few in rows.order_by()}


def not_live(placement_ids: Collection[int], *, on: date) -> frozenset[int]:
    """Those of the placements that have ended by that day."""
    found = _standing(Placement.objects.filter(pk__in=placement_ids), on)
    return frozenset(found.filter(status_then=Status.ENDED).values_list("pk", flat=True))


def of_worker(user_id: int, *, on: date) -> list[Seen]:
    """The placements whose child the person works with that day."""
    mine = Worker.objects.filter(Q(until=None) | Q(until__gte=on), user=user_id, since__lte=on)
    found = Placement.objects.filter(pk__in=mine.values("placement"))
    return _seen(_standing(found, on).order_by("ref"))


def works_with(user_id: int, placement_id: int, *, on: date) -> bool:
    """Whether the person is named for the placement on that day."""
    return (
        Worker.objects.filter(user=user_id, placement=placement_id, since__lte=on)
        .filter(Q(until=None) | Q(until__gte=on))
        .exists()
    )


def workers(placement_id: int) -> list[Named]:
    """Everybody named for the placement, the latest first."""
    rows = (
        Worker.objects.filter(placement=placement_id)
        .order_by("-since", "pk")
        .values_list("pk", "user_id", "user__name", "since", "until")
    )
    return [
        Named(id=pk, user_id=user, name=name, since=since, until=until)
        for pk, user, name, since, until in rows
    ]


def workers_between(
    placement_ids: Collection[int], first: date, last: date
) -> dict[int, list[Named]]:
    """Whoever is named for each placement on any day of the time, in one question."""
    found: dict[int, list[Named]] = {pk: [] for pk in placement_ids}
    rows = (
        Worker.objects.filter(placement__in=placement_ids, since__lte=last)
        .filter(Q(until=None) | Q(until__gte=first))
        .order_by("since", "pk")
        .values_list("placement", "pk", "user_id", "user__name", "since", "until")
    )
    for placement, pk, user, name, since, until in rows:
        found[placement].append(Named(id=pk, user_id=user, name=name, since=since, until=until))
    return found


def changes(placement_id: int) -> list[Moved]:
    """Every change of the placement's status, newest first."""
    return changes_of([placement_id])[placement_id]


def changes_of(placement_ids: Collection[int]) -> dict[int, list[Moved]]:
    """Every change of status of each placement, newest first, in one question."""
    found: dict[int, list[Moved]] = {pk: [] for pk in placement_ids}
    rows = (
        PlacementChange.objects.filter(placement__in=placement_ids)
        .order_by("-takes_effect_on", "-pk")
        .values_list(
            *("placement", "status", "takes_effect_on", "reason", "decided_by__name", "decided_at")
        )
    )
    for pk, status, day, reason, name, decided_at in rows:
        found[pk].append(
            Moved(
                status=Status(status),
                takes_effect_on=day,
                reason=reason,
                decided_by=name or "",
                decided_at=decided_at,
            )
        )
    return found


def terms(placement_ids: Collection[int]) -> dict[int, Terms]:
    """By what the sessions of these placements are judged. Two questions, however many."""
    return _terms(Placement.objects.filter(pk__in=placement_ids), placement_ids)


def _terms(found: QuerySet[Placement], ids: Any) -> dict[int, Terms]:
    """The terms of those found; `ids` are theirs, as numbers or as a subquery."""
    changes_of: dict[int, list[rules.Change]] = defaultdict(list)
    dated = PlacementChange.objects.filter(placement__in=ids)
    for placement, day, number, status in dated.values_list(
        "placement", "takes_effect_on", "pk", "status"
    ):
        changes_of[placement].append(rules.Change(day, number, Status(status)))
    rows = found.values_list(
        "pk",
        "ref",
        "child",
        "child__school",
        "award__ref",
        "provider",
        "provider__organisation",
        "commissioner",
        "planned_end_on",
    )
    return {
        pk: Terms(
            id=pk,
            ref=ref,
            child_id=child,
            school_id=school,
            award_ref=award_ref,
            provider_id=provider,
            organisation_id=organisation,
            commissioner=Commissioner(commissioner),
            spells=tuple(rules.running_spells(changes_of[pk], planned_end_on=planned_end_on)),
        )
        for (
            pk,
            ref,
            child,
            school,
            award_ref,
            provider,
            organisation,
            commissioner,
            planned_end_on,
        ) in rows
    }


def terms_locked(placement_id: int) -> Terms:
    """The terms of one placement, its row held so that marks of it queue up."""
    Placement.objects.select_for_update(no_key=True).get(pk=placement_id)
    return terms([placement_id])[placement_id]


def lock(placement_ids: Collection[int]) -> None:
    """Holds the rows until the transaction ends, in one order, so that marks queue up."""
    locked = Placement.objects.filter(pk__in=placement_ids).order_by("pk")
    list(locked.select_for_update(no_key=True).values_list("pk", flat=True))


def terms_within(organisation_ids: Collection[int] | None) -> dict[int, Terms]:
    """The terms of every placement with those organisations; None: of every placement."""
    found = Placement.objects.all()
    if organisation_ids is not None:
        found = found.filter(provider__organisation__in=organisation_ids)
    return _terms(found, found.values("pk"))


def child_ids_of(child_ids: Collection[int]) -> dict[int, int]:
    """The child of each placement of those children, by placement id."""
    return dict(Placement.objects.filter(child__in=child_ids).values_list("pk", "child"))


def every_as_it_is() -> str:
    """One word for every placement and how it moved: another if anything about one differs."""
    rows = Placement.objects.order_by("pk").values_list()
    moved = PlacementChange.objects.order_by("pk").values_list()
    return fingerprint([*rows, *moved])


def _standing(found: QuerySet[Placement], on: date) -> QuerySet[Any]:
    """With the status that holds on that day, and the day it began; none yet: planned."""
    latest = PlacementChange.objects.filter(
        placement=OuterRef("pk"), takes_effect_on__lte=on
    ).order_by("-takes_effect_on", "-pk")
    return found.annotate(
        status_then=Subquery(latest.values("status")[:1]),
        since_then=Subquery(latest.values("takes_effect_on")[:1]),
    )


def _seen(found: QuerySet[Any]) -> list[Seen]:
    rows = found.values(
        "id",
        "ref",
        "child_id",
        "provider_id",
        "service_id",
        "award_id",
        "nature",
        "starts_on",
        "planned_end_on",
        "commissioner",
        "status_then",
        "since_then",
        child_ref=F("child__ref"),
        provider_ref=F("provider__ref"),
        provider_name=F("provider__name"),
        organisation_id=F("provider__organisation_id"),
        service_name=F("service__name"),
        award_ref=F("award__ref"),
    )
    return [_one_seen(row) for row in rows]


def _one_seen(row: dict[str, Any]) -> Seen:
    status, since = row.pop("status_then"), row.pop("since_then")
    row["status"] = Status(status or Status.PLANNED)
    row["since"] = since or row["starts_on"]
    row["commissioner"] = Commissioner(row["commissioner"])
    row["service_name"] = row["service_name"] or ""
    return Seen(**row)
