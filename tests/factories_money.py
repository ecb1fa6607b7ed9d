"""Makes waivers and claims for tests, through actions."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from flsf.casework.calloffs.models import Award
from flsf.core.half_days import Half, HalfDay
from flsf.core.money import Money
from flsf.core.people import SYSTEM, Person
from flsf.delivery.attendance import actions as attendance
from flsf.delivery.attendance.models import Mark
from flsf.delivery.attendance.rules import Facts
from flsf.delivery.placements.models import Placement
from flsf.mandate.budgets.enums import Route
from flsf.mandate.budgets.models import Budget
from flsf.mandate.budgets.rules import Posting
from flsf.mandate.framework.enums import SpendLine
from flsf.mandate.waivers import actions as waivers
from flsf.mandate.waivers.models import Waiver
from flsf.market.providers import actions as providers
from flsf.money.payments import actions as claims
from flsf.money.payments.models import Claim
from flsf.shared.accounts.enums import Role, Team
from tests import factories_delivery as delivery
from tests.factories import NOW, TODAY, council_member, member_of

APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)
BEGAN = delivery.BEGAN
LONG_AGO = datetime(2026, 4, 1, 9, tzinfo=UTC)


def waiver(
    *,
    starts_on: date = date(2026, 4, 1),
    expires_on: date = TODAY + timedelta(days=30),
    approved_on: date = date(2026, 4, 1),
    by: Person = SYSTEM,
) -> Waiver:
    return waivers.grant(
        reason="No provider on the framework can give this therapy yet.",
        provider_name="Willow Therapy",
        value_pence=1_250_000,
        starts_on=starts_on,
        expires_on=expires_on,
        approver_name="Director of Children's Services",
        approved_on=approved_on,
        by=by,
        at=NOW,
    )


def ledger_line(
    out_of: Budget,
    *,
    day: date,
    pounds: int,
    route: Route = Route.DIRECT_AWARD,
    spend_line: SpendLine = SpendLine.AP,
    award_ref: str = "A-TEST2",
) -> Posting:
    return Posting(
        budget_id=out_of.pk,
        award_ref=award_ref,
        source_ref=award_ref,
        provider_ref="P-TEST2",
        provider_name="Canal Side",
        team=Team.SEND,
        route=route,
        spend_line=spend_line,
        lot_code="",
        net_pence=pounds * 100,
        vat_pence=0,
        day=day,
    )


def billed(
    *, half_days: Iterable[HalfDay] = delivery.WEEK, most: int = 1_000_000, vat: int = 0
) -> Placement:
    """A running placement at £40 an hour, agreed at two hours a half-day, with a budget."""
    placement = delivery.running(half_days=half_days)
    Award.objects.filter(pk=placement.award_id).update(
        net_pence=most, gross_pence=most, minutes_a_half_day=120, vat_basis_points=vat
    )
    providers.set_rate(
        service_id=placement.service_id,
        rate=Money(4000),
        in_force_from=BEGAN,
        by=SYSTEM,
        at=LONG_AGO,
    )
    return placement


def marked(
    placement: Placement, day: date, *, half: Half = Half.AM, facts: Facts = delivery.CAME
) -> Mark:
    """The session, marked on its day."""
    return attendance.mark(
        placement_id=placement.pk,
        day=day,
        half=half,
        facts=facts,
        agreed_by="" if HalfDay(day.weekday(), half) in delivery.WEEK else "The family",
        by=SYSTEM,
        at=datetime(day.year, day.month, day.day, 16, tzinfo=UTC),
    )


def claimed(placement: Placement, month: date = MAY, at: datetime = NOW) -> Claim:
    return claims.draft(provider_id=placement.provider_id, month=month, by=SYSTEM, at=at)


def sent(placement: Placement, month: date = MAY) -> Claim:
    claim = claimed(placement, month)
    person = member_of(placement.provider.organisation)
    claims.submit(claim_id=claim.pk, by=person, at=NOW)
    return claim


def approved(placement: Placement, month: date = MAY) -> Claim:
    claim = sent(placement, month)
    claims.approve(claim_id=claim.pk, reason="As marked.", by=council_member(Role.FINANCE), at=NOW)
    return claim
