"""The list of referrals."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse

from flsf.casework.children import queries as children
from flsf.casework.referrals import queries
from flsf.casework.referrals.enums import ClockKind, Route, Status, Urgency
from flsf.casework.referrals.rules import due_in_words
from flsf.core.clock import london_day
from flsf.shared.accounts.enums import Permission, Team
from flsf.web.components.filters import FilterForm
from flsf.web.components.lists import Asked, Column, Kind, ListPage


@dataclass(frozen=True, slots=True)
class Row:
    """A referral as the list shows it."""

    ref: str
    child: str
    child_ref: str | None
    status: str
    urgency: str
    team: str
    route: str
    worker: str
    received_on: date
    next_duty: str
    due: str


class ReferralFilters(FilterForm):
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Any"), *Status.choices]
    )
    team = forms.ChoiceField(label="Team", required=False, choices=[("", "Any"), *Team.choices])
    urgency = forms.ChoiceField(
        label="Urgency", required=False, choices=[("", "Any"), *Urgency.choices]
    )
    mine = forms.BooleanField(label="I work on it", required=False)


class Rows:
    """The referrals the person may see, latest first, in a fixed number of questions."""

    def __init__(self, asked: Asked) -> None:
        wanted = asked.filters
        self._asked = asked
        self._found = queries.listed(
            person=asked.person,
            on=asked.on,
            statuses=[wanted["status"]] if wanted["status"] else (),
            team=wanted["team"] or "",
            urgency=wanted["urgency"] or "",
            worker_id=asked.person.pk if wanted["mine"] else None,
        )

    def __len__(self) -> int:
        return self._found.count()

    def __getitem__(self, part: slice) -> list[Row]:
        found = list(self._found[part])
        named = children.named(
            {one.child_id for one in found}, person=self._asked.person, on=self._asked.on
        )
        clocks = queries.clocks_of([one.pk for one in found])
        return [self._row(one, named.get(one.child_id), clocks[one.pk]) for one in found]

    def _row(self, one: Any, child: Any, clocks: list[Any]) -> Row:
        running = [clock for clock in clocks if clock.met_on is None]
        first = running[0] if running and one.status != Status.CLOSED else None
        return Row(
            ref=one.ref,
            child=str(child) if child else "Name not shown to you",
            child_ref=child.ref if child else None,
            status=str(Status(one.status).label),
            urgency=str(Urgency(one.urgency).label),
            team=str(Team(one.team).label),
            route=str(Route(one.route).label),
            worker=one.worker.name if one.worker else "Nobody yet",
            received_on=london_day(one.received_at),
            next_duty=str(ClockKind(first.kind).label) if first else "",
            due=due_in_words(first.due_on, self._asked.on) if first else "",
        )


REFERRALS = ListPage(
    name="referral-list",
    title="Referrals",
    section="referrals",
    permission=Permission.WORK_REFERRALS,
    columns=(
        Column(
            "Referral", "ref", link=lambda row: reverse("referral-page", kwargs={"ref": row.ref})
        ),
        Column("Child", "child"),
        Column("Status", "status", Kind.STATUS),
        Column("Next duty", "due", hint="next_duty"),
        Column("Urgency", "urgency"),
        Column("Team", "team"),
        Column("Worked on by", "worker"),
        Column("Sent by", "route"),
        Column("Received", "received_on", Kind.DATE),
        Column("Duty", "next_duty", in_files_only=True),
    ),
    rows=Rows,
    filters=ReferralFilters,
    child=lambda row: row.child_ref,
    template="council/referrals/list.html",
    noun=("referral", "referrals"),
    empty="No referral fits.",
    worked_out=(
        "The next duty is the first clock still running. Clocks start on the day somebody first "
        "knew, count school days by the child's own school, and keep the last day they had when "
        "they started."
    ),
)
