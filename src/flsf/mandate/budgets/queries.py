"""Reads of funds, budgets, limits and the ledger."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncMonth

from flsf.core.money import Money
from flsf.core.people import Person
from flsf.mandate.budgets import rules
from flsf.mandate.budgets.enums import Entry, Group
from flsf.mandate.budgets.models import Budget, DelegatedLimit, Fund, LedgerLine
from flsf.mandate.budgets.rules import Position, Spend
from flsf.shared.accounts.enums import Role

COLUMNS: Mapping[Group, str] = {
    Group.FUND: "budget__fund__name",
    Group.TEAM: "team",
    Group.LOT: "lot_code",
    Group.PROVIDER: "provider_name",
    Group.ROUTE: "route",
    Group.SPEND_LINE: "spend_line",
    Group.MONTH: "month",
}


def funds(*, person: Person) -> QuerySet[Fund]:
    """The funds this person may see, by name."""
    return Fund.objects.visible_to(person).order_by("name", "pk")


def fund_with_code(code: str, *, person: Person) -> Fund | None:
    """One fund, if this person may see it."""
    return Fund.objects.visible_to(person).filter(code=code).first()


def positions(*, person: Person, year_begins: date | None = None) -> list[Position]:
    """How each budget stands, latest year first; one query for them all."""
    found = Budget.objects.visible_to(person).select_related("fund")
    if year_begins is not None:
        found = found.filter(year_begins=year_begins)
    return [_position(one) for one in _with_sums(found).order_by("-year_begins", "fund__name")]


def position(budget_id: int, *, person: Person) -> Position | None:
    """How one budget stands, if this person may see it."""
    found = Budget.objects.visible_to(person).select_related("fund").filter(pk=budget_id)
    one = _with_sums(found).first()
    return _position(one) if one else None


def headroom(budget_id: int) -> int:
    """What may still be promised out of a budget, in pence, VAT included."""
    one = _with_sums(Budget.objects.filter(pk=budget_id)).get()
    return int(one.amount_pence - one.committed)


def left_by_year(budget_id: int) -> Mapping[date, Position]:
    """How each year's budget of the same fund stands, by the day the year begins."""
    fund = Budget.objects.filter(pk=budget_id).values("fund")
    found = Budget.objects.filter(fund__in=fund).select_related("fund")
    return {one.year_begins: _position(one) for one in _with_sums(found)}


def of_same_fund(budget_ids: Collection[int]) -> Mapping[tuple[int, date], int]:
    """Which budget pays in a year: by (any budget of the fund, the day the year begins)."""
    siblings = Budget.objects.filter(fund__budgets__in=budget_ids)
    rows = siblings.values_list("fund__budgets", "year_begins", "pk")
    return {(one, year): pk for one, year, pk in rows}


def limit_of(roles: Collection[Role], *, on: date) -> int | None:
    """The most these roles may decide on that day, in pence, VAT included.

    None: any amount. A role without a limit in force decides nothing.
    """
    in_force = (
        DelegatedLimit.objects.filter(role__in=roles, in_force_from__lte=on)
        .order_by("role", "-in_force_from")
        .distinct("role")
    )
    return rules.highest(list(in_force.values_list("limit_pence", flat=True)))


def limits(*, person: Person) -> QuerySet[DelegatedLimit]:
    """Every limit there is, was or will be, by role and day."""
    return DelegatedLimit.objects.visible_to(person).order_by("role", "-in_force_from")


def roles_that_may_decide(gross_pence: int, *, on: date) -> list[Role]:
    """The roles whose limit on that day reaches so far, the narrowest limit first."""
    in_force = (
        DelegatedLimit.objects.filter(in_force_from__lte=on)
        .order_by("role", "-in_force_from")
        .distinct("role")
    )
    reach = [one for one in in_force if one.limit_pence is None or gross_pence <= one.limit_pence]
    reach.sort(key=lambda one: (one.limit_pence is None, one.limit_pence or 0, one.role))
    return [Role(one.role) for one in reach]


def called_off(*, lot_codes: Collection[str], since: date) -> int:
    """Everything promised in these lots since a day, in pence, VAT included."""
    lines = LedgerLine.objects.filter(entry=Entry.COMMITTED, lot_code__in=lot_codes, day__gte=since)
    return int(lines.aggregate(pence=Coalesce(Sum("gross_pence"), 0))["pence"])


