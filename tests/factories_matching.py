"""A small world in which services can be matched and bought, for tests of matching and awards."""

from dataclasses import dataclass
from datetime import date
from importlib import import_module
from itertools import count
from typing import Any

from flsf.casework.children.models import Child
from flsf.casework.matching.models import RuleSet
from flsf.casework.referrals.models import Referral
from flsf.core.geo import Point
from flsf.core.half_days import WEEK
from flsf.core.needs import Need
from flsf.mandate.budgets.models import Budget
from flsf.mandate.framework.models import Lot
from flsf.mandate.law.models import Provision
from flsf.market.providers.models import Provider, Service
from flsf.market.providers.rules import NewSite
from flsf.shared.accounts.enums import Role
from flsf.shared.accounts.models import User
from tests import factories, factories_awards, factories_casework, factories_market
from tests.factories import NOW

_numbers = count(1)

HOME = Point(390_000, 280_000)
WANTED = date(2026, 6, 8)  # a Monday in term
AUTISM = Need.ASD.bit
EVERY_HALF_DAY = {one.index: 2 for one in WEEK}
TWO_MORNINGS = 0b101


def rules_again() -> None:
    """What migrations load, which a test that empties the tables takes away."""
    rules = import_module("flsf.casework.migrations.0004_published_rules")
    RuleSet.objects.get_or_create(
        version=1,
        defaults={
            "in_force_from": date(2026, 4, 1),
            "content": rules.CONTENT,
            "sha256": "0" * 64,
            "published_at": NOW,
        },
    )
    law = import_module("flsf.mandate.migrations.0002_provisions")
    for key, value, unit, day, words, source, seed in law.PROVISIONS:
        Provision.objects.get_or_create(
            key=key,
            in_force_from=day,
            defaults={
                "value": value, "unit": unit, "words": words, "source": source, "seed_says": seed,
            },
        )  # fmt: skip


def service(in_lot: Lot, of: Provider | None = None, **more: Any) -> Service:
    """A service that fits the usual request, a kilometre from the child."""
    number = next(_numbers)
    provider = of or factories_market.provider(f"Provider {number}", is_local=True)
    if of is None:
        factories_market.admitted(provider, in_lot=in_lot)
        factories_market.all_shown(provider)
    usual: dict[str, Any] = {
        "name": f"Service {number}",
        "needs_mask": AUTISM,
        "site": NewSite(f"Site {number}", "ZZ1 1AA", Point(391_000, 280_000)),
        "rates": ((date(2026, 4, 1), 4000),),
        "places": EVERY_HALF_DAY,
    }
    later = {name: more.pop(name) for name in ("status", "closed_from") if name in more}
    made = factories_market.service(provider, in_lot, **(usual | more))
    for name, value in later.items():
        setattr(made, name, value)
    made.save()
    return made


def child(**given: Any) -> Child:
    made = factories_casework.child(needs=frozenset({Need.ASD}), main_need=Need.ASD, **given)
    made.easting, made.northing = HOME.easting, HOME.northing
    made.save(update_fields=["easting", "northing"])
    return made


def referral(of: Child | None = None, **given: Any) -> Referral:
    usual = {"half_days_mask": TWO_MORNINGS, "start_wanted_on": WANTED}
    return factories_casework.referral(of or child(), **(usual | given))


@dataclass(frozen=True)
class Scene:
    """A referral, a service that fits it, money to buy it with, and who does what."""

    referral: Referral
    service: Service
    lot: Lot
    budget: Budget
    caseworker: User
    director: User

    @property
    def child(self) -> Child:
        return self.referral.child


def scene(**given: Any) -> Scene:
    in_lot = factories.lot("Tutoring")
    factories_awards.limit(Role.DIRECTOR, None)
    return Scene(
        referral=referral(**given),
        service=service(in_lot),
        lot=in_lot,
        budget=factories_awards.budget(50_000),
        caseworker=factories.council_member(Role.CASEWORKER),
        director=factories.council_member(Role.DIRECTOR),
    )
