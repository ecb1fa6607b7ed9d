"""Providers and the places where they work."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from datetime import datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.geo import Point, postcode_from
from flsf.core.masks import to_mask
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.providers import rules
from flsf.market.providers.enums import ProviderKind, ProviderType, Tag
from flsf.market.providers.models import Provider, Site
from flsf.market.providers.rules import ProviderFacts
from flsf.shared.audit import actions as audit
from flsf.shared.audit.enums import JSONValue
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
    changed: list[str] = [field for field in before if before[field] != getattr(provider, field)]
    if rules.ON_ITS_PAGE.intersection(changed):
        provider.changed_on = london_day(at)
    provider.save()
    audit.record(
        tag=Tag.CHANGED,
        subject=f"provider {provider.ref}",
        details={"changed": changed},
        by=by,
        at=at,
    )
    return provider


@transaction.atomic
def say_types(
    *, provider_id: int, types: Collection[ProviderType], by: Person, at: datetime
) -> None:
    """The provider is of these types, and of no other; of none when none is named (S18).

    Who said what, and when, stays on the record.
    """
    provider = Provider.objects.select_for_update().get(pk=provider_id)
    before, provider.types_mask = provider.types_mask, to_mask(types)
    provider.save(update_fields=["types_mask"])
    audit.record(
        tag=Tag.TYPES_SAID,
        subject=f"provider {provider.ref}",
        details=_types_details(before, provider.types_mask),
        by=by,
        at=at,
    )


@transaction.atomic
def say_types_many(*, masks: Mapping[int, int], by: Person, at: datetime) -> int:
    """Each provider, by its id, is of the types of its mask. Returns how many that changed."""
    found = list(Provider.objects.select_for_update().filter(pk__in=masks).order_by("pk"))
    changed = [one for one in found if one.types_mask != masks[one.pk]]
    entries = []
    for one in changed:
        before, one.types_mask = one.types_mask, masks[one.pk]
        entries.append((f"provider {one.ref}", _types_details(before, one.types_mask)))
    Provider.objects.bulk_update(changed, ["types_mask"])
    audit.record_many(tag=Tag.TYPES_SAID, entries=entries, by=by, at=at)
    return len(changed)


def _types_details(before: int | None, after: int | None) -> Mapping[str, JSONValue]:
    return {"before": rules.types_in_words(before), "after": rules.types_in_words(after)}


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
