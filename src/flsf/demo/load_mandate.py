"""Lays down Marlbeck's funds, budgets, limits and waivers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flsf.core.people import Person
from flsf.demo.plan.days import Days
from flsf.mandate.budgets import actions as budgets
from flsf.mandate.budgets.enums import FundKind
from flsf.mandate.waivers import actions as waivers
from flsf.shared.accounts.enums import Role, Team

FUNDS = (
    ("high-needs", "High needs block", FundKind.HIGH_NEEDS),
    ("virtual-school", "Virtual School", FundKind.VIRTUAL_SCHOOL),
    ("council", "Council contribution", FundKind.COUNCIL),
)
FUND_OF = {
    Team.SEND: "high-needs",
    Team.AP: "high-needs",
    Team.VIRTUAL_SCHOOL: "virtual-school",
}
TEAM_OF = {"send": Team.SEND, "ap": Team.AP, "virtual_school": Team.VIRTUAL_SCHOOL}
# Pounds for each fund: three past years, this year and the next.
AMOUNTS: Mapping[str, tuple[int, int, int, int, int]] = {
    "high-needs": (1_100_000, 1_700_000, 3_300_000, 4_600_000, 4_700_000),
    "virtual-school": (200_000, 300_000, 500_000, 700_000, 720_000),
    "council": (0, 0, 0, 120_000, 120_000),
}
LIMITS = ((Role.COMMISSIONER, 10_000_00), (Role.DIRECTOR, None))


@dataclass(frozen=True, slots=True)
class Purse:
    """Budget ids by fund and by the first day of the year."""

    budgets: Mapping[tuple[str, date], int]

    def of(self, team: Team, year: date) -> int:
        return self.budgets[FUND_OF[team], year]


def load_money(days: Days, *, by: Person, at: datetime) -> Purse:
    """Funds have budgets for five years, and it is known who may decide how much."""
    made = {}
    years = (*days.three_years, days.year, days.year.replace(year=days.year.year + 1))
    for code, name, kind in FUNDS:
        fund = budgets.open_fund(code=code, name=name, kind=kind, by=by, at=at)
        for year, pounds in zip(years, AMOUNTS[code], strict=True):
            made[code, year] = budgets.set_budget(
                fund_id=fund.pk, year_begins=year, amount_pence=pounds * 100, by=by, at=at
            ).pk
    for role, limit in LIMITS:
        budgets.set_limit(
            role=role,
            limit_pence=limit,
            in_force_from=days.three_years[0],
            source="Scheme of delegation, Marlbeck constitution part 3",
            by=by,
            at=at,
        )
    return Purse(made)


@dataclass(frozen=True, slots=True)
class WaiverPlan:
    """Days counted from today: negative are past."""

    key: str
    reason: str
    provider: str
    pounds: int
    starts: int
    expires: int
    ended: int | None = None


WAIVERS = (
    WaiverPlan("send", "Bought before the framework, SEND", "", 640_000, -1300, -450, -448),
    WaiverPlan("ap", "Bought before the framework, AP", "", 900_000, -1300, -450, -446),
    WaiverPlan("vs", "Bought before the framework, Virtual School", "", 300_000, -1300, -450, -445),
    WaiverPlan("w1", "Settled with a provider that left", "Sunrise Tutors", 42_000, -400, -9),
    WaiverPlan("w2", "Specialist provision, no lot yet", "Meridian Learning", 88_000, -380, 24),
    WaiverPlan("w3", "Exam year: kept with the same tutor", "North Star Tutors", 18_500, -330, 61),
    WaiverPlan("w4", "Sibling group kept together", "The Lamp Room", 26_000, -300, 96),
    WaiverPlan("w5", "Hospital discharge at short notice", "Second Bell", 14_200, -210, 130),
    WaiverPlan("w6", "Named in a plan before the framework", "Calm Harbour", 39_000, -350, 158),
    WaiverPlan("w7", "Robot classroom trial", "Brightline Online School", 21_000, -120, 190),
)  # fmt: skip


def load_waivers(days: Days, *, by: Person, at: datetime) -> dict[str, int]:
    """Seven waivers are live, one of them overdue; those of the first years have ended."""
    made = {}
    for one in WAIVERS:
        starts_on = days.today + timedelta(days=one.starts)
        waiver = waivers.grant(
            reason=one.reason,
            provider_name=one.provider,
            value_pence=one.pounds * 100,
            starts_on=starts_on,
            expires_on=days.today + timedelta(days=one.expires),
            approver_name="Director of Children's Services",
            approved_on=starts_on - timedelta(days=7),
            by=by,
            at=at,
        )
        made[one.key] = waiver.pk
        if one.ended is not None:
            waivers.end(
                waiver_id=waiver.pk,
                ended_on=days.today + timedelta(days=one.ended),
                why="Everybody moved onto the framework or finished.",
                by=by,
                at=at,
            )
    return made
