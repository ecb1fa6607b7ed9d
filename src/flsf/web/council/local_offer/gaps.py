"""What is missing, for those who look for providers: every count as it is (S101)."""

from dataclasses import dataclass

from django import forms

from flsf.core import needs
from flsf.market.directory import queries
from flsf.market.directory.enums import Source
from flsf.shared.accounts.enums import Permission
from flsf.web.components.filters import FilterForm
from flsf.web.components.lists import Asked, Column, Kind, ListPage


@dataclass(frozen=True, slots=True)
class Gap:
    """A need in an area, and how often it was looked for in vain."""

    need: str
    broad: str
    area: str
    count: int


class GapFilters(FilterForm):
    source = forms.ChoiceField(
        label="Known from", required=False, choices=[("", "Both"), *Source.choices]
    )


def _gaps(asked: Asked) -> list[Gap]:
    table = queries.gaps_by_area(asked.on, source=asked.filters.get("source") or "")
    rows = [
        Gap(need.label, str(need.area), area or "Not said", count)
        for need, counts in zip(table.needs, table.counts, strict=True)
        for area, count in zip(table.areas, counts, strict=True)
        if count
    ]
    return sorted(rows, key=lambda one: (-one.count, one.need, one.area))


GAPS = ListPage(
    name="gap-list",
    title="What is missing",
    section="local-offer",
    permission=Permission.EDIT_PROVIDERS,
    columns=(
        Column("Need", "need", hint="broad"),
        Column("Area", "area"),
        Column("Times in a year", "count", Kind.NUMBER),
    ),
    rows=_gaps,
    filters=GapFilters,
    noun=("gap", "gaps"),
    empty="Nobody has looked in vain in the last year.",
    worked_out=(
        "A search that found nothing counts once a day for the same need, age, area and place; a "
        "referral that no service fits counts once. The area is a postcode district. Counts are "
        "shown as they are: the public page hides those under five."
    ),
)

TOLD = ListPage(
    name="told-list",
    title="What people told us they looked for",
    section="local-offer",
    permission=Permission.EDIT_PROVIDERS,
    columns=(
        Column("Their words", "words"),
        Column("Needs asked for", lambda row: _needs(row.needs_mask)),
        Column("Age", "age"),
        Column("Area", "outcode"),
        Column("When", "told_at", Kind.MOMENT),
    ),
    rows=lambda asked: queries.told(person=asked.person),
    noun=("message", "messages"),
    empty="Nobody has told us anything yet.",
    worked_out="Written on the search page by people we do not know. It is not published.",
)


def _needs(mask: int) -> str:
    return "; ".join(need.label for need in needs.from_mask(mask)) or "Any"
