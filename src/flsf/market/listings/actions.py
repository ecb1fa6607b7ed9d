"""The only writes of versions of listings, of looking again, and of taking down."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.listings import queries, rules
from flsf.market.listings.enums import RevisionStatus, Tag
from flsf.market.listings.models import Prompt, Recheck, Revision, TakenDown
from flsf.market.listings.queries import Unconfirmed
from flsf.market.providers import actions as providers
from flsf.market.providers import queries as provider_queries
from flsf.market.providers.rules import ServiceFacts
from flsf.shared.audit import actions as audit


class NothingChanged(Refusal):
    says = "You have not changed anything. If it is all still right, say so instead."


class NotWaiting(Refusal):
    says = "That version no longer waits for a decision. Look at the newest one."


class ChangedSinceSeen(Refusal):
    says = "The listing has changed since you opened this page. Read it again, then decide."


class NeedsWords(Refusal):
    says = "Say what the provider should change."


class SayWhatYouFound(Refusal):
    says = "Say what you looked at and what you found."


class AlreadyLookedAt(Refusal):
    says = "Somebody has already looked at that again."


@transaction.atomic
def propose(
    *,
    provider_id: int,
    facts: ServiceFacts,
    service_id: int | None = None,
    replaces: str = "",
    by: Person,
    at: datetime,
) -> Revision:
    """The version waits for the council, in the place of one that waited; the public reads the
    last one approved. Without a service it is a new one, and may replace one sent before.

    Raises NothingChanged, NotWaiting when the one to replace was decided meanwhile, and what
    offering such a service would raise.
    """
    if misfit := provider_queries.misfit(facts, provider_id):
        raise providers.REFUSALS[misfit]
    base = None
    if service_id is not None:
        provider_queries.lock_service(service_id)
        base = provider_queries.facts_of(service_id)
        if facts == base:
            raise NothingChanged
    before = _replaced(provider_id, service_id, replaces)
    revision = Revision.objects.create(
        ref=Revision.fresh_ref(),
        provider_id=provider_id,
        service_id=service_id,
        base=rules.to_row(base) if base else None,
        wanted=rules.to_row(facts),
        replaces=before,
        proposed_by_id=by.pk,
        proposed_at=at,
    )
    _record(Tag.PROPOSED, revision, by=by, at=at)
    return revision


@transaction.atomic
def approve(*, revision_id: int, seen: str, by: Person, at: datetime) -> int:
    """What the officer saw is what the service is now. Returns the service's id.

    Where something changed by which the provider was checked, somebody looks again. Raises
    NotWaiting, ChangedSinceSeen, and what changing the service raises. Call it through
    flows.offer_service, so that the public list follows.
    """
    revision = _locked(revision_id)
    if revision.service_id is not None:
        revision.service = provider_queries.locked_service(revision.service_id)
    shown = queries.compared(revision)
    if shown.seen != seen:
        raise ChangedSinceSeen
    if revision.service_id is not None:
        providers.change_service(service_id=revision.service_id, facts=shown.after, by=by, at=at)
    else:
        made = providers.offer_service(
            provider_id=revision.provider_id, facts=shown.after, by=by, at=at
        )
        revision.service_id = made.pk
    _decide(revision, RevisionStatus.APPROVED, "", by=by, at=at)
    if shown.to_recheck:
        Recheck.objects.create(
            revision=revision, fields=list(shown.to_recheck), opened_on=london_day(at)
        )
    _record(Tag.APPROVED, revision, by=by, at=at)
    return revision.service_id


@transaction.atomic
def send_back(*, revision_id: int, words: str, by: Person, at: datetime) -> Revision:
    """The public reads what it read before, and the provider is told what to change.

    Raises NeedsWords and NotWaiting.
    """
    if not words.strip():
        raise NeedsWords
    revision = _locked(revision_id)
    _decide(revision, RevisionStatus.SENT_BACK, words.strip(), by=by, at=at)
    _record(Tag.SENT_BACK, revision, by=by, at=at)
    return revision


@transaction.atomic
def withdraw(*, revision_id: int, by: Person, at: datetime) -> None:
    """The provider wants it no longer; what the public reads stays. Raises NotWaiting."""
    revision = _locked(revision_id)
    revision.status = RevisionStatus.WITHDRAWN
    revision.save(update_fields=["status"])
    _record(Tag.WITHDRAWN, revision, by=by, at=at)


@transaction.atomic
def finish_recheck(*, recheck_id: int, found: str, by: Person, at: datetime) -> None:
    """Somebody looked again, and this is what they found.

    Raises SayWhatYouFound and AlreadyLookedAt.
    """
    if not found.strip():
        raise SayWhatYouFound
    recheck = Recheck.objects.select_for_update(of=("self",)).get(pk=recheck_id)
    if recheck.done_at is not None:
        raise AlreadyLookedAt
    recheck.done_by_id, recheck.done_at, recheck.found = by.pk, at, found.strip()
    recheck.save(update_fields=["done_by", "done_at", "found"])
    _record(Tag.RECHECKED, recheck.revision, by=by, at=at)


@transaction.atomic
def note_prompts(*, asked: Collection[Unconfirmed], by: Person, at: datetime) -> None:
    """The providers were asked today whether these listings are still right."""
    Prompt.objects.bulk_create(
        [Prompt(service_id=one.service_id, asked_on=london_day(at)) for one in asked],
        ignore_conflicts=True,
    )
    _record_many(Tag.PROMPTED, [one.ref for one in asked], by=by, at=at)


@transaction.atomic
def take_down(*, old: Collection[Unconfirmed], by: Person, at: datetime) -> None:
    """From today the public no longer finds these listings; one already down stays so.

    Call it through flows.keep_listings_fresh, so that the public list follows.
    """
    TakenDown.objects.bulk_create(
        [
            TakenDown(
                service_id=one.service_id, taken_down_on=london_day(at), days_unconfirmed=one.days
            )
            for one in old
        ],
        ignore_conflicts=True,
    )
    _record_many(Tag.TAKEN_DOWN, [one.ref for one in old], by=by, at=at)


@transaction.atomic
def put_back(*, service_ids: Collection[int], by: Person, at: datetime) -> int:
    """Those of the services that were taken down are public again. Returns how many were.

    Call it through flows.offer_service, so that the public list follows.
    """
    down = list(
        TakenDown.objects.select_for_update(of=("self",))
        .select_related("service")
        .filter(service__in=service_ids, put_back_on=None)
    )
    for one in down:
        one.put_back_on = london_day(at)
    TakenDown.objects.bulk_update(down, ["put_back_on"])
    if down:
        _record_many(Tag.PUT_BACK, [one.service.ref for one in down], by=by, at=at)
    return len(down)


def _replaced(provider_id: int, service_id: int | None, ref: str) -> Revision | None:
    """The version in whose place a new one comes: no longer waiting. Raises NotWaiting."""
    found = Revision.objects.select_for_update().filter(provider=provider_id, service=service_id)
    if service_id is not None:
        before = found.filter(status=RevisionStatus.WAITING).first()
    elif ref:
        open_ones = (RevisionStatus.WAITING, RevisionStatus.SENT_BACK)
        before = found.filter(ref=ref, status__in=open_ones).first()
        if before is None:
            raise NotWaiting
    else:
        return None
    if before is not None and before.status == RevisionStatus.WAITING:
        before.status = RevisionStatus.REPLACED
        before.save(update_fields=["status"])
    return before


def _locked(revision_id: int) -> Revision:
    """The version, which nobody else decides on now. Raises NotWaiting.

    The service is locked before it, as by the provider who proposes another.
    """
    service_id = Revision.objects.values_list("service_id", flat=True).get(pk=revision_id)
    if service_id is not None:
        provider_queries.lock_service(service_id)
    revision = Revision.objects.select_for_update(of=("self",)).get(pk=revision_id)
    if revision.status != RevisionStatus.WAITING:
        raise NotWaiting
    return revision


def _decide(
    revision: Revision, status: RevisionStatus, words: str, *, by: Person, at: datetime
) -> None:
    revision.status, revision.words = status, words
    revision.decided_by_id, revision.decided_at = by.pk, at
    revision.save()


def _record(tag: Tag, revision: Revision, *, by: Person, at: datetime) -> None:
    audit.record(tag=tag, subject=f"listing {revision.ref}", details={}, by=by, at=at)


def _record_many(tag: Tag, refs: list[str], *, by: Person, at: datetime) -> None:
    audit.record(tag=tag, subject="listings", details={"refs": list(refs)}, by=by, at=at)
