"""Figures for those who oversee. Sums and counts only: never a child's record."""

from dataclasses import dataclass
from datetime import date

from flsf.casework.calloffs import queries as calloffs
from flsf.casework.calloffs.enums import AwardStatus
from flsf.casework.referrals import queries as referrals
from flsf.casework.referrals.enums import Ground, Status
from flsf.core.dates import anniversary
from flsf.core.people import SYSTEM, Person
from flsf.delivery.attendance import queries as attendance
from flsf.delivery.outcomes import queries as outcomes
from flsf.delivery.placements import queries as placements
from flsf.mandate.budgets import queries as budgets
from flsf.mandate.budgets.enums import Group, Route
from flsf.mandate.budgets.rules import financial_year_of, year_in_words
from flsf.mandate.framework import queries as framework
from flsf.mandate.framework.enums import SpendLine
from flsf.oversight.reports import rules
from flsf.oversight.reports.models import BridgeBlock
from flsf.oversight.reports.rules import Began, Timely, half_up, pounds

FRAMEWORK_ROUTES = (Route.DIRECT_AWARD, Route.MINI_COMPETITION, Route.BLOCK)
OUTSIDE_ROUTES = (Route.SPOT, Route.WAIVER)

# The awards that were made, whether or not they still run.
BOUGHT = (AwardStatus.AWARDED, AwardStatus.ENDED)
TYPE_CHECKS = {
    "unit-cost-alternative": SpendLine.AP,
    "unit-cost-online": SpendLine.ONLINE,
    "unit-cost-in-person": SpendLine.IN_PERSON,
    "unit-cost-post-16": SpendLine.POST_16,
    "unit-cost-dedicated": SpendLine.MENTORING,
}


@dataclass(frozen=True, slots=True)
class Year:
    """What was committed and what was paid in one year of the plan, in pence. Never added."""

    label: str
    committed: int
    paid: int


@dataclass(frozen=True, slots=True)
class Trajectory:
    """Spending since the plan began; `years` are those that have begun."""

    starts_on: date
    labels: tuple[str, ...]
    years: tuple[Year, ...]
    planned_to_today: int | None

    @property
    def this_year(self) -> Year | None:
        return self.years[-1] if self.years else None


@dataclass(frozen=True, slots=True)
class Block:
    """One officer's account of a part of the gap."""

    pk: int
    words: str
    pence: int
    source: str
    set_by: str


@dataclass(frozen=True, slots=True)
class Monthly:
    """What was paid in a month, by where it was bought, in pence."""

    month: date
    kind: str
    paid: int


@dataclass(frozen=True, slots=True)
class Typed:
    """What one type of provision came to in a financial year, in pence."""

    line: SpendLine
    year: str
    committed: int
    paid: int


def trajectory(*, on: date) -> Trajectory:
    """Spending against the eight-year plan, which begins with the framework (P1).

    Without a framework it begins with the financial year. Two queries.
    """
    current = framework.current(on)
    starts_on = current.starts_on if current else financial_year_of(on)
    labels = rules.year_labels(starts_on)
    reached = rules.year_number(on, starts_on=starts_on) or 0
    sums = [[0, 0] for _ in range(reached + 1)]
    for one in budgets.spend(Group.MONTH, person=SYSTEM, since=starts_on, until=on):
        day = max(date.fromisoformat(f"{one.key}-01"), starts_on)
        number = rules.year_number(day, starts_on=starts_on)
        if number is not None and number <= reached:
            sums[number][0] += one.committed.pence
            sums[number][1] += one.paid.pence
    return Trajectory(
        starts_on=starts_on,
        labels=tuple(labels),
        years=tuple(
            Year(label, committed, paid)
            for label, (committed, paid) in zip(labels, sums, strict=False)
        ),
        planned_to_today=rules.planned_to(on, starts_on=starts_on),
    )


def bridge(*, person: Person) -> list[Block]:
    """The officer's blocks between what was spent and what is projected (P2)."""
    rows = BridgeBlock.objects.visible_to(person).select_related("set_by").order_by("order", "pk")
    return [
        Block(one.pk, one.words, one.pence, one.source, one.set_by.name if one.set_by else "")
        for one in rows
    ]


def switch_over(*, on: date, years: int = 2) -> list[Monthly]:
    """What was paid each month through the framework, under waivers and spot (P3).

    Every month of the period is there, oldest first. One query.
    """
    first = anniversary(on.replace(day=1), -years)
    paid: dict[tuple[date, str], int] = {}
    for month, one in budgets.spend_by_month(Group.ROUTE, person=SYSTEM, since=first, until=on):
        route = Route(one.key)
        kind = "Framework" if route in FRAMEWORK_ROUTES else str(route.label)
        paid[month, kind] = paid.get((month, kind), 0) + one.paid.pence
    kinds = [str(route.label) for route in OUTSIDE_ROUTES] + ["Framework"]
    return [
        Monthly(month, kind, paid.get((month, kind), 0))
        for month in _months(first, on)
        for kind in kinds
    ]


