"""The register of awards."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django import forms
from django.urls import reverse

from flsf.casework.calloffs import queries
from flsf.casework.calloffs.enums import AwardStatus
from flsf.mandate.budgets.enums import Route
from flsf.shared.accounts.enums import Permission, Team
from flsf.web.components.filters import FilterForm
from flsf.web.components.lists import Asked, Column, Kind, ListPage


class AwardFilters(FilterForm):
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Any"), *AwardStatus.choices]
    )
    team = forms.ChoiceField(label="Team", required=False, choices=[("", "Any"), *Team.choices])
    route = forms.ChoiceField(label="Route", required=False, choices=[("", "Any"), *Route.choices])
    ref = forms.CharField(label="Award", required=False)


def _rows(asked: Asked) -> Any:
    return queries.register(person=asked.person, on=asked.on, **asked.filters)


def _fitted(row: Any) -> int | None:
    """How many services the frozen shortlist ranked; none kept for what was found as it was."""
    fitted: int | None = row.findings.get("fitting")
    return fitted


def _asked(row: Any) -> int | None:
    """Of a direct award one provider is asked; after a competition all that could bid."""
    return 1 if row.route == Route.DIRECT_AWARD else _competition(row, "invited")


def _competition(row: Any, what: str) -> int | None:
    """What was frozen of its competition; none kept for those found as they were."""
    found: int | None = row.findings.get("competition", {}).get(what)
    return found


def _context(asked: Asked) -> Mapping[str, object]:
    """Of all awards after a competition, whatever the filters (K10)."""
    found = queries.competed(person=asked.person, on=asked.on)
    if found is None:
        return {"competed": None}
    return {
        "competed": found,
        "eligible": _plain(found.eligible),
        "bids": _plain(found.bids),
    }


def _plain(median: Fraction) -> str:
    """A median has a half at most: "3" or "3.5"."""
    return f"{float(median):g}"


AWARDS = ListPage(
    name="award-list",
    title="Awards",
    section="awards",
    permission=Permission.VIEW_AWARDS,
    columns=(
        Column("Award", "ref", link=lambda row: reverse("award-page", kwargs={"ref": row.ref})),
        Column("Status", lambda row: str(row.get_status_display()), Kind.STATUS),
        Column(
            "Provider",
            lambda row: row.provider.name,
            hint=lambda row: row.service.name if row.service else "Outside the framework",
        ),
        Column("Service", lambda row: row.service.name if row.service else "", in_files_only=True),
        Column("Child", lambda row: row.child.ref),
        Column("Team", lambda row: str(row.get_team_display())),
        Column("Route", lambda row: str(row.get_route_display())),
        Column("First day", "starts_on", Kind.DATE),
        Column("Last day", "ends_on", Kind.DATE),
        Column("Value with VAT", "gross_pence", Kind.MONEY),
        Column("Services that fitted", _fitted, Kind.NUMBER, in_files_only=True),
        Column("Could bid", lambda row: _competition(row, "eligible"), Kind.NUMBER),
        Column("Providers asked", _asked, Kind.NUMBER),
        Column("Bids", lambda row: _competition(row, "bids"), Kind.NUMBER),
        Column("Competition", lambda row: _competition(row, "ref") or "", in_files_only=True),
        Column("Fund", lambda row: row.budget.fund.name, in_files_only=True),
        Column("Lot", "lot_code", in_files_only=True),
        Column("Net of VAT", "net_pence", Kind.MONEY, in_files_only=True),
        Column("Proposed", "proposed_at", Kind.MOMENT, in_files_only=True),
        Column("Decided", "decided_at", Kind.MOMENT, in_files_only=True),
    ),
    rows=_rows,
    filters=AwardFilters,
    noun=("award", "awards"),
    empty="No award matches these filters.",
    worked_out=(
        "The value is the most the award can cost over its life, VAT included: every half-day "
        "agreed, on every school day. An award that waits for a decision is an estimate; one that "
        "was made is a promise. Services that fitted are those of the shortlist as it was frozen. "
        "Of a direct award one provider is asked. Could bid, asked and bids are those of its "
        "competition, as they stood when it was proposed. Children are shown by reference."
    ),
    template="council/awards/register.html",
    context=_context,
)
