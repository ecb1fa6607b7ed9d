"""The only writes of the public list."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value

from flsf.core import needs
from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.market.directory import rules
from flsf.market.directory.enums import Tag
from flsf.market.directory.models import Listing, UnmetSearch
from flsf.market.listings import queries as listings
from flsf.market.providers import queries as providers
from flsf.market.providers.enums import Mode
from flsf.shared.audit import actions as audit

COLUMNS = (
    *("is_public", "name", "provider_name", "words", "lot_code", "mode", "needs_mask"),
    *("access_mask", "lowest_age", "highest_age", "easting", "northing", "confirmed_on"),
)
EVERY = None


@transaction.atomic
def relist(*, service_ids: Collection[int] | None = EVERY, by: Person, at: datetime) -> int:
    """What the public finds of these services, by default all, is what they are now.

    One that was taken down because nobody confirmed it is not found (market.listings).

    Whether a provider is in the pool and its checks are in date is not kept here but worked
    out on the day of a search. Returns how many were listed.
    """
    found, down = providers.to_list(service_ids), listings.taken_down_ids(service_ids)
    _upsert([_listing(one, is_public=one.service_id not in down) for one in found])
    refs = [one.ref for one in found] if service_ids is not None else []
    audit.record(
        tag=Tag.LISTED,
        subject="listings",
        details={"refs": refs, "count": len(found)},
        by=by,
        at=at,
    )
    return len(found)


@transaction.atomic
def note_unmet(
    *,
    needs_mask: int,
    age: int | None,
    outcode: str,
    mode: Mode | None,
    by: Person,
    at: datetime,
) -> bool:
    """Somebody looked for this today and found nothing; noted once a day, never who (S101).

    Returns whether it was new today.
    """
    _, is_new = UnmetSearch.objects.get_or_create(
        needs_mask=needs_mask,
        age=age,
        outcode=outcode,
        mode=mode or "",
        day=london_day(at),
    )
    if is_new:
        audit.record(tag=Tag.LOOKED_FOR, subject="search", details={}, by=by, at=at)
    return is_new


def _upsert(rows: Sequence[Listing]) -> None:
    Listing.objects.bulk_create(
        rows,
        batch_size=2_000,
        update_conflicts=True,
        unique_fields=["service"],
        update_fields=COLUMNS,
    )


def _listing(one: providers.ToList, *, is_public: bool) -> Listing:
    text = rules.text_of(
        *(one.name, one.provider_name, one.lot_name, one.mode.label),
        *(one.what_it_is, one.what_to_expect, one.how_to_get_it),
        needs=needs.from_mask(one.needs_mask),
    )
    return Listing(
        service_id=one.service_id,
        is_public=one.is_listed and is_public,
        name=one.name,
        provider_name=one.provider_name,
        words=SearchVector(Value(text), config="english"),
        lot_code=one.lot_code,
        mode=one.mode,
        needs_mask=one.needs_mask,
        access_mask=one.access_mask,
        lowest_age=one.lowest_age,
        highest_age=one.highest_age,
        easting=one.easting,
        northing=one.northing,
        confirmed_on=one.confirmed_on,
    )
