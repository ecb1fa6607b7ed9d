"""Reads of providers, their sites and services."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from django.db import connection
from django.db.models import Count, Prefetch, QuerySet

from flsf.core.people import Person
from flsf.market.providers import rules
from flsf.market.providers.enums import Misfit, ProviderKind, Registration, ServiceStatus
from flsf.market.providers.models import Capacity, Provider, Rate, Service, Site
from flsf.market.providers.rules import OnCard, ServiceFacts

# What a card in a list of results shows; the long texts stay where they are.
ON_CARDS = (
    *("pk", "slug", "name", "mode", "lowest_age", "highest_age", "needs_mask", "largest_group"),
    *("first_start_on", "confirmed_on", "provider__name", "provider__slug"),
    *("lot__code", "lot__name", "site__name", "site__postcode"),
)

# Put as it is: every search and match begins by asking it.
VERSION = "SELECT coalesce(min(id), 0), count(*), coalesce(sum(id), 0) FROM market_cataloguechange"

# As later stages and pages may name the rows these reads hand them.
ProviderRow: TypeAlias = Provider
ServiceRow: TypeAlias = Service


class CatalogueRow(NamedTuple):
    """A service as the matching engine and the directory read it: one flat row.

    Grid metres are of its site; None when it has none or the postcode is unknown. A rate is
    pence a unit net of VAT on the day asked about.
    """

    service_id: int
    ref: str
    provider_id: int
    lot_id: int
    mode: str
    lowest_age: int
    highest_age: int
    needs_mask: int
    access_mask: int
    largest_group: int
    days_to_start: int
    first_start_on: date | None
    status: str
    closed_from: date | None
    easting: int | None
    northing: int | None
    is_registered_school: bool
    is_local: bool
    is_small: bool
    vat_basis_points: int
    rate_pence: int | None
    site_id: int | None


class MatchedRow(NamedTuple):
    """What a match tells of a service."""

    service_id: int
    ref: str
    name: str
    provider_name: str
    provider_kind: str
    is_local: bool
    is_small: bool
    unit: str


@dataclass(frozen=True, slots=True)
class ServiceName:
    """What a service is called, by whom and where it is found."""

    service_id: int
    ref: str
    slug: str
    name: str
    provider_id: int
    provider_ref: str
    provider_name: str


def register(
    *,
    person: Person,
    name_like: str = "",
    kind: str = "",
    of_type: str = "",
    only: QuerySet[Any, int] | None = None,
    among: Collection[int] | None = None,
) -> QuerySet[Provider]:
    """The providers this person may see, by name.

    `only` is a query of provider ids from a later stage. It joins as a subquery,
    so that page and count stay one question each. `among` is a set of ids worked out there.
    """
    found = Provider.objects.visible_to(person).order_by("name", "pk")
    if name_like:
        found = found.filter(name__icontains=name_like)
    if kind:
        found = found.filter(kind=kind)
    if of_type:
        found = found.of_type(of_type)
    if only is not None:
        found = found.filter(pk__in=only)
    if among is not None:
        found = found.filter(pk__in=among)
    return found


def with_ref(ref: str, *, person: Person) -> Provider | None:
    """The provider, if there is one and this person may see it."""
    return Provider.objects.visible_to(person).filter(ref=ref).first()


def own(*, person: Person) -> Provider | None:
    """The provider that somebody of a provider works for; None for anybody else."""
    return Provider.objects.filter(organisation__in=person.reach.organisation_ids).first()


def of_organisation(organisation_id: int, *, person: Person) -> Provider | None:
    """The provider that an organisation is, if it is one and this person may see it."""
    return Provider.objects.visible_to(person).filter(organisation=organisation_id).first()


def of_organisations(organisation_ids: Collection[int], *, person: Person) -> dict[int, int]:
    """The provider's id of each of those organisations that is one this person may see."""
    seen = Provider.objects.visible_to(person).filter(organisation__in=organisation_ids)
    return dict(seen.order_by("-pk").values_list("organisation", "pk"))


def in_full(ref: str, *, person: Person, on: date) -> Provider | None:
    """As with_ref, with `services` (each with `rate_pence` on the day), sites and places."""
    return (
        Provider.objects.visible_to(person)
        .filter(ref=ref)
        .prefetch_related(Prefetch("services", queryset=_services(on)), "sites")
        .first()
    )


def service_with_ref(ref: str, *, person: Person, on: date) -> Service | None:
    """The service with its `rate_pence` on the day, site, lot, places and rate history."""
    return _services(on).filter(pk__in=Service.objects.visible_to(person)).filter(ref=ref).first()


def sites_of(provider_id: int) -> QuerySet[Site]:
    """The places where a provider teaches, by name."""
    return Site.objects.filter(provider=provider_id).order_by("name", "pk")


def sites_on_the_grid() -> list[tuple[int, int, int]]:
    """Every place that we know where to find: its id, easting and northing."""
    return [
        (pk, easting, northing)
        for pk, easting, northing in Site.objects.values_list("pk", "easting", "northing")
        if easting is not None and northing is not None
    ]


