"""Providers and the places where they work."""

from dataclasses import asdict, replace
from datetime import datetime

from django.db import transaction

from flsf.core.geo import Point, postcode_from
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.providers import rules
from flsf.market.providers.enums import ProviderKind, Tag
from flsf.market.providers.models import Provider, Site
from flsf.market.providers.rules import ProviderFacts
from flsf.shared.audit import actions as audit
from flsf.shared.places import queries as places


class AlreadyKnown(Refusal):
    says = "A provider with that company or charity number is already on the register. Find it."


@transaction.atomic
def register(
    *,
    name: str,
    kind: ProviderKind,
    organisation_id: int,
    facts: ProviderFacts | None = None,
    by: Person,
    at: datetime,
) -> Provider:
    """The provider is known to the council, and in the pool of no lot yet.

    `facts`, if given, tells more than name and kind. Raises AlreadyKnown.
    """
    facts = replace(facts, name=name, kind=kind) if facts else ProviderFacts(name=name, kind=kind)
    [ref] = Provider.fresh_refs(1)
    provider = Provider.from_facts(facts, organisation_id, ref=ref)
    _refuse_known(provider)
    provider.save()
    audit.record(tag=Tag.REGISTERED, subject=f"provider {provider.ref}", details={}, by=by, at=at)
    return provider


@transaction.atomic
def change(*, provider_id: int, facts: ProviderFacts, by: Person, at: datetime) -> Provider:
    """The provider is as these facts say; its address on the web stays. Raises AlreadyKnown."""
    provider = Provider.objects.select_for_update().get(pk=provider_id)
    before = {field: getattr(provider, field) for field in asdict(facts)}
    for field, value in rules.columns(facts).items():
        setattr(provider, field, value)
    _refuse_known(provider)
    provider.save()
    changed: list[str] = [field for field in before if before[field] != getattr(provider, field)]
    audit.record(
        tag=Tag.CHANGED,
        subject=f"provider {provider.ref}",
        details={"changed": changed},
        by=by,
        at=at,
    )
    return provider


@transaction.atomic
def add_site(
    *,
    provider_id: int,
    name: str,
    postcode: str,
    point: Point | None = None,
    by: Person,
    at: datetime,
) -> Site:
    """The provider teaches there too. Where that lies is looked up unless it is given.

    If the postcode is unknown, nobody can say how far it is.
    """
    point = point or places.locate(postcode)
    provider = Provider.objects.get(pk=provider_id)
    site = Site.objects.create(
        provider=provider,
        name=name,
        postcode=postcode_from(postcode) or postcode,
        easting=point.easting if point else None,
        northing=point.northing if point else None,
    )
    audit.record(
        tag=Tag.SITE_ADDED,
        subject=f"provider {provider.ref}",
        details={"site": site.pk},
        by=by,
        at=at,
    )
    return site


def _refuse_known(provider: Provider) -> None:
    others = Provider.objects.exclude(pk=provider.pk)
    for field in ("company_number", "charity_number"):
        number = getattr(provider, field)
        if number and others.filter(**{field: number}).exists():
            raise AlreadyKnown
