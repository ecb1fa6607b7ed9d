"""One service, one provider, and what is missing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import QuerySet

from flsf.core.access import Access
from flsf.core.needs import ORDER, Need, from_mask
from flsf.core.people import Person
from flsf.core.qualities import Quality
from flsf.mandate.framework import queries as framework
from flsf.market.directory import rules
from flsf.market.directory.enums import Ageing, Availability, Source
from flsf.market.directory.models import Listing, Told, UnmetSearch
from flsf.market.directory.queries.cards import Card
from flsf.market.directory.queries.index import availability_of, current
from flsf.market.directory.queries.search import cards, search
from flsf.market.directory.rules import Asked
from flsf.market.directory.rules.engine import TAKING
from flsf.market.listings import queries as listings
from flsf.market.others import queries as others
from flsf.market.providers import queries as providers
from flsf.market.providers.enums import Mode, ServiceStatus

A_YEAR = timedelta(days=365)
MOST_LOOKED_FOR = 30
FEW = 5  # fewer are told as few


@dataclass(frozen=True, slots=True)
class Shown:
    """A service as the public reads it on a day."""

    service: providers.ServiceRow
    availability: Availability
    ageing: Ageing
    days_since_confirmed: int
    taken_down_on: date | None  # the public no longer finds it in a search
    is_closed: bool
    changed_on: date  # what its page says of it last changed


@dataclass(frozen=True, slots=True)
class LookedFor:
    """Something people looked for in the last year and did not find, and on how many days."""

    needs: Sequence[Need]
    age: int | None
    mode: Mode | None
    days: int


@dataclass(frozen=True, slots=True)
class Gaps:
    """Kinds and needs with nothing that takes new children, and what was looked for in vain."""

    lots: Sequence[str]
    needs: Sequence[Need]
    looked_for: Sequence[LookedFor]


def service(slug: str, *, on: date) -> Shown | None:
    """The service at that address, if it is for the public; a closed one stays reachable."""
    found = providers.service_with_slug(slug, on=on)
    if found is None or not found.is_listed:
        return None
    return Shown(
        found,
        availability_of(found.provider_id, found.lot_id, found.site_id, found.status_on(on), on),
        rules.ageing(found.confirmed_on, on=on),
        (on - found.confirmed_on).days,
        listings.taken_down_on(found.pk),
        found.status_on(on) is ServiceStatus.CLOSED,
        _changed_on(found),
    )


def _changed_on(one: providers.ServiceRow) -> date:
    """A service that was never listed has said nothing since it was last confirmed."""
    known = Listing.objects.filter(service=one.pk).values_list("changed_on", flat=True).first()
    return known or one.confirmed_on


def provider(slug: str, *, on: date) -> tuple[providers.ProviderRow, Sequence[Card]] | None:
    """The provider at that address and its public services, if it has any."""
    found = providers.provider_with_slug(slug)
    if found is None:
        return None
    listed = cards(providers.listed_slugs(found.pk), on=on)
    return (found, listed) if listed else None


INSTEAD = 3


def instead_of(one: providers.ServiceRow, *, on: date) -> Sequence[Card]:
    """Up to three others of the same type with places, for one of the same needs if there are
    any.
    """
    asked = Asked(lot_codes=frozenset({one.lot.code}), needs_mask=one.needs_mask, taking_only=True)
    for question in (asked, replace(asked, needs_mask=0)):
        found = search(question, at=None, on=on, count=INSTEAD + 1).cards
        shown = [card for card in found if card.service_id != one.pk]
        if shown:
            return shown[:INSTEAD]
    return ()


@dataclass(frozen=True, slots=True)
class Beside:
    """One of several services compared: its card, and what more a choice is made by."""

    card: Card
    what_it_is: str
    how_to_get_it: str
    qualities: Sequence[Quality]
    access: Sequence[Access]
    half_days_mask: int
    days_to_start: int | None
    when: str


def compared(slugs: Sequence[str], *, on: date) -> list[Beside]:
    """The services at those addresses side by side, unknown ones left out. Six queries."""
    shown = cards(slugs, on=on)
    ours = providers.in_full_by_slug([card.slug for card in shown if not card.is_other], on=on)
    theirs = others.with_slugs([card.slug for card in shown if card.is_other])
    return [
        _beside_other(card, theirs[card.slug]) if card.is_other else _beside(card, ours[card.slug])
        for card in shown
    ]


def _beside(card: Card, one: providers.ServiceRow) -> Beside:
    mask = sum(1 << place.half_day for place in one.capacity.all() if place.places)
    return Beside(
        *(card, one.what_it_is, one.how_to_get_it, one.qualities, one.access, mask),
        *(one.days_to_start, ""),
    )


def _beside_other(card: Card, one: others.OtherRow) -> Beside:
    return Beside(
        *(card, one.what_it_is, one.how_to_get_it, one.qualities, one.access, 0, None, one.when)
    )


def gaps(on: date) -> Gaps:
    """What is missing on a day."""
    columns = current(on).columns
    taking = columns.availability == TAKING
    offered = {columns.lot_codes[at] for at in set(columns.lot[taking].tolist())}
    met = columns.needs_mask[taking]
    return Gaps(
        lots=[lot.name for lot in framework.lot_facts().values() if lot.code not in offered],
        needs=[need for need in ORDER if not (met & need.bit).any()],
        looked_for=_looked_for(on),
    )


def _looked_for(on: date) -> list[LookedFor]:
    rows = UnmetSearch.objects.filter(day__gt=on - A_YEAR, day__lte=on, source=Source.SEARCH)
    counted = Counter(rows.values_list("needs_mask", "age", "mode", "day").distinct().order_by())
    days = Counter((needs, age, mode) for needs, age, mode, _ in counted)
    return [
        LookedFor(from_mask(needs), age, Mode(mode) if mode else None, count)
        for (needs, age, mode), count in sorted(
            days.items(),
            # Small counts are told as such alone, so their order must not tell one from another.
            key=lambda pair: (-max(pair[1], FEW - 1), -pair[0][0], pair[0][1] or 0, pair[0][2]),
        )[:MOST_LOOKED_FOR]
    ]


@dataclass(frozen=True, slots=True)
class ByArea:
    """How often each need was looked for in vain in each postcode district, as it is counted.

    A search counts once a day, a referral once. Whoever publishes it hides the small counts.
    """

    needs: Sequence[Need]
    areas: Sequence[str]  # "" where nobody said
    counts: Sequence[Sequence[int]]  # a row for each need, a column for each area


def gaps_by_area(on: date, *, source: str = "") -> ByArea:
    """Needs by area over the last year, the most missed first; what names no need left out."""
    rows = UnmetSearch.objects.filter(day__gt=on - A_YEAR, day__lte=on)
    if source:
        rows = rows.filter(source=source)
    cells: Counter[tuple[Need, str]] = Counter()
    for mask, outcode in rows.values_list("needs_mask", "outcode"):
        cells.update((need, outcode) for need in from_mask(mask))
    needs: Counter[Need] = Counter()
    areas: Counter[str] = Counter()
    for (need, area), count in cells.items():
        needs[need] += count
        areas[area] += count
    rows_of = sorted(needs, key=lambda need: (-needs[need], need.label))
    columns = sorted(areas, key=lambda area: (area == "", area))
    counts = [[cells[need, area] for area in columns] for need in rows_of]
    return ByArea(rows_of, columns, counts)


def told(*, person: Person) -> QuerySet[Told]:
    """What people told us in words that they looked for, the newest first."""
    return Told.objects.visible_to(person).order_by("-told_at", "-pk")
