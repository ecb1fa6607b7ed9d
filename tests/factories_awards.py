"""Funds, budgets and what is bought with them, for tests of money and call-offs."""

from datetime import date
from itertools import count

from flsf.casework.calloffs.enums import DirectGround
from flsf.casework.calloffs.rules import Proposal, Terms
from flsf.casework.children.models import Child
from flsf.core.people import SYSTEM
from flsf.mandate.budgets import actions as budgets
from flsf.mandate.budgets.enums import FundKind, Route
from flsf.mandate.budgets.models import Budget
from flsf.mandate.budgets.rules import Posting
from flsf.mandate.framework.enums import SpendLine, Unit
from flsf.market.providers import actions as providers
from flsf.market.providers.enums import ProviderKind
from flsf.market.providers.models import Provider
from flsf.shared.accounts.enums import Role, Team
from tests import factories
from tests.factories import NOW, organisation

YEAR = date(2026, 4, 1)
MONDAY = date(2026, 6, 1)

_numbers = count(1)


def budget(pounds: int = 1000, *, year_begins: date = YEAR) -> Budget:
    number = next(_numbers)
    fund = budgets.open_fund(
        code=f"fund-{number}", name=f"Fund {number}", kind=FundKind.HIGH_NEEDS, by=SYSTEM, at=NOW
    )
    return budgets.set_budget(
        fund_id=fund.pk, year_begins=year_begins, amount_pence=pounds * 100, by=SYSTEM, at=NOW
    )


def posting(
    out_of: Budget,
    pounds: int,
    *,
    vat: int = 0,
    award: str = "A-TEST2",
    lot_code: str = "",
    team: Team = Team.SEND,
    day: date = MONDAY,
) -> Posting:
    return Posting(
        budget_id=out_of.pk,
        award_ref=award,
        source_ref=award,
        provider_ref="P-TEST2",
        provider_name="Canal Side",
        team=team,
        route=Route.DIRECT_AWARD,
        spend_line=SpendLine.AP,
        lot_code=lot_code,
        net_pence=pounds * 100,
        vat_pence=vat * 100,
        day=day,
    )


def limit(role: Role, pounds: int | None, *, since: date = YEAR) -> None:
    budgets.set_limit(
        role=role,
        limit_pence=None if pounds is None else pounds * 100,
        in_force_from=since,
        source="Scheme of delegation",
        by=SYSTEM,
        at=NOW,
    )


def provider(name: str = "Canal Side") -> Provider:
    return providers.register(
        name=name,
        kind=ProviderKind.COMPANY,
        organisation_id=organisation().pk,
        by=SYSTEM,
        at=NOW,
    )


def child() -> Child:
    return Child.objects.create(
        ref=f"C-{next(_numbers)}",
        first_name="Ada",
        last_name="Marsh",
        birth_date=date(2014, 9, 1),
        added_at=NOW,
    )


def terms(
    unit: Unit = Unit.HOUR, *, rate: int = 4000, vat: int = 0, mask: int = 0b11, minutes: int = 150
) -> Terms:
    return Terms(
        unit=unit,
        rate_pence=rate,
        vat_basis_points=vat,
        half_days_mask=mask,
        minutes_a_half_day=minutes,
        starts_on=MONDAY,
        ends_on=date(2026, 7, 17),
    )


def proposal(out_of: Budget | None = None, *, net: int = 50_000, **changes: object) -> Proposal:
    """A direct award in a lot, outside any shortlist, ready to be proposed."""
    inside = factories.lot()
    given: dict[str, object] = {
        "child_id": child().pk,
        "provider_id": provider(f"Provider {next(_numbers)}").pk,
        "terms": terms(),
        "net_pence": net,
        "vat_pence": 0,
        "route": Route.DIRECT_AWARD,
        "budget_id": (out_of or budget(100_000)).pk,
        "team": Team.SEND,
        "spend_line": SpendLine.AP,
        "lot_id": inside.pk,
        "lot_code": inside.code,
        "direct_ground": DirectGround.CONTINUITY,
    }
    return Proposal(**(given | changes))
