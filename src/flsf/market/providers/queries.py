"""Reads of providers, their sites and services."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Min, QuerySet

from flsf.core.people import Person
from flsf.market.providers.models import Capacity, CatalogueChange, Provider, Service


def register(
    *, person: Person, name_like: str = "", only: QuerySet[Any, int] | None = None
) -> QuerySet[Provider]:
    """The providers this person may see, by name.

    `only` is a query of provider ids from a later stage. It joins as a subquery,
    so that page and count stay one question each.
    """
    found = Provider.objects.visible_to(person).order_by("name", "pk")
    if name_like:
        found = found.filter(name__icontains=name_like)
    if only is not None:
        found = found.filter(pk__in=only)
    return found


def with_ref(ref: str, *, person: Person) -> Provider | None:
    """The provider, if there is one and this person may see it."""
    return Provider.objects.visible_to(person).filter(ref=ref).first()


def capacity(service_ids: Collection[int]) -> dict[int, dict[int, int]]:
    """How many children each service takes in each half-day, by its index in the week."""
    found: dict[int, dict[int, int]] = {service_id: {} for service_id in service_ids}
    rows = Capacity.objects.filter(service__in=service_ids)
    for service_id, half_day, places in rows.values_list("service", "half_day", "places"):
        found[service_id][half_day] = places
    return found


def lock_service(service_id: int) -> None:
    """Nobody else counts or changes the service's places until this transaction ends."""
    Service.objects.select_for_update(no_key=True).values_list("pk").get(pk=service_id)


def catalogue_version() -> tuple[int, int]:
    """Differs from before if anything changed by which services are matched or listed.

    The newest row would not do: a change may commit after one that began later.
    """
    seen = CatalogueChange.objects.aggregate(first=Min("pk"), count=Count("pk"))
    return (seen["first"] or 0, seen["count"])
