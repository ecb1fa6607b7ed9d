"""Where a provider teaches: its sites, those at one postcode taken as one place."""

from collections.abc import Collection
from dataclasses import dataclass

from flsf.market.providers import rules
from flsf.market.providers.enums import Mode, Registration
from flsf.market.providers.models import Service, Site
from flsf.market.providers.rules import Premises


@dataclass(frozen=True, slots=True)
class Taught:
    """By whom a service is given, and where: None is no fixed place."""

    provider_id: int
    place: int | None
    is_school: bool
    premises: Premises


def taught(service_id: int) -> Taught:
    """Where a service happens, and whether a registered school gives it. Two queries."""
    rows = Service.objects.values_list("provider", "mode", "site", "provider__registration")
    provider, mode, site, registration = rows.get(pk=service_id)
    at = of_provider(provider)
    return Taught(provider, at.place(Mode(mode), site), registration == Registration.SCHOOL, at)


def of_provider(provider_id: int) -> Premises:
    """All the places of a provider. One query."""
    sites = Site.objects.filter(provider=provider_id).order_by("pk")
    return rules.premises(sites.values_list("pk", "provider", "name", "postcode"))


def same_places(provider_ids: Collection[int] | None = None) -> dict[int, int]:
    """The site that stands for each, of those providers or of all. One query."""
    sites = Site.objects.order_by("pk")
    if provider_ids is not None:
        sites = sites.filter(provider__in=provider_ids)
    rows = sites.values_list("pk", "provider", "name", "postcode")
    return dict(rules.premises(rows).one_of)
