"""A small world in which services can be matched and bought, for tests of matching and awards."""

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from flsf.casework.calloffs.enums import Decision, DirectGround
from flsf.casework.calloffs.models import Award
from flsf.casework.calloffs.queries import Wanted
from flsf.casework.children.models import Child
from flsf.casework.referrals.models import Referral
from flsf.core.geo import Point
from flsf.core.half_days import WEEK
from flsf.core.needs import Need
from flsf.flows.award_calloff import Choice, decide_award, propose_award
from flsf.mandate.budgets.models import Budget
from flsf.mandate.framework.models import Lot
from flsf.market.providers.models import Provider, Service
from flsf.market.providers.rules import NewSite
from flsf.shared.accounts.enums import Role
from flsf.shared.accounts.models import User
from tests import factories, factories_awards, factories_casework, factories_market
from tests.factories import NOW

_numbers = count(1)

HOME = Point(390_000, 280_000)
WANTED = date(2026, 6, 8)  # a Monday in term
LETTERS = "ABDEFGHJLN"
AUTISM = Need.ASD.bit
EVERY_HALF_DAY = {one.index: 5 for one in WEEK}
TWO_MORNINGS = 0b101


def postcode(number: int) -> str:
    """One of a thousand that nobody lives at."""
    first, second = LETTERS[number // 10 % 10], LETTERS[number // 100 % 10]
    return f"ZZ1 {number % 10}{first}{second}"


def service(in_lot: Lot, of: Provider | None = None, **more: Any) -> Service:
    """A service that fits the usual request, a kilometre from the child."""
    number = next(_numbers)
    provider = of or factories_market.provider(f"Provider {number}", is_local=True)
    if of is None:
        factories_market.party(factories_market.admitted(provider, in_lot=in_lot))
        factories_market.all_shown(provider)
    usual: dict[str, Any] = {
        "name": f"Service {number}",
        "needs_mask": AUTISM,
        "site": NewSite(f"Site {number}", postcode(number), Point(391_000, 280_000)),
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


def choice(at: Scene, **more: Any) -> Choice:
    """Two mornings from the day wanted until the end of term, with the service of the scene."""
    wanted = {
        "service_ref": at.service.ref,
        "half_days_mask": TWO_MORNINGS,
        "minutes_a_half_day": 150,
        "starts_on": WANTED,
        "ends_on": date(2026, 7, 17),
        "budget_id": at.budget.pk,
    }
    wanted |= {name: more.pop(name) for name in wanted if name in more}
    usual = {"budget_id": wanted["budget_id"], "ground": DirectGround.BEST_FIT}
    return Choice(wanted=Wanted(**wanted), **(usual | more))


def proposed(at: Scene, **more: Any) -> Award:
    """The scene's caseworker has proposed the award."""
    ref = propose_award(
        referral_id=at.referral.pk, choice=choice(at, **more), by=at.caseworker, at=NOW
    )
    return Award.objects.get(ref=ref)


def decided(
    award: Award, by: User, decision: Decision = Decision.AWARDED, reason: str = "Fits best."
) -> str | None:
    return decide_award(award_id=award.pk, decision=decision, reason=reason, by=by, at=NOW)


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
