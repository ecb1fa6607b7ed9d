"""Who asks, for which provider, and for which of its services."""

from datetime import date, datetime
from typing import NamedTuple

from django.http import HttpRequest

from flsf.core import clock
from flsf.core.people import Person
from flsf.market.providers import queries as providers
from flsf.web.access import found, person_of


class Asked(NamedTuple):
    """Who asks, when, and for which provider: always their own."""

    person: Person
    now: datetime
    today: date
    provider: providers.ProviderRow


def asked_by(request: HttpRequest) -> Asked:
    person, now = person_of(request), clock.now()
    return Asked(person, now, clock.london_day(now), found(providers.own(person=person)))


def service_of(asked: Asked, ref: str) -> providers.ServiceRow:
    service = found(providers.service_with_ref(ref, person=asked.person, on=asked.today))
    return found(service if service.provider_id == asked.provider.pk else None)
