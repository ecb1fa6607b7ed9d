"""Every provider with what it promised and what it delivered in a school year (K35)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse

from flsf.core.people import Person
from flsf.market.admissions import queries as admissions
from flsf.market.promises import queries, rules
from flsf.market.promises.enums import Measure, Standing
from flsf.market.promises.queries import Plan
from flsf.market.promises.rules import Compared
from flsf.market.providers import queries as providers
from flsf.shared.accounts.enums import Permission
from flsf.web.components.fields import set_choices
from flsf.web.components.filters import FilterForm
from flsf.web.components.lists import Asked, Column, Kind, ListPage

YEARS_BACK = 4
# The worst of a provider's measures says how it stands.
WORST_FIRST = (
    Standing.NOT_DELIVERED, Standing.NOT_REPORTED, Standing.IN_PART, Standing.DELIVERED,
    Standing.MORE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A provider in one school year."""

    ref: str
    name: str
    compared: Sequence[Compared]
    plan: Plan | None

    @property
    def standing(self) -> Standing:
        seen = {one.standing for one in self.compared}
        return next((one for one in WORST_FIRST if one in seen), Standing.NOTHING)

    @property
    def plan_told_on(self) -> date | None:
        return self.plan.told_on if self.plan else None

    @property
    def net_zero_by(self) -> str:
        if self.plan is None:
            return "No plan told yet"
        return str(self.plan.net_zero_by or "Names no year")

    def of(self, measure: Measure) -> Compared:
        return next(one for one in self.compared if one.measure is measure)

    def words(self, measure: Measure) -> str:
        one = self.of(measure)
        if one.standing is Standing.NOTHING:
            return ""
        delivered = "not reported" if one.delivered is None else f"{one.delivered} delivered"
        return f"{one.promised or 0} promised, {delivered}"


def years(on: date) -> list[date]:
    """The school years that can be looked at, this one first."""
    this = rules.year_of(on)
    return [date(this.year - back, this.month, 1) for back in range(YEARS_BACK)]


class ValueFilters(FilterForm):
    year = forms.ChoiceField(label="School year", required=False)
    standing = forms.ChoiceField(
        label="Standing", required=False, choices=[("", "Any"), *Standing.choices]
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.year), rules.in_words(one)) for one in years(on)]
        set_choices(self, "year", choices)


def year_asked(asked: Asked) -> date:
    """The school year of the address, or this one."""
    chosen = str(asked.filters.get("year") or "")
    return next((one for one in years(asked.on) if str(one.year) == chosen), years(asked.on)[0])


def rows(person: Person, on: date, year: date) -> list[Row]:
    """Everybody in the pool, and whoever promised or delivered something in that year."""
    pool = {provider_id for provider_id, _ in admissions.in_pool(on)}
    every = list(providers.register(person=person))
    ids = [one.pk for one in every]
    compared = queries.compared(ids, year=year, person=person)
    plans = queries.plans(ids, person=person)
    return [
        Row(one.ref, one.name, compared[one.pk], plans.get(one.pk))
        for one in every
        if one.pk in pool or any(each.standing is not Standing.NOTHING for each in compared[one.pk])
    ]


def _rows(asked: Asked) -> list[Row]:
    standing = asked.filters["standing"]
    found = rows(asked.person, asked.on, year_asked(asked))
    return [row for row in found if standing in ("", None, row.standing)]


def _context(asked: Asked) -> dict[str, Any]:
    year = year_asked(asked)
    every = rows(asked.person, asked.on, year)
    return {
        "year": rules.in_words(year),
        "totals": rules.totals(row.compared for row in every),
        "planned": sum(row.plan is not None for row in every),
        "in_time": sum(row.plan is not None and row.plan.is_in_time for row in every),
        "everybody": len(every),
        "source": rules.SOURCE,
        "net_zero_by": rules.NET_ZERO_BY,
    }


def _numbers(measure: Measure) -> tuple[Column, ...]:
    """A measure in words on the page, and as two numbers in files."""
    name = str(measure.label)
    return (
        Column(name, lambda row: row.words(measure)),
        Column(
            f"{name}: promised",
            lambda row: row.of(measure).promised,
            Kind.NUMBER,
            in_files_only=True,
        ),
        Column(
            f"{name}: delivered",
            lambda row: row.of(measure).delivered,
            Kind.NUMBER,
            in_files_only=True,
        ),
    )


BOARD = ListPage(
    name="social-value",
    title="Social value: promised and delivered",
    section="providers",
    permission=Permission.VIEW_PROVIDERS,
    columns=(
        Column(
            "Provider",
            "name",
            link=lambda row: reverse("provider-value", kwargs={"ref": row.ref}),
        ),
        Column("Standing", lambda row: row.standing.label, Kind.STATUS),
        *(column for measure in Measure for column in _numbers(measure)),
        Column("Climate plan told", "plan_told_on", Kind.DATE),
        Column("Net zero by", "net_zero_by"),
    ),
    rows=_rows,
    filters=lambda asked: ValueFilters(asked.query, on=asked.on),
    noun=("provider", "providers"),
    empty="No provider matches these filters.",
    template="council/value/board.html",
    context=_context,
    worked_out=(
        "A school year runs from 1 September. Promised: of each measure what was last promised by "
        "the year's last day, from the application or as an officer recorded it. Delivered: the "
        "last report of the year that the council accepted; a report says the whole year so far. "
        "Standing shows the worst of a provider's measures. What was delivered without a promise "
        "counts in the totals as delivered."
    ),
)
