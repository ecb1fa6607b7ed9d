"""Every child with no offer, by age of wait, so that nobody is left behind (S29)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django import forms
from django.urls import reverse

from flsf.casework.children import queries as children
from flsf.casework.children.rules import Named
from flsf.casework.referrals import queries
from flsf.casework.referrals.rules import BANDS, Waiting
from flsf.shared.accounts.enums import Permission, Team
from flsf.web.components.filters import FilterForm
from flsf.web.components.lists import Asked, Column, Kind, ListPage


@dataclass(frozen=True, slots=True)
class Row:
    """One wait as the list shows it."""

    ref: str
    child: str
    child_ref: str | None
    href: str
    school_days: int
    band: str
    too_long: str
    status: str
    urgency: str
    team: str
    worker: str
    first_aware_on: date


class WaitingFilters(FilterForm):
    band = forms.ChoiceField(
        label="How long",
        required=False,
        choices=[("", "Any"), *((name, name.capitalize()) for name, _ in BANDS)],
    )
    team = forms.ChoiceField(label="Team", required=False, choices=[("", "Any"), *Team.choices])


def rows(asked: Asked) -> list[Row]:
    found = [
        one
        for one in queries.waiting(
            person=asked.person, on=asked.on, team=asked.filters["team"] or ""
        )
        if asked.filters["band"] in ("", None, one.band)
    ]
    named = children.named({one.child_id for one in found}, person=asked.person, on=asked.on)
    return [_row(one, named) for one in found]


def _row(one: Waiting, named: Mapping[int, Named]) -> Row:
    child = named.get(one.child_id)
    return Row(
        ref=one.ref,
        child=str(child) if child else "Name not shown to you",
        child_ref=child.ref if child else None,
        href=reverse("referral-page", kwargs={"ref": one.ref}) if child else "",
        school_days=one.school_days,
        band=one.band.capitalize(),
        too_long="Too long" if one.is_too_long else "",
        status=str(one.status.label),
        urgency=str(one.urgency.label),
        team=str(one.team.label),
        worker=one.worker_name or "Nobody yet",
        first_aware_on=one.first_aware_on,
    )


def bands(asked: Asked) -> dict[str, object]:
    """How many wait in each band, whatever the list is narrowed to."""
    every = queries.waiting(person=asked.person, on=asked.on)
    counts = [(name, sum(one.band == name for one in every)) for name, _ in BANDS]
    late = sum(one.is_too_long for one in every)
    return {"bands": counts, "late": late, "total": len(every)}


WAITING = ListPage(
    name="waiting-list",
    title="Waiting with no offer",
    section="waiting",
    permission=Permission.VIEW_WAITING,
    columns=(
        Column("Referral", "ref", link=lambda row: row.href),
        Column("Child", "child"),
        Column("School days", "school_days", Kind.NUMBER),
        Column("Wait", "band", hint="too_long"),
        Column("Status", "status", Kind.STATUS),
        Column("Urgency", "urgency"),
        Column("Team", "team"),
        Column("Worked on by", "worker"),
        Column("First known", "first_aware_on", Kind.DATE),
        Column("Longer than it should be", "too_long", in_files_only=True),
    ),
    rows=rows,
    filters=WaitingFilters,
    child=lambda row: row.child_ref,
    template="council/waiting/list.html",
    context=bands,
    noun=("child waiting", "children waiting"),
    empty="Nobody waits without an offer.",
    worked_out=(
        "Received, being looked at or matching: no offer has been made. School days are counted "
        "from the day somebody first knew, that day and today included, by the calendar of the "
        "child's own school. A wait is too long after the number of school days that the "
        "council has set."
    ),
)