def services_of(provider_id: int, *, on: date) -> QuerySet[Service]:
    """A provider's services by name, each with `rate_pence`, site, lot, places and rates."""
    return _services(on).filter(provider=provider_id)


def _services(on: date) -> QuerySet[Service]:
    return (
        Service.objects.with_rate(on)
        .select_related("site", "lot", "provider")
        .prefetch_related("capacity", Prefetch("rates", Rate.objects.order_by("-in_force_from")))
        .order_by("name", "pk")
    )


def rate_on(service_id: int, on: date) -> int | None:
    """The pence a unit, net of VAT, in force on a day, or None if none is yet."""
    rate = (
        Rate.objects.filter(service=service_id, in_force_from__lte=on)
        .order_by("-in_force_from")
        .first()
    )
    return rate.pence if rate else None


def rates_of(service_ids: Collection[int]) -> Mapping[int, Mapping[date, int]]:
    """Every rate of the services: pence by first day. One query, for claims and costs."""
    rates: dict[int, dict[date, int]] = {pk: {} for pk in service_ids}
    for rate in Rate.objects.filter(service__in=service_ids):
        rates[rate.service_id][rate.in_force_from] = rate.pence
    return rates


def capacity(service_ids: Collection[int]) -> dict[int, dict[int, int]]:
    """How many children each service takes in each half-day, by its index in the week."""
    found: dict[int, dict[int, int]] = {service_id: {} for service_id in service_ids}
    rows = Capacity.objects.filter(service__in=service_ids)
    for service_id, half_day, places in rows.values_list("service", "half_day", "places"):
        found[service_id][half_day] = places
    return found


def lock(provider_id: int) -> None:
    """Nobody else suspends the provider or sees its evidence until this transaction ends."""
    Provider.objects.select_for_update(no_key=True).values_list("pk").get(pk=provider_id)


def lots_and_sites(service_ids: Collection[int]) -> dict[int, tuple[int, int | None]]:
    """The lot and the site of each service, by id. One query."""
    rows = Service.objects.filter(pk__in=service_ids).values_list("pk", "lot", "site")
    return {pk: (lot, site) for pk, lot, site in rows}


def lock_service(service_id: int) -> None:
    """Nobody else counts or changes the service's places until this transaction ends."""
    Service.objects.select_for_update(no_key=True).values_list("pk").get(pk=service_id)


def locked_service(service_id: int) -> Service:
    """The service as it is now, which nobody else changes until this transaction ends."""
    return Service.objects.select_for_update(no_key=True).get(pk=service_id)


def misfit(facts: ServiceFacts, provider_id: int) -> Misfit | None:
    """What of a service cannot be so; None when it can be offered."""
    if not rules.place_matches_mode(facts.mode, has_site=facts.site_id is not None):
        return Misfit.PLACE
    if not rules.ages_fit(facts.lowest_age, facts.highest_age):
        return Misfit.AGES
    if facts.site_id is None:
        return None
    is_theirs = Site.objects.filter(pk=facts.site_id, provider=provider_id).exists()
    return None if is_theirs else Misfit.SITE


def facts_of(service_id: int) -> ServiceFacts:
    """What the service is now."""
    return Service.objects.get(pk=service_id).facts


def all_capacity() -> list[tuple[int, int, int]]:
    """Every (service id, half-day index, places). One query, for the matching engine."""
    return list(Capacity.objects.values_list("service_id", "half_day", "places"))


def all_rates() -> list[tuple[int, date, int]]:
    """Every (service id, first day, pence), past and to come. One query, for matching."""
    return list(Rate.objects.values_list("service_id", "in_force_from", "pence"))


def catalogue(on: date) -> list[CatalogueRow]:
    """Every service as on a day, by id: one query however many there are."""
    columns = (
        *("pk", "ref", "provider_id", "lot_id", "mode", "lowest_age", "highest_age"),
        *("needs_mask", "access_mask", "largest_group", "days_to_start", "first_start_on"),
        *("status", "closed_from", "site__easting", "site__northing"),
        *("provider__registration", "provider__is_local", "provider__is_small"),
        *("provider__vat_basis_points", "rate_pence", "site_id"),
    )
    school = columns.index("provider__registration")
    rows = Service.objects.with_rate(on).order_by("pk").values_list(*columns)
    return [
        CatalogueRow._make((*row[:school], row[school] == Registration.SCHOOL, *row[school + 1 :]))
        for row in rows.iterator(chunk_size=5_000)
    ]


def names(service_ids: Collection[int]) -> Mapping[int, ServiceName]:
    """What services are called and whose they are, by id. One query."""
    found = Service.objects.filter(pk__in=service_ids).select_related("provider")
    return {
        one.pk: ServiceName(
            service_id=one.pk,
            ref=one.ref,
            slug=one.slug,
            name=one.name,
            provider_id=one.provider_id,
            provider_ref=one.provider.ref,
            provider_name=one.provider.name,
        )
        for one in found
    }


