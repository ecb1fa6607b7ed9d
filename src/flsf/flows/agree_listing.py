"""A provider says what the public should read; the council agrees to it or sends it back."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.money import Money
from flsf.core.people import Person
from flsf.flows import tell_provider
from flsf.flows.keep_registration import refuse_a_move, refuse_to_propose_a_move
from flsf.market.applications import queries as applications
from flsf.market.directory import actions as directory
from flsf.market.kinds import actions as kinds
from flsf.market.listings import actions as listings
from flsf.market.listings import queries as find_listings
from flsf.market.providers import actions as providers
from flsf.market.providers import queries as find_providers
from flsf.market.providers.rules import ServiceFacts

AGREED = "listing-agreed"
SENT_BACK = "listing-sent-back"


@transaction.atomic
def propose_listing(
    *,
    provider_id: int,
    organisation_id: int,
    facts: ServiceFacts,
    new_kind: str = "",
    service_id: int | None = None,
    replaces: str = "",
    by: Person,
    at: datetime,
) -> str:
    """The version waits for the council, and so does the new kind it is of, if one is named.

    Returns its reference. Raises MoveMakesASchool where children are booked who could not be
    taught at its new place, and what listings.propose and kinds.propose raise.
    """
    if service_id is not None:
        refuse_to_propose_a_move(service_id=service_id, facts=facts, on=london_day(at))
    if new_kind.strip():
        kind = kinds.propose(name=new_kind, organisation_id=organisation_id, by=by, at=at)
        facts = replace(facts, kind_id=kind.pk)
    return listings.propose(
        provider_id=provider_id,
        facts=facts,
        service_id=service_id,
        replaces=replaces,
        by=by,
        at=at,
    ).ref


@transaction.atomic
def agree(
    *, revision_id: int, provider_id: int, ref: str, seen: str, by: Person, at: datetime
) -> int:
    """What the officer saw is what the service is and what the public reads. Returns its id.

    A service without a price has the one its provider was accepted with. The provider is told.
    Raises MoveMakesASchool, and what listings.approve raises.
    """
    find_providers.lock(provider_id)
    would_be = find_listings.would_be(revision_id)
    if would_be.service_id is not None:
        refuse_a_move(service_id=would_be.service_id, facts=would_be.facts, on=london_day(at))
    service_id = listings.approve(revision_id=revision_id, seen=seen, by=by, at=at)
    _first_price(provider_id, service_id, by=by, at=at)
    listings.put_back(service_ids=[service_id], by=by, at=at)
    directory.relist(service_ids=[service_id], by=by, at=at)
    tell_provider.tell(provider_id=provider_id, template=AGREED, reference=ref, by=by, at=at)
    return service_id


@transaction.atomic
def send_back(
    *, revision_id: int, provider_id: int, ref: str, words: str, by: Person, at: datetime
) -> None:
    """The public reads what it read before; the provider is told that words wait for it.

    Raises what listings.send_back raises.
    """
    listings.send_back(revision_id=revision_id, words=words, by=by, at=at)
    tell_provider.tell(provider_id=provider_id, template=SENT_BACK, reference=ref, by=by, at=at)


def _first_price(provider_id: int, service_id: int, *, by: Person, at: datetime) -> None:
    today = london_day(at)
    if find_providers.rates_of([service_id]).get(service_id):
        return
    lot_id, _ = find_providers.lots_and_sites([service_id])[service_id]
    offered = applications.offered(provider_id, on=today).get(lot_id)
    if offered is None or not offered.price_pence:
        return
    # A lot may have had its cap lowered since: then the provider has to name a new price itself.
    with suppress(providers.AboveCap):
        providers.set_rate(
            service_id=service_id,
            rate=Money(offered.price_pence),
            in_force_from=today,
            by=by,
            at=at,
        )
