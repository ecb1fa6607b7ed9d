"""Services: what a provider does for a child in a lot."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import TypeAlias

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.providers import queries, rules
from flsf.market.providers.enums import Misfit, ServiceStatus, Tag
from flsf.market.providers.models import Provider, Service
from flsf.market.providers.rules import ServiceFacts
from flsf.shared.audit import actions as audit
from flsf.shared.audit.enums import JSONValue

Details: TypeAlias = Mapping[str, JSONValue]


class PlaceDoesNotMatchMode(Refusal):
    says = "Say where the service happens, or that it is online."


class AgesNotSensible(Refusal):
    says = "Enter ages from 0 to 25, the lowest first."


class NotTheirSite(Refusal):
    says = "Choose one of the provider's own places."


REFUSALS: Mapping[Misfit, type[Refusal]] = {
    Misfit.PLACE: PlaceDoesNotMatchMode,
    Misfit.AGES: AgesNotSensible,
    Misfit.SITE: NotTheirSite,
}


@transaction.atomic
def offer_service(*, provider_id: int, facts: ServiceFacts, by: Person, at: datetime) -> Service:
    """The provider offers the service, without rate or places yet.

    Raises PlaceDoesNotMatchMode, AgesNotSensible and NotTheirSite. Call it through
    flows.offer_service, so that the public list follows.
    """
    _check(facts, provider_id)
    [ref] = Service.fresh_refs(1)
    service = Service.from_facts(provider_id, facts, ref=ref, confirmed_on=london_day(at))
    service.save()
    _record(Tag.SERVICE_OFFERED, service, by=by, at=at)
    return service


@transaction.atomic
def change_service(*, service_id: int, facts: ServiceFacts, by: Person, at: datetime) -> Service:
    """The service is as these facts say, and counts as confirmed today.

    Raises as offer_service. Call it through flows.offer_service.
    """
    service = _locked(service_id)
    _check(facts, service.provider_id)
    before = {field: getattr(service, field) for field in asdict(facts)}
    for field, value in asdict(facts).items():
        setattr(service, field, value)
    service.confirmed_on = london_day(at)
    service.save()
    changed = [field for field in before if before[field] != getattr(service, field)]
    _record(Tag.SERVICE_CHANGED, service, {"changed": changed}, by=by, at=at)
    return service


@transaction.atomic
def confirm(*, service_id: int, by: Person, at: datetime) -> Service:
    """The provider has said today that what is listed is still right (S7)."""
    service = _locked(service_id)
    service.confirmed_on = london_day(at)
    service.save(update_fields=["confirmed_on"])
    _record(Tag.CONFIRMED, service, by=by, at=at)
    return service


@transaction.atomic
def set_status(
    *,
    service_id: int,
    status: ServiceStatus,
    closed_from: date | None = None,
    first_start_on: date | None = None,
    by: Person,
    at: datetime,
) -> Service:
    """The service takes new children, is full for now, or closes from that day or at once.

    `first_start_on` is when the next child could start; None: at once, or not known.
    """
    service = _locked(service_id)
    if status == ServiceStatus.CLOSED:
        closed_from = closed_from or london_day(at)
    service.closed_from = closed_from
    # A closing that lies ahead leaves the status as it is until its day.
    if status != ServiceStatus.CLOSED:
        service.status = status
    elif not rules.is_open(closed_from, on=london_day(at)):
        service.status = ServiceStatus.CLOSED
    service.first_start_on = first_start_on
    service.save(update_fields=["status", "closed_from", "first_start_on"])
    details: Details = {
        "status": status.value,
        "from": closed_from.isoformat() if closed_from else None,
    }
    _record(Tag.STATUS_SET, service, details, by=by, at=at)
    return service


@transaction.atomic
def close_to_new_children(
    *, provider_id: int, lot_ids: Collection[int], closed_from: date, by: Person, at: datetime
) -> list[int]:
    """The provider's services in those lots take no new children from that day.

    One that closes sooner keeps its day. Returns the ids of the services changed.
    """
    provider = Provider.objects.get(pk=provider_id)
    services = list(
        Service.objects.select_for_update()
        .filter(provider=provider, lot__in=lot_ids)
        .order_by("pk")
    )
    changed = [one for one in services if rules.is_open(one.closed_from, on=closed_from)]
    for one in changed:
        one.closed_from = closed_from
    Service.objects.bulk_update(changed, ["closed_from"])
    audit.record(
        tag=Tag.CLOSED_TO_NEW_CHILDREN,
        subject=f"provider {provider.ref}",
        details={"services": [one.ref for one in changed], "from": closed_from.isoformat()},
        by=by,
        at=at,
    )
    return [one.pk for one in changed]


@transaction.atomic
def move_kind(*, from_id: int, to_id: int | None, by: Person, at: datetime) -> list[int]:
    """Services of a kind are of the other one, or of none. Returns their ids.

    Call it through flows.settle_kind, so that the public list follows.
    """
    services = list(Service.objects.select_for_update(no_key=True).filter(kind=from_id))
    for one in services:
        one.kind_id = to_id
    Service.objects.bulk_update(services, ["kind"])
    details: Details = {"services": [one.ref for one in services]}
    audit.record(tag=Tag.KIND_MOVED, subject=f"kind {from_id}", details=details, by=by, at=at)
    return [one.pk for one in services]


def _locked(service_id: int) -> Service:
    return Service.objects.select_for_update().get(pk=service_id)


def _check(facts: ServiceFacts, provider_id: int) -> None:
    if misfit := queries.misfit(facts, provider_id):
        raise REFUSALS[misfit]


def _record(
    tag: Tag,
    service: Service,
    details: Details | None = None,
    *,
    by: Person,
    at: datetime,
) -> None:
    subject = f"service {service.ref}"
    audit.record(tag=tag, subject=subject, details=details or {}, by=by, at=at)
