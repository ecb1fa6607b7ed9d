from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from flsf.casework.calloffs import queries as calloffs
from flsf.core import clock
from flsf.core.dates import anniversary
from flsf.core.money import Money
from flsf.core.people import Person
from flsf.mandate.budgets import queries as budgets
from flsf.mandate.budgets.enums import Group, Route
from flsf.mandate.budgets.rules import financial_year_of, year_in_words
from flsf.mandate.framework.enums import SpendLine
from flsf.money.payments import queries as payments
from flsf.shared.accounts.enums import Permission, Team
from flsf.web.access import person_of, requires
from flsf.web.components import drawings, words
from flsf.web.components.charts import Picture
from flsf.web.components.filters import FilterForm
from flsf.web.components.lists import Asked, Column, Kind, ListPage

YEARS_BACK = 3
# Awards that wait for a decision have no day in the ledger, so they count this year only.
NOT_ESTIMATED = frozenset({Group.MONTH})

LABELS: Mapping[Group, Callable[[str], str]] = {
    Group.TEAM: lambda key: str(Team(key).label),
    Group.ROUTE: lambda key: str(Route(key).label),
    Group.SPEND_LINE: lambda key: str(SpendLine(key).label),
    Group.LOT: lambda key: key or "Outside the framework",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table of spending, in pence. The three are never added together."""

    label: str
    estimated: int
    committed: int
    paid: int


class SpendFilters(FilterForm):
    by = forms.ChoiceField(label="Added up by", required=False, choices=Group.choices)
    team = forms.ChoiceField(
        label="Team", required=False, choices=[("", "All teams together"), *Team.choices]
    )
    year = forms.ChoiceField(label="Financial year", required=False)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this_year = financial_year_of(on)
        years = [anniversary(this_year, -back) for back in range(YEARS_BACK + 1)]
        choices = [(one.isoformat(), year_in_words(one)) for one in years]
        self.fields["year"] = forms.ChoiceField(
            label="Financial year", required=False, choices=choices
        )


def _spend(asked: Asked) -> list[Row]:
    group = Group(asked.filters.get("by") or Group.FUND)
    this_year = financial_year_of(asked.on)
    chosen = asked.filters.get("year")
    year = date.fromisoformat(chosen) if chosen else this_year
    team = asked.filters.get("team") or ""
    return spend_rows(group, person=asked.person, year=year, on=asked.on, team=team)


def spend_rows(group: Group, *, person: Person, year: date, on: date, team: str = "") -> list[Row]:
    """Spending of a financial year by one thing, in two queries. Estimates count this year.

    Of one team, or of all together.
    """
    only = {Group.TEAM: team} if team else {}
    last = date.fromordinal(anniversary(year, 1).toordinal() - 1)
    told = {
        one.key: one
        for one in budgets.spend(group, person=person, since=year, until=last, only=only)
    }
    hoped: Mapping[str, Money] = {}
    if group not in NOT_ESTIMATED and year == financial_year_of(on):
        hoped = calloffs.estimated(group, person=person, on=on, team=team)
    label = LABELS.get(group, str)
    nothing = Money(0)
    return [
        Row(
            label(key),
            hoped.get(key, nothing).pence,
            told[key].committed.pence if key in told else 0,
            told[key].paid.pence if key in told else 0,
        )
        for key in sorted(told.keys() | hoped.keys())
    ]


SPEND = ListPage(
    name="spend-list",
    title="Spending",
    section="money",
    permission=Permission.VIEW_MONEY,
    columns=(
        Column("What", "label"),
        Column("Estimated", "estimated", Kind.MONEY),
        Column("Committed", "committed", Kind.MONEY),
        Column("Paid", "paid", Kind.MONEY),
    ),
    rows=_spend,
    filters=lambda asked: SpendFilters(asked.query, on=asked.on),
    noun=("line", "lines"),
    empty="Nothing was promised or paid in that year.",
    intro="Three different things, never added together.",
    worked_out=(
        "Estimated: awards that wait for a decision; nobody has promised this money. Committed: "
        "money promised by awards, what has been paid of it included. Paid: money that has left. "
        "All with VAT, by the day it counts on, from 1 April to 31 March."
    ),
)


def headroom(person: Person, on: date) -> Picture:
    """Each fund's budget, what is promised of it and what was paid (P10)."""
    year = financial_year_of(on)
    told = budgets.positions(person=person, year_begins=year)
    left = sum(one.left.pence for one in told)
    return Picture(
        name="headroom",
        title=(
            f"{words.pounds(left)} may still be promised in {year_in_words(year)}."
            if told
            else f"No budget is set for {year_in_words(year)}."
        ),
        spec=drawings.bullets(
            [(o.fund_name, o.amount.pence, o.committed.pence, o.paid.pence) for o in told]
        ),
        headings=("Fund", "Budget", "Committed", "Paid", "May still be promised"),
        rows=[
            (
                one.fund_name,
                words.money(one.amount),
                words.money(one.committed),
                words.money(one.paid),
                words.money(one.left),
            )
            for one in told
        ],
        worked_out=(
            "The budget is the year's. Committed is money promised by awards, what has been paid "
            "of it included. What may still be promised is the budget less what is committed."
        ),
        key="Pale bar: the budget. Dark bar: committed. Orange mark: paid.",
    )


@requires(Permission.VIEW_MONEY)
def overview(request: HttpRequest) -> HttpResponse:
    person, on = person_of(request), clock.london_day(clock.now())
    year = financial_year_of(on)
    by_fund = spend_rows(Group.FUND, person=person, year=year, on=on)
    return render(
        request,
        "council/money/overview.html",
        {
            "year": year_in_words(year),
            "picture": headroom(person, on),
            "funds": by_fund,
            "groups": Group.choices,
            "claims": payments.to_settle(person=person, on=on),
        },
    )
