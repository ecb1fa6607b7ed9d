"""Where a provider was accepted and families find nothing of it yet."""

from collections.abc import Iterable
from datetime import date

from flsf.market.applications import queries as applications
from flsf.market.applications.queries import Offered
from flsf.market.listings import queries as listings
from flsf.market.providers import queries as providers


def not_told_yet(provider_id: int, *, on: date) -> list[Offered]:
    """What it offered in each lot in which it has no service, and none that waits. Three queries
    and those of its services.
    """
    there = [one.lot_id for one in providers.services_of(provider_id, on=on)]
    waiting = [one.facts.lot_id for one in listings.latest_of(provider_id).get(None, [])]
    return without(applications.offered(provider_id, on=on), there, waiting)


def without(
    offered: dict[int, Offered], there: Iterable[int], waiting: Iterable[int]
) -> list[Offered]:
    """Those of lots in neither list."""
    told = {*there, *waiting}
    return [one for lot_id, one in offered.items() if lot_id not in told]
