"""Reads of how the market is shared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flsf.casework.calloffs import queries as calloffs
from flsf.core.dates import anniversary
from flsf.core.people import SYSTEM
from flsf.mandate.budgets import queries as budgets
from flsf.mandate.framework import queries as framework
from flsf.market.admissions import queries as admissions
from flsf.market.providers import queries as providers
from flsf.market.providers.enums import ProviderKind
from flsf.oversight.shares.enums import Trait
from flsf.oversight.shares.rules import Member


@dataclass(frozen=True, slots=True)
class LotSupply:
    """A kind of support and how many can give it."""

    code: str
    name: str
    in_pool: int
    only: str  # the one provider, if there is just one
    paid_to: int  # how many were paid for it in the year


def year_to(on: date) -> date:
    """The first of the twelve months that end with a day."""
    return date.fromordinal(anniversary(on, -1).toordinal() + 1)


def members(on: date) -> list[Member]:
    """Every provider that is in the pool, or was bought from or paid in the twelve months."""
    since = year_to(on)
    pool = {provider_id for provider_id, _ in admissions.in_pool(on)}
    awards = calloffs.by_provider(since=since, until=on)
    paid = budgets.paid_by_provider(since=since, until=on)
    found = []
    for one in providers.register(person=SYSTEM):
        count, pence = awards.get(one.pk, (0, 0))
        paid_for, got = paid.get(one.ref, (0, 0))
        if one.pk not in pool and not count and not got:
            continue
        found.append(
            Member(
                ref=one.ref,
                name=one.name,
                kind=str(one.get_kind_display()),
                traits=_traits(one),
                is_in_pool=one.pk in pool,
                awards=count,
                awarded=pence,
                paid=got,
                paid_for=paid_for,
            )
        )
    return found


def _traits(one: providers.ProviderRow) -> frozenset[Trait]:
    has: Mapping[Trait, bool] = {
        Trait.LOCAL: one.is_local,
        Trait.SMALL: one.is_small,
        Trait.VOLUNTARY: one.kind == ProviderKind.VOLUNTARY,
    }
    return frozenset(trait for trait, is_so in has.items() if is_so)


def lot_supply(on: date) -> list[LotSupply]:
    """Each lot of a running framework, those with the fewest providers first."""
    running = framework.running_lot_ids(on)
    names = {one.pk: one.name for one in providers.register(person=SYSTEM)}
    pool: dict[int, list[str]] = {lot_id: [] for lot_id in running}
    for provider_id, lot_id in admissions.in_pool(on):
        pool.setdefault(lot_id, []).append(names[provider_id])
    paid = budgets.providers_paid_by_lot(since=year_to(on), until=on)
    found = [
        LotSupply(
            code=lot.code,
            name=lot.name,
            in_pool=len(pool[lot_id]),
            only=pool[lot_id][0] if len(pool[lot_id]) == 1 else "",
            paid_to=paid.get(lot.code, 0),
        )
        for lot_id, lot in framework.lot_facts().items()
        if lot_id in running
    ]
    return sorted(found, key=lambda one: (one.in_pool, one.name))
