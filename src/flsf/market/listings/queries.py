"""Reads of versions that wait, of what wants looking at again, and of listings taken down."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

from django.db.models import Max, QuerySet

from flsf.core.people import Person
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.market.listings import rules
from flsf.market.listings.enums import RevisionStatus
from flsf.market.listings.models import Prompt, Recheck, Revision, TakenDown
from flsf.market.listings.rules import Difference
from flsf.market.providers import queries as providers
from flsf.market.providers.rules import ServiceFacts

RevisionRow: TypeAlias = Revision
RecheckRow: TypeAlias = Recheck


@dataclass(frozen=True, slots=True)
class Compared:
    """A version beside the one the public reads, and the name of what is seen."""

    revision: Revision
    now: ServiceFacts | None  # None: the service is new
    after: ServiceFacts
    differences: tuple[Difference, ...]
    seen: str
    to_recheck: tuple[str, ...]


def waiting(*, person: Person) -> QuerySet[Revision]:
    """The versions that wait for the council, the longest waiting first."""
    found = Revision.objects.visible_to(person).filter(status=RevisionStatus.WAITING)
    return found.select_related("provider", "service").order_by("proposed_at", "pk")


def register(*, person: Person, status: str = "") -> QuerySet[Revision]:
    """Every version this person may see, the newest first."""
    found = Revision.objects.visible_to(person).select_related("provider", "service", "decided_by")
    if status:
        found = found.filter(status=status)
    return found.order_by("-proposed_at", "-pk")


def with_ref(ref: str, *, person: Person) -> Revision | None:
    """The version, if there is one and this person may see it."""
    return (
        Revision.objects.visible_to(person)
        .select_related("provider", "service", "proposed_by", "decided_by")
        .filter(ref=ref)
        .first()
    )


def compared(revision: Revision) -> Compared:
    """The version as it would be approved now, beside what the public reads now."""
    now = revision.service.facts if revision.service else None
    after = revision.facts
    base = revision.base_facts
    if now is not None and base is not None:
        after = rules.merged(now, base, after)
    found = rules.differences(now, after) if now else ()
    return Compared(
        revision=revision,
        now=now,
        after=after,
        differences=tuple(rules.in_order(found)),
        seen=rules.fingerprint(now, after),
        to_recheck=tuple(rules.to_recheck(now, after)),
    )


class WouldBe(NamedTuple):
    """What a service would be, were its version agreed to now."""

    service_id: int | None  # None: it is new
    facts: ServiceFacts


def would_be(revision_id: int) -> WouldBe:
    """The service of a version, and what it would be."""
    revision = Revision.objects.select_related("service").get(pk=revision_id)
    return WouldBe(revision.service_id, compared(revision).after)


def latest_of(provider_id: int) -> Mapping[int | None, list[Revision]]:
    """Each service's newest version, if it waits or was sent back; under None new services'."""
    found: dict[int | None, list[Revision]] = {}
    seen: set[int | None] = set()
    rows = list(Revision.objects.filter(provider=provider_id).order_by("-proposed_at", "-pk"))
    replaced = {one.replaces_id for one in rows}
    for one in rows:
        newest = one.pk not in replaced and (one.service_id is None or one.service_id not in seen)
        seen.add(one.service_id)
        if newest and one.status in (RevisionStatus.WAITING, RevisionStatus.SENT_BACK):
            found.setdefault(one.service_id, []).append(one)
    return found


def waiting_for(service_id: int) -> Revision | None:
    """The version of a service that waits for the council, if any does."""
    return Revision.objects.filter(service=service_id, status=RevisionStatus.WAITING).first()


def rechecks_open(*, person: Person) -> QuerySet[Recheck]:
    """What was changed and has not been looked at again, the oldest first."""
    found = Recheck.objects.visible_to(person).filter(done_at=None)
    return found.select_related("revision__provider", "revision__service").order_by("opened_on")


def recheck_of(revision_id: int) -> Recheck | None:
    """The task to look again that a version opened, if it did."""
    return Recheck.objects.select_related("done_by").filter(revision=revision_id).first()


def taken_down_ids(service_ids: Collection[int] | None = None) -> frozenset[int]:
    """The services that the public no longer finds because nobody confirmed them."""
    found = TakenDown.objects.filter(put_back_on=None)
    if service_ids is not None:
        found = found.filter(service__in=service_ids)
    return frozenset(found.values_list("service_id", flat=True))


def taken_down_on(service_id: int) -> date | None:
    """The day from which the public no longer finds the service, if that is so."""
    found = TakenDown.objects.filter(service=service_id, put_back_on=None).first()
    return found.taken_down_on if found else None


def unconfirmed_of(provider_id: int, *, on: date) -> list[providers.ServiceRow]:
    """A provider's public listings that want confirming on a day, the oldest first."""
    days = law.value(Key.LISTING_PROMPT_DAYS, on=on)
    old = providers.not_confirmed_since(on - timedelta(days=days - 1))
    return list(old.filter(provider=provider_id))


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A listing that has grown too old, and whose it is."""

    service_id: int
    ref: str
    provider_id: int
    days: int


def to_take_down(on: date) -> list[Unconfirmed]:
    """The listings that may no longer be public on a day, by the number of days then in force."""
    days = law.value(Key.LISTING_TAKEN_DOWN_DAYS, on=on)
    down = taken_down_ids()
    return [
        _unconfirmed(one, on)
        for one in providers.not_confirmed_since(on - timedelta(days=days - 1))
        if one.pk not in down
    ]


def to_prompt(on: date) -> list[Unconfirmed]:
    """The listings to ask about on a day: old enough, and not asked about in the last month."""
    days = law.value(Key.LISTING_PROMPT_DAYS, on=on)
    old = list(providers.not_confirmed_since(on - timedelta(days=days - 1)))
    asked = dict(
        Prompt.objects.filter(service__in=[one.pk for one in old])
        .values_list("service_id")
        .annotate(latest=Max("asked_on"))
    )
    return [
        _unconfirmed(one, on)
        for one in old
        if rules.is_to_prompt(one.confirmed_on, asked.get(one.pk), on=on, after_days=days)
    ]


def _unconfirmed(one: providers.ServiceRow, on: date) -> Unconfirmed:
    return Unconfirmed(one.pk, one.ref, one.provider_id, (on - one.confirmed_on).days)
