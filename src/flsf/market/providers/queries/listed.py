"""Services as the public list tells of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from flsf.market.kinds.enums import KindStatus
from flsf.market.providers.enums import Mode
from flsf.market.providers.models import Capacity, Service


@dataclass(frozen=True, slots=True)
class ToList:
    """What the public list tells of a service."""

    service_id: int
    ref: str
    name: str
    provider_name: str
    lot_code: str
    lot_name: str
    mode: Mode
    needs_mask: int
    access_mask: int
    qualities_mask: int
    kind: str  # the reference and the name of a kind that is taken up; empty: of none
    kind_name: str
    half_days_mask: int  # those in which it has places at all
    largest_group: int
    lowest_age: int
    highest_age: int
    easting: int | None
    northing: int | None
    confirmed_on: date
    is_listed: bool
    what_it_is: str
    what_to_expect: str
    how_to_get_it: str
    travel: str
    site: str
    days_to_start: int
    reached_at: tuple[str, str, str]  # the provider's telephone, address and website


def to_list(service_ids: Collection[int] | None) -> list[ToList]:
    """The services, or all of them, as the public list tells of them. Two queries."""
    masks = _half_days(service_ids)
    found = Service.objects.select_related("provider", "lot", "site", "kind").order_by("pk")
    if service_ids is not None:
        found = found.filter(pk__in=service_ids)
    return [
        ToList(
            service_id=one.pk,
            ref=one.ref,
            name=one.name,
            provider_name=one.provider.name,
            lot_code=one.lot.code,
            lot_name=one.lot.name,
            mode=Mode(one.mode),
            needs_mask=one.needs_mask,
            access_mask=one.access_mask,
            qualities_mask=one.qualities_mask,
            kind=one.kind.ref if one.kind and one.kind.status == KindStatus.ADOPTED else "",
            kind_name=one.kind.name if one.kind and one.kind.status == KindStatus.ADOPTED else "",
            half_days_mask=masks.get(one.pk, 0),
            largest_group=one.largest_group,
            lowest_age=one.lowest_age,
            highest_age=one.highest_age,
            easting=one.site.easting if one.site else None,
            northing=one.site.northing if one.site else None,
            confirmed_on=one.confirmed_on,
            is_listed=one.is_listed,
            what_it_is=one.what_it_is,
            what_to_expect=one.what_to_expect,
            how_to_get_it=one.how_to_get_it,
            travel=one.travel,
            site=str(one.site or ""),
            days_to_start=one.days_to_start,
            reached_at=(one.provider.phone, one.provider.email, one.provider.website),
        )
        for one in found
    ]


def _half_days(service_ids: Collection[int] | None) -> dict[int, int]:
    """The half-days in which each service has places, as a mask. One query."""
    rows = Capacity.objects.filter(places__gt=0)
    if service_ids is not None:
        rows = rows.filter(service__in=service_ids)
    masks: dict[int, int] = {}
    for service_id, half_day in rows.values_list("service_id", "half_day"):
        masks[service_id] = masks.get(service_id, 0) | 1 << half_day
    return masks
