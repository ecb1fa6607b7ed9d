"""Makes waivers and claims for tests, through actions."""

from datetime import date, timedelta

from flsf.core.people import SYSTEM, Person
from flsf.mandate.budgets.enums import Route
from flsf.mandate.budgets.models import Budget
from flsf.mandate.budgets.rules import Posting
from flsf.mandate.framework.enums import SpendLine
from flsf.mandate.waivers import actions as waivers
from flsf.mandate.waivers.models import Waiver
from flsf.shared.accounts.enums import Team
from tests.factories import NOW, TODAY


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
) -> Posting:
    return Posting(
        budget_id=out_of.pk,
        award_ref="A-TEST2",
        source_ref="A-TEST2",
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
