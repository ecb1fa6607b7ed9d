"""Every admitted provider with its next contract review meeting and what is still to be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.urls import reverse

from flsf.core.people import Person
from flsf.oversight.meetings import queries
from flsf.oversight.meetings.enums import Standing
from flsf.oversight.meetings.queries import Agreed, Timing
from flsf.shared.accounts.enums import Permission
from flsf.web.components.filters import FilterForm
from flsf.web.components.lists import Asked, Column, Kind, ListPage


@dataclass(frozen=True, slots=True)
class Row:
    """A provider, its next meeting, and the actions that are neither done nor dropped."""

    timing: Timing
    actions: Sequence[Agreed]
    on: date

    @property
    def late(self) -> int:
        """How many actions should have been done before today."""
        return sum(one.is_late(self.on) for one in self.actions)


class ContractFilters(FilterForm):
    standing = forms.ChoiceField(
        label="Next meeting", required=False, choices=[("", "Any"), *Standing.choices]
    )


def rows(person: Person, on: date) -> list[Row]:
    """Those whose meeting presses most first. As many queries for one provider as for all."""
    actions: dict[int, list[Agreed]] = {}
    for one in queries.open_actions(person=person):
        actions.setdefault(one.provider_id, []).append(one)
    return [
        Row(one, actions.get(one.provider_id, []), on)
        for one in queries.timings(person=person, on=on)
    ]


def _rows(asked: Asked) -> list[Row]:
    standing = asked.filters["standing"]
    found = rows(asked.person, asked.on)
    return [row for row in found if standing in ("", None, row.timing.standing)]


BOARD = ListPage(
    name="contract-list",
    title="Contracts: meetings with providers",
    section="contracts",
    permission=Permission.VIEW_CONTRACTS,
    columns=(
        Column(
            "Provider",
            lambda row: row.timing.provider_name,
            link=lambda row: reverse("provider-contract", kwargs={"ref": row.timing.provider_ref}),
        ),
        Column("Next meeting", lambda row: row.timing.standing.label, Kind.STATUS),
        Column("Due by", lambda row: row.timing.due.on, Kind.DATE),
        Column("Last held", lambda row: row.timing.last_on, Kind.DATE),
        Column(
            "How often",
            lambda row: row.timing.due.often,
            hint=lambda row: f"Because {'; '.join(row.timing.due.because)}",
        ),
        Column("Why so often", lambda row: "; ".join(row.timing.due.because), in_files_only=True),
        Column("Actions to be done", lambda row: len(row.actions), Kind.NUMBER),
        Column("Of them overdue", "late", Kind.NUMBER),
    ),
    rows=_rows,
    filters=ContractFilters,
    noun=("provider", "providers"),
    empty="No provider matches these filters.",
    worked_out=(
        "Every provider that has been admitted to a lot and not removed from all. The next "
        "meeting is due so many months after the last, or after the admission if none was held. "
        "How many months follows from what we paid the provider in twelve months, with VAT, and "
        "from what is known of its quality and safety; each number is a dated setting of the "
        "council. What came up after the last meeting leaves four weeks to meet because of it. "
        "No date under last held: no meeting is on record."
    ),
)
