"""One service, one provider, and what is missing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flsf.core.needs import ORDER, Need, from_mask
from flsf.mandate.framework import queries as framework
from flsf.market.directory import rules
from flsf.market.directory.enums import Ageing, Availability
from flsf.market.directory.models import UnmetSearch
from flsf.market.directory.queries.cards import Card
from flsf.market.directory.queries.index import availability_of, current
from flsf.market.directory.queries.search import cards
from flsf.market.directory.rules.engine import TAKING
from flsf.market.listings import queries as listings
from flsf.market.providers import queries as providers
from flsf.market.providers.enums import Mode

A_YEAR = timedelta(days=365)
MOST_LOOKED_FOR = 30


@dataclass(frozen=True, slots=True)
class Shown:
    """A service as the public reads it on a day."""

    service: providers.ServiceRow
    availability: Availability
    ageing: Ageing
    days_since_confirmed: int
    taken_down_on: date | None  # the public no longer finds it in a search


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
    )


def provider(slug: str, *, on: date) -> tuple[providers.ProviderRow, Sequence[Card]] | None:
    """The provider at that address and its public services, if it has any."""
    found = providers.provider_with_slug(slug)
    if found is None:
        return None
    listed = cards(providers.listed_slugs(found.pk), on=on)
    return (found, listed) if listed else None


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
    rows = UnmetSearch.objects.filter(day__gt=on - A_YEAR, day__lte=on)
    counted = Counter(rows.values_list("needs_mask", "age", "mode", "day").distinct().order_by())
    days = Counter((needs, age, mode) for needs, age, mode, _ in counted)
    return [
        LookedFor(from_mask(needs), age, Mode(mode) if mode else None, count)
        for (needs, age, mode), count in sorted(
            days.items(), key=lambda pair: (-pair[1], -pair[0][0], pair[0][1] or 0, pair[0][2])
        )[:MOST_LOOKED_FOR]
    ]
