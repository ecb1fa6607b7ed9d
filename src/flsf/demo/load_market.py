"""Brings Marlbeck's framework, providers and services to life."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from flsf.core.half_days import from_mask
from flsf.core.masks import to_mask
from flsf.core.money import Money
from flsf.core.people import SYSTEM, Person
from flsf.demo import people
from flsf.demo.plan.days import Days, moment
from flsf.demo.plan.names import phone
from flsf.demo.plan.providers import TRADES, ProviderPlan, ServicePlan
from flsf.demo.plan.qualities import qualities_of
from flsf.mandate.framework import actions as framework
from flsf.mandate.framework.enums import SpendLine, Unit
from flsf.market.admissions import actions as admissions
from flsf.market.admissions.enums import SuspensionReason
from flsf.market.admissions.rules import NewAdmission
from flsf.market.checks import actions as checks
from flsf.market.checks.rules import DEFAULT_CHECKS, NewEvidence
from flsf.market.directory import actions as directory
from flsf.market.providers import actions as providers
from flsf.market.providers.enums import Mode, ServiceStatus
from flsf.market.providers.rules import (
    NewProvider,
    NewService,
    NewSite,
    ProviderFacts,
    ServiceFacts,
)
from flsf.shared.accounts import queries as accounts

LOT_CODES = {
    "ap_full": "full-time-ap",
    "ap_part": "part-time-ap-academic",
    "vocational": "part-time-ap-vocational",
    "enrichment": "enrichment",
    "tutor_qts": "tutoring-in-person-qts",
    "tutor": "tutoring-in-person",
    "online_qts": "tutoring-online-qts",
    "online": "tutoring-online",
    "mentoring": "mentoring",
    "therapy": "therapies",
    "creative": "creative-outdoor",
    "medical": "medical-teaching",
    "post16": "post-16",
    "internship": "supported-internships",
}
# So that those who can be looked around as have something to show again.
RUNS_OUT = {
    (people.TUITION[0], "first-aid"): 25,
    (people.SOLE[0], "public-liability"): 6,
}
CEILING = Money(68_500_000_00)


@dataclass(frozen=True, slots=True)
class Offered:
    """A service as later loaders need to know it."""

    service_id: int
    provider_id: int
    provider_ref: str
    provider_name: str
    organisation_id: int
    lot_code: str
    unit: Unit
    spend_line: SpendLine
    rate_pence: int
    vat_basis_points: int
    name: str


Market = Mapping[tuple[str, int], Offered]


def load(plans: Sequence[ProviderPlan], days: Days, *, by: Person, at: datetime) -> Market:
    """The framework runs, providers are in its lots with their checks, services are listed."""
    lots = _framework(days, by=by, at=at)
    organisations = {one.name: one.pk for one in accounts.organisations(SYSTEM)}
    made = providers.take_in_many(
        providers=[_new(plan, organisations.get(plan.name)) for plan in plans], by=by, at=at
    )
    found = list(zip(plans, made, strict=True))
    services = providers.take_in_services(
        services=[
            _service(plan, one, provider.pk, lots[LOT_CODES[one.trade]][0], days)
            for plan, provider in found
            for one in plan.services
        ],
        by=by,
        at=at,
    )
    _show_checks([(plan, provider.pk) for plan, provider in found], days, by=by, at=at)
    _admit([(plan, provider.pk) for plan, provider in found], lots, days, by=by, at=at)
    directory.relist(by=by, at=at)
    flat = [(plan, provider, n) for plan, provider in found for n in range(len(plan.services))]
    market = {}
    for (plan, provider, number), service in zip(flat, services, strict=True):
        code = LOT_CODES[plan.services[number].trade]
        _, unit, line = lots[code]
        market[plan.key, number] = Offered(
            *(service.pk, provider.pk, provider.ref, provider.name, provider.organisation_id),
            *(code, unit, line, plan.services[number].rate_pence, plan.vat_basis_points),
            service.name,
        )
    return market


def _framework(days: Days, *, by: Person, at: datetime) -> dict[str, tuple[int, Unit, SpendLine]]:
    made = framework.establish(
        name="Flexible Learning Support Framework",
        starts_on=days.framework_starts,
        initial_years=3,
        extension_years_allowed=5,
        ceiling=CEILING,
        decided_by_body="Cabinet of Marlbeck Council",
        decided_on=days.framework_starts - timedelta(days=200),
        minute="57",
        by=by,
        at=moment(days.framework_starts),
    )
    checks.require_many(needed_from=days.framework_starts, by=by, at=at)
    return {
        lot.code: (lot.pk, Unit(lot.unit), SpendLine(lot.spend_line))
        for lot in framework.open_lots(framework_id=made.pk, by=by, at=at)
    }


def _new(plan: ProviderPlan, organisation_id: int | None) -> NewProvider:
    rng = Random(plan.key)  # noqa: S311 - made-up telephone numbers
    return NewProvider(
        facts=ProviderFacts(
            name=plan.name,
            kind=plan.kind,
            registration=plan.registration,
            is_small=plan.is_small,
            is_local=plan.is_local,
            types_mask=None if plan.types is None else to_mask(plan.types),
            vat_basis_points=plan.vat_basis_points,
            about=f"{plan.name} works with children and young people in and around Marlbeck.",
            phone=phone(rng),
            email=f"hello@{plan.key}.example",
            website=f"https://{plan.key}.example",
            safeguarding_lead="Named on request",
        ),
        organisation_id=organisation_id,
        sites=(NewSite("Main place", plan.postcode),),
    )


def _service(
    plan: ProviderPlan, one: ServicePlan, provider_id: int, lot_id: int, days: Days
) -> NewService:
    trade = TRADES[one.trade]
    begins = days.three_years[0]
    return NewService(
        provider_id=provider_id,
        facts=ServiceFacts(
            name=one.name,
            lot_id=lot_id,
            mode=trade.mode,
            lowest_age=one.ages[0],
            highest_age=one.ages[1],
            needs_mask=one.needs,
            access_mask=one.access,
            qualities_mask=qualities_of(one.trade, one.access),
            largest_group=trade.group,
            days_to_start=one.days_to_start,
            what_it_is=trade.what,
            how_to_get_it="Ask your school or the council, or ask us for support yourself.",
            what_to_expect=trade.expect,
            travel="" if trade.mode is Mode.ONLINE else "On a bus route. Parking outside.",
        ),
        site=None if trade.mode is Mode.ONLINE else NewSite("Main place", plan.postcode),
        confirmed_on=days.ago(one.confirmed_days_ago),
        status=ServiceStatus.OPEN,
        rates=(
            (begins, one.rate_pence * 96 // 100),
            (days.framework_starts, one.rate_pence),
        ),
        places={half_day.index: one.places for half_day in from_mask(one.half_days)},
    )


def _show_checks(
    found: Sequence[tuple[ProviderPlan, int]], days: Days, *, by: Person, at: datetime
) -> None:
    rng = Random("Marlbeck: evidence")  # noqa: S311 - made-up certificates
    shown = []
    for plan, provider_id in found:
        for check in DEFAULT_CHECKS:
            left = rng.randrange(75, 340)
            if check.code == "public-liability":
                left = {"insurance-lapsed": -4, "insurance-soon": 12}.get(plan.flaw, left)
            left = RUNS_OUT.get((plan.name, check.code), left)
            expires_on = days.ahead(left)
            # The year before as well, so that what was admitted then was lawful then.
            for last_day in (expires_on - timedelta(days=365), expires_on):
                shown.append(
                    NewEvidence(
                        provider_id=provider_id,
                        code=check.code,
                        number=f"{check.code[:3].upper()}-{rng.randrange(10_000, 99_999)}",
                        holds_from=last_day - timedelta(days=430),
                        expires_on=last_day,
                    )
                )
    checks.see_evidence_many(evidence=shown, by=by, at=at)


def _admit(
    found: Sequence[tuple[ProviderPlan, int]],
    lots: Mapping[str, tuple[int, Unit, SpendLine]],
    days: Days,
    *,
    by: Person,
    at: datetime,
) -> None:
    by_day: dict[date, list[NewAdmission]] = {}
    for plan, provider_id in found:
        by_day.setdefault(joined(plan, days), []).extend(_wanted(plan, provider_id, lots, days))
    flaws = {provider_id: plan.flaw for plan, provider_id in found}
    for day, new in sorted(by_day.items()):
        made = admissions.admit_many(admissions=new, by=by, at=moment(day))
        for admission, one in zip(made, new, strict=True):
            if flaws[one.provider_id] in ("suspended", "left"):
                admissions.suspend(
                    admission_id=admission.pk,
                    reason=SuspensionReason.QUALITY,
                    explanation="Two visits found the same gaps. New placements are paused.",
                    takes_effect_on=days.today,
                    review_on=days.ahead(28),
                    by=by,
                    at=at,
                )


def _wanted(
    plan: ProviderPlan,
    provider_id: int,
    lots: Mapping[str, tuple[int, Unit, SpendLine]],
    days: Days,
) -> list[NewAdmission]:
    return [
        NewAdmission(
            provider_id=provider_id,
            lot_id=lots[code][0],
            takes_effect_on=joined(plan, days),
            reason="Meets every check and criterion of the framework.",
        )
        for code in dict.fromkeys(LOT_CODES[one.trade] for one in plan.services)
    ]


def joined(plan: ProviderPlan, days: Days) -> date:
    """The day from which a provider is in the pool."""
    return max(days.framework_starts, days.ago(plan.joined_days_ago))
