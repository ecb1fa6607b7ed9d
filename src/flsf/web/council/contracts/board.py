"""Every admitted provider with the signs of how safe its future is, and its next meeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.urls import reverse

from flsf.core.people import Person
from flsf.oversight.meetings import queries as meetings
from flsf.oversight.meetings.enums import Standing as Meeting
from flsf.oversight.meetings.queries import Agreed, Timing
from flsf.oversight.signals import queries
from flsf.oversight.signals.enums import Standing
from flsf.oversight.signals.queries import Watched
from flsf.shared.accounts.enums import Permission
from flsf.web.components.filters import FilterForm
from flsf.web.components.lists import Asked, Column, Kind, ListPage

WARNINGS = (Standing.ACT, Standing.WATCH)


@dataclass(frozen=True, slots=True)
class Row:
    """A provider, its signs, its next meeting, and the actions neither done nor dropped."""

    watched: Watched
    actions: Sequence[Agreed]
    on: date

    @property
    def timing(self) -> Timing:
        return self.watched.timing

    @property
    def late(self) -> int:
        """How many actions should have been done before today."""
        return sum(one.is_late(self.on) for one in self.actions)

    def signs(self, standing: Standing) -> str:
        """The signs that say so, by name."""
        return "; ".join(one.sign.value for one in self.watched.with_standing(standing))

    @property
    def in_short(self) -> str:
        """Which signs warn, in words."""
        told = [f"{one.label}: {signs}" for one in WARNINGS if (signs := self.signs(one))]
        return ". ".join(told)


class ContractFilters(FilterForm):
    warning = forms.ChoiceField(
        label="Warning", required=False, choices=[("", "Any"), *Standing.choices]
    )
    meeting = forms.ChoiceField(
        label="Next meeting", required=False, choices=[("", "Any"), *Meeting.choices]
    )


def rows(person: Person, on: date) -> list[Row]:
    """The worst first. As many queries for one provider as for all."""
    actions: dict[int, list[Agreed]] = {}
    for one in meetings.open_actions(person=person):
        actions.setdefault(one.provider_id, []).append(one)
    return [
        Row(one, actions.get(one.timing.provider_id, []), on)
        for one in queries.watched(person=person, on=on)
    ]


def _rows(asked: Asked) -> list[Row]:
    warning, meeting = asked.filters["warning"], asked.filters["meeting"]
    return [
        row
        for row in rows(asked.person, asked.on)
        if warning in ("", None, row.watched.standing)
        and meeting in ("", None, row.timing.standing)
    ]


BOARD = ListPage(
    name="contract-list",
    title="Contracts: how safe each provider is, and when we meet",
    section="contracts",
    permission=Permission.VIEW_CONTRACTS,
    columns=(
        Column(
            "Provider",
            lambda row: row.timing.provider_name,
            link=lambda row: reverse("provider-contract", kwargs={"ref": row.timing.provider_ref}),
        ),
        Column("Warning", lambda row: row.watched.standing.label, Kind.STATUS, hint="in_short"),
        Column("Act now", lambda row: row.signs(Standing.ACT), in_files_only=True),
        Column("Watch", lambda row: row.signs(Standing.WATCH), in_files_only=True),
        Column("Not known", lambda row: row.signs(Standing.NOT_KNOWN), in_files_only=True),
        Column(
            "Next meeting",
            lambda row: row.timing.standing.label,
            Kind.STATUS,
            hint=lambda row: row.timing.due.often,
        ),
        Column("Due by", lambda row: row.timing.due.on, Kind.DATE),
        Column("Last held", lambda row: row.timing.last_on, Kind.DATE),
        Column("How often", lambda row: row.timing.due.often, in_files_only=True),
        Column("Why so often", lambda row: "; ".join(row.timing.due.because), in_files_only=True),
        Column("Actions to be done", lambda row: len(row.actions), Kind.NUMBER),
        Column("Of them overdue", "late", Kind.NUMBER),
    ),
    rows=_rows,
    filters=ContractFilters,
    noun=("provider", "providers"),
    empty="No provider matches these filters.",
    worked_out=(
        "Every provider that has been admitted to a lot and not removed from all. The warning is "
        "the worst of its ten signs; those with most signs to act on come first, then those with "
        "most to watch. A sign with nothing to count from is not known, and never taken for "
        "nought. Each sign's number, threshold and meaning stands on the provider's own page. "
        "The next meeting is due so many months after the last, or after the admission if none "
        "was held. How many months follows from what we paid in twelve months, with VAT, and from "
        "what is known of quality and safety. What came up after the last meeting leaves four "
        "weeks to meet because of it. Each number is a dated setting of the council. No date "
        "under last held: no meeting is on record."
    ),
)