def of_award(award_ref: str) -> Mapping[Entry, Money]:
    """What is promised for an award, and what was paid of it, VAT included."""
    sums = LedgerLine.objects.filter(award_ref=award_ref).aggregate(**_sums())
    return {Entry.COMMITTED: Money(sums["committed"]), Entry.PAID: Money(sums["paid"])}


def ledger(*, person: Person) -> QuerySet[LedgerLine]:
    """The lines this person may see, latest day first."""
    return (
        LedgerLine.objects.visible_to(person).select_related("budget__fund").order_by("-day", "-pk")
    )


def spend(
    group: Group,
    *,
    person: Person,
    since: date | None = None,
    until: date | None = None,
    only: Mapping[Group, str] | None = None,
) -> list[Spend]:
    """What was committed and what was paid, added up by one thing; both days count.

    The key is the fund's or provider's name, else the code; months read 2026-05. `only`
    narrows to one key of other groups.
    """
    found = LedgerLine.objects.visible_to(person).annotate(month=TruncMonth("day"))
    if since is not None:
        found = found.filter(day__gte=since)
    if until is not None:
        found = found.filter(day__lte=until)
    for one, key in (only or {}).items():
        found = found.filter(**_where(one, key))
    rows: Any = found.values(key=F(COLUMNS[group])).annotate(**_sums()).order_by("key")
    return [Spend(_key(row["key"]), Money(row["committed"]), Money(row["paid"])) for row in rows]


def spend_by_month(
    group: Group, *, person: Person, since: date, until: date
) -> list[tuple[date, Spend]]:
    """The same for each month that has any, by its first day, in one question."""
    found = LedgerLine.objects.visible_to(person).filter(day__gte=since, day__lte=until)
    rows: Any = (
        found.annotate(month=TruncMonth("day"))
        .values("month", key=F(COLUMNS[group]))
        .annotate(**_sums())
        .order_by("month", "key")
    )
    return [
        (row["month"], Spend(row["key"], Money(row["committed"]), Money(row["paid"])))
        for row in rows
    ]


def paid_by_provider(*, since: date, until: date) -> Mapping[str, tuple[int, int]]:
    """What each provider was paid in the period, by its reference: for how many awards, and how
    many pence with VAT.
    """
    found = LedgerLine.objects.filter(entry=Entry.PAID, day__gte=since, day__lte=until)
    awards, pence = Count("award_ref", distinct=True), Sum("gross_pence")
    rows = found.values_list("provider_ref").annotate(awards=awards, pence=pence).order_by()
    return {ref: (many, int(paid)) for ref, many, paid in rows}


def awards_paid_by_line(*, since: date, until: date) -> Mapping[str, int]:
    """For how many awards, each of one child, was paid in the period, by the spend line's code."""
    found = LedgerLine.objects.filter(entry=Entry.PAID, day__gte=since, day__lte=until)
    many = Count("award_ref", distinct=True)
    return dict(found.values_list("spend_line").annotate(many=many).order_by())


def providers_paid_by_lot(*, since: date, until: date) -> Mapping[str, int]:
    """How many providers were paid for each lot in the period, by the lot's code."""
    found = LedgerLine.objects.filter(entry=Entry.PAID, day__gte=since, day__lte=until)
    many = Count("provider_ref", distinct=True)
    return dict(found.values_list("lot_code").annotate(many=many).order_by())


def _where(group: Group, key: str) -> dict[str, Any]:
    if group is Group.MONTH:
        return {"month": date.fromisoformat(f"{key}-01")}
    return {COLUMNS[group]: key}


def _key(value: date | str) -> str:
    return f"{value:%Y-%m}" if isinstance(value, date) else value


def _sums(prefix: str = "") -> dict[str, Any]:
    """The gross sums of the two kinds of line."""
    return {
        name: Coalesce(Sum(f"{prefix}gross_pence", filter=Q(**{f"{prefix}entry": entry})), 0)
        for name, entry in (("committed", Entry.COMMITTED), ("paid", Entry.PAID))
    }


def _with_sums(found: QuerySet[Budget]) -> QuerySet[Any]:
    return found.annotate(**_sums("lines__"))


def _position(one: Any) -> Position:
    return Position(
        budget_id=one.pk,
        fund_code=one.fund.code,
        fund_name=one.fund.name,
        year_begins=one.year_begins,
        amount=Money(one.amount_pence),
        committed=Money(one.committed),
        paid=Money(one.paid),
    )
