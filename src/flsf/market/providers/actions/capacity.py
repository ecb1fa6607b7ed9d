"""How many children a service can take in each half-day of the week."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from flsf.core.half_days import WEEK
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.providers import rules
from flsf.market.providers.enums import Tag
from flsf.market.providers.models import Capacity, Service
from flsf.shared.audit import actions as audit


class PlacesNotSensible(Refusal):
    says = f"Enter places from 0 to {rules.MOST_PLACES} for the half-days of the week."


@transaction.atomic
def set_capacity(*, service_id: int, places: Mapping[int, int], by: Person, at: datetime) -> None:
    """The service has so many places in those half-days of every week, and none in the others.

    Keys are core.half_days indexes. Children already booked stay, even if there are now more
    of them than places (S297). Raises PlacesNotSensible.
    """
    if not rules.places_fit(places):
        raise PlacesNotSensible
    # The same lock that bookings take, so a place is not given away while it is withdrawn.
    service = Service.objects.select_for_update(no_key=True).get(pk=service_id)
    Capacity.objects.filter(service=service).delete()
    Capacity.objects.bulk_create(
        Capacity(service=service, half_day=half_day, places=count)
        for half_day, count in sorted(places.items())
        if count
    )
    audit.record(
        tag=Tag.CAPACITY_SET,
        subject=f"service {service.ref}",
        details={"places": {WEEK[key].code: count for key, count in sorted(places.items())}},
        by=by,
        at=at,
    )
