"""Many at once, for imports and the demonstration: a fixed number of statements.

Unlike one at a time, a rate may begin in the past: an import brings history with it.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from flsf.core.clock import london_day
from flsf.core.geo import postcode_from
from flsf.core.money import Money, is_fair_price
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.providers import rules
from flsf.market.providers.actions.capacity import PlacesNotSensible
from flsf.market.providers.actions.people import AlreadyKnown
from flsf.market.providers.actions.rates import PriceNotFair
from flsf.market.providers.actions.services import AgesNotSensible, PlaceDoesNotMatchMode
from flsf.market.providers.enums import Tag
from flsf.market.providers.models import (
    Capacity,
    CatalogueChange,
    Provider,
    Rate,
    Service,
    Site,
)
from flsf.market.providers.rules import NewProvider, NewService, NewSite
from flsf.shared.accounts import actions as accounts
from flsf.shared.accounts.enums import OrganisationKind
from flsf.shared.audit import actions as audit
from flsf.shared.places import queries as places

TIDY_BEYOND = 2_000
AT_ONCE = 5_000  # rows in a statement


MOST_NAMED = 5


class InUse(Refusal):
    says = "Something has since been done with these providers or services, so they stay."

    def __init__(self, added: str = "") -> None:
        super().__init__(added)
        self.added = added

    def __str__(self) -> str:
        if not self.added:
            return self.says
        return f"These were added since, so nothing is taken out: {self.added}. Undo those first."


@transaction.atomic
def take_in_many(*, providers: Sequence[NewProvider], by: Person, at: datetime) -> list[Provider]:
    """All the providers and their sites are known, in the order given, or none.

    Raises AlreadyKnown if a company or charity number is on the register or given twice.
    """
    made = [
        Provider.from_facts(
            one.facts, one.organisation_id or _organisation(one, by=by, at=at), ref=ref
        )
        for ref, one in zip(Provider.fresh_refs(len(providers)), providers, strict=True)
    ]
    try:
        with transaction.atomic():
            made = Provider.objects.bulk_create(made, batch_size=AT_ONCE)
    except IntegrityError as error:
        raise AlreadyKnown from error
    _add_sites(
        [
            (provider.pk, site)
            for provider, one in zip(made, providers, strict=True)
            for site in one.sites
        ]
    )
    details = {"refs": [one.ref for one in made]}
    audit.record(tag=Tag.TAKEN_IN, subject="providers", details=details, by=by, at=at)
    return made


@transaction.atomic
def take_in_services(*, services: Sequence[NewService], by: Person, at: datetime) -> list[Service]:
    """All the services are offered with their rates and places, in the order given, or none.

    Raises PlaceDoesNotMatchMode, AgesNotSensible, PriceNotFair and PlacesNotSensible. Call
    directory.actions.relist with their ids afterwards, in the same transaction.
    """
    for one in services:
        _check(one)
    site_ids = _sites(services)
    today = london_day(at)
    made = [
        Service.from_facts(
            one.provider_id,
            one.facts,
            ref=ref,
            confirmed_on=one.confirmed_on or today,
            status=one.status,
            closed_from=one.closed_from,
            site_id=site_ids[_key(one)] if one.site else one.facts.site_id,
        )
        for ref, one in zip(Service.fresh_refs(len(services)), services, strict=True)
    ]
    made = Service.objects.bulk_create(made, batch_size=AT_ONCE)
    pairs = list(zip(made, services, strict=True))
    Rate.objects.bulk_create(
        (
            Rate(service=service, pence=pence, in_force_from=day, set_by_id=by.pk, set_at=at)
            for service, one in pairs
            for day, pence in one.rates
        ),
        batch_size=AT_ONCE,
    )
    Capacity.objects.bulk_create(
        (
            Capacity(service=service, half_day=half_day, places=count)
            for service, one in pairs
            for half_day, count in sorted(one.places.items())
            if count
        ),
        batch_size=AT_ONCE,
    )
    details = {"refs": [one.ref for one in made]}
    audit.record(tag=Tag.SERVICES_TAKEN_IN, subject="services", details=details, by=by, at=at)
    return made


@transaction.atomic
def take_out_many(
    *,
    provider_ids: Collection[int] = (),
    service_ids: Collection[int] = (),
    by: Person,
    at: datetime,
) -> None:
    """A batch taken in by mistake is gone, with its sites, rates and places.

    Raises InUse when anything refers to it by now: an admission, evidence, an award; and when
    a provider has services besides those named, naming them.
    """
    services = Service.objects.filter(pk__in=service_ids)
    others = Service.objects.filter(provider__in=provider_ids).exclude(pk__in=service_ids)
    names = list(others.order_by("pk").values_list("name", "provider__name")[: MOST_NAMED + 1])
    if names:
        told = ", ".join(f"{name} of {of}" for name, of in names[:MOST_NAMED])
        raise InUse(told + (" and more" if len(names) > MOST_NAMED else ""))
    providers = Provider.objects.filter(pk__in=provider_ids)
    refs = [
        *providers.values_list("ref", flat=True),
        *services.values_list("ref", flat=True),
    ]
    try:
        with transaction.atomic():
            services.delete()
            Site.objects.filter(provider__in=provider_ids).delete()
            providers.delete()
    except ProtectedError as error:
        raise InUse from error
    audit.record(tag=Tag.TAKEN_OUT, subject="providers", details={"refs": refs}, by=by, at=at)


@transaction.atomic
def tidy_changes(*, by: Person, at: datetime) -> int:
    """The oldest marks of change are dropped once there are many; returns how many.

    Readers see a different version and read again, once.
    """
    ids = CatalogueChange.objects.order_by("-pk").values_list("pk", flat=True)
    newest_to_drop = ids[TIDY_BEYOND : TIDY_BEYOND + 1].first()
    if newest_to_drop is None:
        return 0
    dropped, _ = CatalogueChange.objects.filter(pk__lte=newest_to_drop).delete()
    audit.record(
        tag=Tag.CHANGES_TIDIED, subject="catalogue", details={"rows": dropped}, by=by, at=at
    )
    return dropped


def _organisation(one: NewProvider, *, by: Person, at: datetime) -> int:
    kind = OrganisationKind.PROVIDER
    return accounts.add_organisation(name=one.facts.name, kind=kind, by=by, at=at).pk


def _check(one: NewService) -> None:
    has_site = one.site is not None or one.facts.site_id is not None
    if not rules.place_matches_mode(one.facts.mode, has_site=has_site):
        raise PlaceDoesNotMatchMode
    if not rules.ages_fit(one.facts.lowest_age, one.facts.highest_age):
        raise AgesNotSensible
    if not all(is_fair_price(Money(pence)) for _, pence in one.rates):
        raise PriceNotFair
    if not rules.places_fit(one.places):
        raise PlacesNotSensible


def _add_sites(wanted: Sequence[tuple[int, NewSite]]) -> list[Site]:
    """The sites, saved; where one lies is looked up unless it is given."""
    points = places.locate_many(site.postcode for _, site in wanted if site.point is None)
    rows = []
    for provider_id, site in wanted:
        point = site.point or points.get(site.postcode)
        rows.append(
            Site(
                provider_id=provider_id,
                name=site.name,
                postcode=postcode_from(site.postcode) or site.postcode,
                easting=point.easting if point else None,
                northing=point.northing if point else None,
            )
        )
    return Site.objects.bulk_create(rows, batch_size=AT_ONCE)


def _key(one: NewService) -> tuple[int, str, str]:
    """How a site is told from the others: whose, where, what it is called."""
    if one.site is None:
        return (one.provider_id, "", "")
    return (one.provider_id, postcode_from(one.site.postcode) or one.site.postcode, one.site.name)


def _sites(services: Sequence[NewService]) -> dict[tuple[int, str, str], int]:
    """The id of every site named, those not known yet added."""
    wanted = {_key(one): one.site for one in services if one.site}
    known = Site.objects.filter(provider__in={one.provider_id for one in services if one.site})
    ids = {(site.provider_id, site.postcode, site.name): site.pk for site in known}
    missing = [(key, site) for key, site in wanted.items() if key not in ids]
    added = _add_sites([(key[0], site) for key, site in missing])
    return ids | {key: site.pk for (key, _), site in zip(missing, added, strict=True)}
