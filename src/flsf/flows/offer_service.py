"""What a provider says of a service is what the public finds, in the same transaction.

Pages and imports change services only through here, so nobody can forget the public list. A
price is not in the list; whether a provider is admitted and in date is asked on the day of a
search. So neither needs a flow.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.flows.keep_registration import refuse_a_move
from flsf.market.directory import actions as directory
from flsf.market.listings import actions as listings
from flsf.market.providers import actions as providers
from flsf.market.providers import queries
from flsf.market.providers.rules import NewService, ProviderFacts, ServiceFacts


@transaction.atomic
def offer_service(*, provider_id: int, facts: ServiceFacts, by: Person, at: datetime) -> str:
    """The service is offered and listed. Returns its reference. Raises as offer_service does."""
    service = providers.offer_service(provider_id=provider_id, facts=facts, by=by, at=at)
    directory.relist(service_ids=[service.pk], by=by, at=at)
    return service.ref


@transaction.atomic
def change_service(*, service_id: int, facts: ServiceFacts, by: Person, at: datetime) -> None:
    """The service and what the public reads of it are as these facts say.

    Raises MoveMakesASchool, and what providers.change_service raises.
    """
    refuse_a_move(service_id=service_id, facts=facts, on=london_day(at))
    providers.change_service(service_id=service_id, facts=facts, by=by, at=at)
    listings.put_back(service_ids=[service_id], by=by, at=at)
    directory.relist(service_ids=[service_id], by=by, at=at)


@transaction.atomic
def confirm_services(*, service_ids: Collection[int], by: Person, at: datetime) -> None:
    """The provider has said today that what is listed is still right (S7).

    A listing taken down because nobody had said so is public again.
    """
    for service_id in sorted(service_ids):
        providers.confirm(service_id=service_id, by=by, at=at)
    listings.put_back(service_ids=service_ids, by=by, at=at)
    directory.relist(service_ids=service_ids, by=by, at=at)


@transaction.atomic
def set_places(*, service_id: int, places: Mapping[int, int], by: Person, at: datetime) -> None:
    """The service has so many places in each half-day, and counts as confirmed today (S297)."""
    providers.set_capacity(service_id=service_id, places=places, by=by, at=at)
    confirm_services(service_ids=[service_id], by=by, at=at)


@transaction.atomic
def change_provider(*, provider_id: int, facts: ProviderFacts, by: Person, at: datetime) -> None:
    """The provider is as these facts say, and its services are listed under its name."""
    providers.change(provider_id=provider_id, facts=facts, by=by, at=at)
    directory.relist(service_ids=queries.service_ids_of(provider_id), by=by, at=at)


@transaction.atomic
def take_in_services(
    *, services: Sequence[NewService], by: Person, at: datetime
) -> list[tuple[int, str]]:
    """Many services are offered and listed. Returns (id, reference) in the order given."""
    made = providers.take_in_services(services=services, by=by, at=at)
    directory.relist(service_ids=[one.pk for one in made], by=by, at=at)
    return [(one.pk, one.ref) for one in made]
