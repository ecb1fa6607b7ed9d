"""Reads of the signs of every admitted provider, from what other stages hold."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from flsf.core.dates import anniversary
from flsf.core.needs import from_mask
from flsf.core.people import SYSTEM, Person
from flsf.delivery.placements import queries as placements
from flsf.mandate.budgets import queries as budgets
from flsf.mandate.framework import queries as framework
from flsf.mandate.law import queries as law
from flsf.market.admissions import queries as admissions
from flsf.market.checks import queries as checks
from flsf.market.checks.enums import Standing as CheckStanding
from flsf.market.listings import queries as listings
from flsf.market.providers import queries as providers
from flsf.market.providers.enums import ServiceStatus
from flsf.market.providers.queries import CatalogueRow
from flsf.money.payments import queries as payments
from flsf.oversight.meetings import queries as meetings
from flsf.oversight.meetings.queries import Timing
from flsf.oversight.shares.queries import year_to
from flsf.oversight.signals import rules
from flsf.oversight.signals.enums import Standing
from flsf.oversight.signals.rules import Asked, Facts, Price, Signal, Terms, Wait

COUNTS_CHILDREN = "view-placements"


@dataclass(frozen=True, slots=True)
class Watched:
    """A provider with its signs, and when it is met next."""

    timing: Timing
    signals: tuple[Signal, ...]

    @property
    def standing(self) -> Standing:
        """The worst of the signs that are known."""
        return rules.worst(self.signals)

    def with_standing(self, standing: Standing) -> list[Signal]:
        """The signs that say so."""
        return [one for one in self.signals if one.standing is standing]


def watched(*, person: Person, on: date, provider_id: int | None = None) -> list[Watched]:
    """Each admitted provider with its signs, the worst first. Fixed queries, however many.

    Whoever may not see placements is told no count of one to four children.
    """
    timings = meetings.timings(person=person, on=on, provider_id=provider_id)
    terms = Terms.of(law.values(rules.KEYS, on=on))
    facts = _facts(timings, on=on)
    may_count = person.may(COUNTS_CHILDREN)
    found = []
    for one in timings:
        asked = Asked(facts=facts[one.provider_id], terms=terms, on=on, may_count=may_count)
        found.append(Watched(one, tuple(rules.signals(asked))))
    return sorted(found, key=lambda one: (*rules.urgency(one.signals), one.timing.due.on))


def _facts(timings: Collection[Timing], *, on: date) -> dict[int, Facts]:
    since, a_year_ago = year_to(on), anniversary(on, -1)
    ids = sorted(one.provider_id for one in timings)
    paid = budgets.paid_by_provider(since=since, until=on)
    paid_to_all = sum(max(0, pence) for _, pence in paid.values())
    incomes, last = meetings.incomes(on=on), meetings.last_told(person=SYSTEM, on=on)
    then, now = placements.counts_by_provider(a_year_ago), placements.counts_by_provider(on)
    ended = placements.ended_by_provider(since=since, until=on)
    waits = payments.waits(since=since, until=on)
    standings = checks.standings(ids, on=on)
    supply = _Supply.on(on)
    found = {}
    for one in timings:
        pk = one.provider_id
        income = incomes.get(pk)
        is_new = one.admitted_on > a_year_ago and pk not in then
        told = last.get(pk)
        found[pk] = Facts(
            paid=paid.get(one.provider_ref, (0, 0))[1],
            paid_to_all=paid_to_all,
            income=income.income_pence if income else None,
            income_said_on=income.held_on if income else None,
            children_then=None if is_new or not then else then.get(pk, 0),
            children_now=now.get(pk, 0),
            waits=tuple(Wait(*each) for each in waits.get(pk, ())),
            prices=supply.prices(pk),
            ended=ended.get(pk, (0, 0))[0],
            ended_early=ended.get(pk, (0, 0))[1],
            services=len(supply.services.get(pk, ())),
            not_taking=supply.not_taking(pk),
            overdue=_named(standings[pk], CheckStanding.OVERDUE),
            lapsing=_named(standings[pk], CheckStanding.DUE_SOON),
            only_lots=supply.only_lots(pk),
            only_needs=supply.only_needs(pk),
            met_on=told.held_on if told else None,
            leaving=told.leaving if told else "",
        )
    return found


def _named(shown: Collection[checks.CheckStanding], standing: CheckStanding) -> tuple[str, ...]:
    return tuple(one.name for one in shown if one.standing is standing)


@dataclass(frozen=True, slots=True)
class _Supply:
    """What every provider offers on a day, and who is in the pool."""

    day: date
    services: Mapping[int, list[CatalogueRow]]
    names: Mapping[int, providers.ServiceName]
    rates: Mapping[int, Mapping[date, int]]
    taken_down: frozenset[int]
    pool: frozenset[tuple[int, int]]
    lots: Mapping[int, str]

    @classmethod
    def on(cls, on: date) -> "_Supply":
        services: dict[int, list[CatalogueRow]] = {}
        for one in providers.catalogue(on):
            services.setdefault(one.provider_id, []).append(one)
        ids = [one.service_id for rows in services.values() for one in rows]
        return cls(
            day=on,
            services=services,
            names=providers.names(ids),
            rates=providers.rates_of(ids),
            taken_down=listings.taken_down_ids(ids),
            pool=admissions.in_pool(on),
            lots={pk: lot.name for pk, lot in framework.lot_facts().items()},
        )

    def not_taking(self, provider_id: int) -> int:
        """How many of its services are full, closed, or not found by the public any more."""
        return sum(
            one.status != ServiceStatus.OPEN
            or (one.closed_from is not None and one.closed_from <= self.day)
            or one.service_id in self.taken_down
            for one in self.services.get(provider_id, ())
        )

    def prices(self, provider_id: int) -> tuple[Price, ...]:
        """Since when each of its services has the price that it has, where it has one."""
        found = []
        for one in self.services.get(provider_id, ()):
            rates = self.rates[one.service_id]
            begun = sorted(day for day in rates if day <= self.day)
            if begun:
                since = begun[-1]
                for day in reversed(begun[:-1]):
                    if rates[day] != rates[since]:
                        break
                    since = day
                found.append(Price(self.names[one.service_id].name, since))
        return tuple(found)

    def only_lots(self, provider_id: int) -> tuple[str, ...]:
        """The lots in which nobody else may take new children."""
        held = [lot for provider, lot in self.pool if provider == provider_id]
        several = {lot for provider, lot in self.pool if provider != provider_id}
        return tuple(sorted(self.lots[lot] for lot in held if lot not in several))

    def only_needs(self, provider_id: int) -> tuple[str, ...]:
        """The needs that no service of anybody else in the pool is for."""
        mine = others = 0
        for provider, rows in self.services.items():
            for one in rows:
                if (provider, one.lot_id) in self.pool:
                    if provider == provider_id:
                        mine |= one.needs_mask
                    else:
                        others |= one.needs_mask
        return tuple(need.label for need in from_mask(mine & ~others))