def matched(service_ids: Collection[int]) -> Mapping[int, MatchedRow]:
    """What a match tells of services, by id. One query."""
    rows = Service.objects.filter(pk__in=service_ids).values_list(
        *("pk", "ref", "name", "provider__name", "provider__kind"),
        *("provider__is_local", "provider__is_small", "lot__unit"),
    )
    return {row[0]: MatchedRow._make(row) for row in rows}


def for_cards() -> Mapping[int, OnCard]:
    """Every listed service with provider, site and lot, by id. One query."""
    rows = Service.objects.filter(is_listed=True).values_list(*ON_CARDS)
    return {one.pk: one for one in map(OnCard._make, rows)}


def for_cards_by_slug(slugs: Collection[str]) -> Mapping[int, OnCard]:
    """Those with these addresses on the web. One query."""
    rows = Service.objects.filter(slug__in=slugs, is_listed=True).values_list(*ON_CARDS)
    return {one.pk: one for one in map(OnCard._make, rows)}


def service_with_slug(slug: str, *, on: date) -> Service | None:
    """The service at an address on the web, with provider, site, lot, places and rates."""
    return _services(on).filter(slug=slug).first()


def in_full_by_slug(slugs: Collection[str], *, on: date) -> Mapping[str, Service]:
    """Services by their addresses on the web, with provider, site, lot, places and rates."""
    return {one.slug: one for one in _services(on).filter(slug__in=slugs)}


def provider_with_slug(slug: str) -> Provider | None:
    """The provider at an address on the web."""
    return Provider.objects.filter(slug=slug).first()


def listed_slugs(provider_id: int) -> list[str]:
    """The addresses of a provider's public services, by name."""
    listed = Service.objects.filter(provider=provider_id, is_listed=True).order_by("name", "pk")
    return list(listed.values_list("slug", flat=True))


def organisation_of(provider_id: int) -> int:
    """The organisation whose people see what is disclosed to the provider."""
    return Provider.objects.values_list("organisation_id", flat=True).get(pk=provider_id)


def organisations_of(provider_ids: Collection[int]) -> dict[int, int]:
    """Whose each of those providers is, by provider."""
    found = Provider.objects.filter(pk__in=provider_ids)
    return dict(found.values_list("pk", "organisation"))


def ids_of_organisations(organisation_ids: Collection[int]) -> dict[int, int]:
    """The organisation of each provider that is one of those organisations, by provider id."""
    rows = Provider.objects.filter(organisation__in=organisation_ids)
    return dict(rows.values_list("pk", "organisation_id"))


def refs(provider_ids: Collection[int]) -> dict[int, str]:
    """The references of providers, by id."""
    return dict(Provider.objects.filter(pk__in=provider_ids).values_list("pk", "ref"))


def every_id() -> frozenset[int]:
    """The ids of all providers on the register."""
    return frozenset(Provider.objects.values_list("pk", flat=True))


def sole_trader_ids() -> frozenset[int]:
    """The ids of the providers that are one person."""
    return frozenset(
        Provider.objects.filter(kind=ProviderKind.SOLE_TRADER).values_list("pk", flat=True)
    )


def with_numbers(numbers: Collection[str]) -> dict[str, tuple[int, str, str, int]]:
    """Providers with these company or charity numbers, as kept: id, ref, name, organisation."""
    found: dict[str, tuple[int, str, str, int]] = {}
    for field in ("company_number", "charity_number"):
        rows = Provider.objects.filter(**{f"{field}__in": [one for one in numbers if one]})
        for number, *rest in rows.values_list(field, "pk", "ref", "name", "organisation"):
            found[number] = (rest[0], rest[1], rest[2], rest[3])
    return found


def not_confirmed_since(day: date) -> QuerySet[Service]:
    """Listed services that nobody has said to be still right since that day, oldest first."""
    return (
        Service.objects.filter(is_listed=True, confirmed_on__lt=day)
        .exclude(status=ServiceStatus.CLOSED)
        .select_related("provider")
        .order_by("confirmed_on", "pk")
    )


def catalogue_version() -> tuple[int, ...]:
    """Differs from before if anything changed by which services are matched or listed.

    The newest row would not do: a change may commit after one that began later. The sum tells
    apart rows that were rolled back from as many that were not.
    """
    with connection.cursor() as cursor:
        cursor.execute(VERSION)
        first, count, total = cursor.fetchone()
    return (first, count, int(total))


def service_ids_of(provider_id: int) -> frozenset[int]:
    """The ids of all services of a provider."""
    return frozenset(Service.objects.filter(provider=provider_id).values_list("pk", flat=True))


def with_public_services() -> frozenset[int]:
    """The ids of the providers that the public finds something of."""
    listed = Service.objects.filter(is_listed=True).values_list("provider_id", flat=True)
    return frozenset(listed.distinct())


def by_mode(provider_ids: Collection[int]) -> list[tuple[str, int, int]]:
    """Where their listed services happen: (mode, services, providers). One query."""
    found = Service.objects.filter(is_listed=True, provider__in=provider_ids)
    sums = {"services": Count("pk"), "providers": Count("provider", distinct=True)}
    return list(found.values_list("mode").annotate(**sums).order_by("mode"))
