"""The only writes of providers, sites, services, their places and rates."""

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from flsf.core.people import Person
from flsf.core.refs import new_ref
from flsf.core.refusals import Refusal
from flsf.market.providers.enums import ProviderKind, Tag
from flsf.market.providers.models import Provider
from flsf.shared.audit import actions as audit


class PriceNotFair(Refusal):
    says = "Enter a price that is more than nothing."


class PlaceDoesNotMatchMode(Refusal):
    says = "Say where the service happens, or that it is online."


@transaction.atomic
def register(
    *, name: str, kind: ProviderKind, organisation_id: int, by: Person, at: datetime
) -> Provider:
    """The provider is known to the council, and in the pool of no lot yet."""
    ref = new_ref("P")
    provider = Provider.objects.create(
        ref=ref,
        slug=f"{slugify(name)[:100]}-{ref[2:].lower()}",
        name=name,
        kind=kind,
        organisation_id=organisation_id,
    )
    audit.record(
        tag=Tag.REGISTERED, subject=f"provider {ref}", details={"name": name}, by=by, at=at
    )
    return provider