def by_type(*, on: date) -> list[Typed]:
    """What each type of provision came to in the last three whole financial years (P5).

    One query.
    """
    this_year = financial_year_of(on)
    first = anniversary(this_year, -3)
    last = date.fromordinal(this_year.toordinal() - 1)
    sums: dict[tuple[date, str], list[int]] = {}
    for month, one in budgets.spend_by_month(
        Group.SPEND_LINE, person=SYSTEM, since=first, until=last
    ):
        pair = sums.setdefault((financial_year_of(month), one.key), [0, 0])
        pair[0] += one.committed.pence
        pair[1] += one.paid.pence
    return [
        Typed(SpendLine(line), year_in_words(year), committed, paid)
        for (year, line), (committed, paid) in sorted(sums.items())
    ]


def live(*, on: date) -> dict[str, str]:
    """What our own records say to figures of the report, by the check's key; gaps left out.

    Years are the last whole financial year, and the first of the last three.
    """
    told = by_type(on=on)
    counts = begun_by_type(on=on)
    years = sorted({one.year for one in told})
    said: dict[str, str] = {}
    if not told or not counts:
        return said
    paid = {year: sum(one.paid for one in told if one.year == year) for year in years}
    begun = {year: sum(many for (_, one), many in counts.items() if one == year) for year in years}
    for key, year in (("unit-cost-2024", years[-1]), ("unit-cost-2022", years[0])):
        if begun[year]:
            said[key] = (
                f"{year}: {begun[year]:,} placements, {pounds(paid[year])} paid, "
                f"{pounds(half_up(paid[year], begun[year]))} each"
            )
    said["types-placements"] = f"{sum(begun.values()):,} placements in three years"
    said["types-spend"] = f"{pounds(sum(paid.values()))} paid in three years"
    said["projection-from-actual"] = f"{pounds(paid[years[-1]])} paid in {years[-1]}"
    for key, line in TYPE_CHECKS.items():
        many = sum(n for (one, _), n in counts.items() if one is line)
        spent = sum(one.paid for one in told if one.line is line)
        if many:
            said[key] = (
                f"{many:,} placements, {pounds(spent)} paid, {pounds(half_up(spent, many))} each"
            )
    return said


def begun_by_type(*, on: date) -> dict[tuple[SpendLine, str], int]:
    """Placements begun in each of the last three whole financial years, by type."""
    this_year = financial_year_of(on)
    first = anniversary(this_year, -3)
    rows = calloffs.register(person=SYSTEM, on=on).filter(
        status__in=BOUGHT, starts_on__gte=first, starts_on__lt=this_year
    )
    found: dict[tuple[SpendLine, str], int] = {}
    for line, day in rows.values_list("spend_line", "starts_on"):
        key = (SpendLine(line), year_in_words(financial_year_of(day)))
        found[key] = found.get(key, 0) + 1
    return found


def paid_for_by_type(*, on: date) -> dict[tuple[SpendLine, str], int]:
    """How many children's support was paid for in each of those years, by type. Three queries.

    Who began earlier and is still there is one of them.
    """
    this_year = financial_year_of(on)
    found: dict[tuple[SpendLine, str], int] = {}
    for back in (3, 2, 1):
        first, after = anniversary(this_year, -back), anniversary(this_year, 1 - back)
        last = date.fromordinal(after.toordinal() - 1)
        for line, many in budgets.awards_paid_by_line(since=first, until=last).items():
            found[SpendLine(line), year_in_words(first)] = many
    return found


def _months(first: date, last: date) -> list[date]:
    months = [first]
    while (following := _next(months[-1])) <= last:
        months.append(following)
    return months


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def how_soon(*, since: date, until: date, on: date) -> dict[Ground | None, Timely]:
    """How soon support began, and whether it was the child's own, of every referral that came in
    those days: by ground, and of all of them (None). Counts alone; however many, six questions.
    """
    asked = referrals.received_between(since=since, until=until, on=on)
    placed = placements.of_referrals([one.referral_id for one in asked])
    every_id = [pk for ids in placed.values() for pk in ids]
    held, goals = attendance.first_held(every_id), outcomes.of_placements(every_id)
    told: list[Began] = []
    for one in asked:
        own = placed.get(one.referral_id, [])
        told.append(
            Began(
                ground=one.ground,
                received_on=one.received_on,
                first_session_on=min((held[pk] for pk in own if pk in held), default=None),
                has_placement=bool(own),
                has_goals=any(goals.get(pk) for pk in own),
                is_open=one.status is not Status.CLOSED,
            )
        )
    by: dict[Ground | None, Timely] = {
        ground: rules.timely(one for one in told if one.ground is ground) for ground in Ground
    }
    return by | {None: rules.timely(told)}
