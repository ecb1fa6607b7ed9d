from dataclasses import dataclass, fields
from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from flsf.casework.calloffs import queries as calloffs
from flsf.core import clock
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.mandate.waivers import actions, queries
from flsf.mandate.waivers.enums import Standing
from flsf.mandate.waivers.queries import Entry
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components import drawings, words
from flsf.web.components.charts import Picture
from flsf.web.components.fields import set_choices
from flsf.web.components.filters import FilterForm
from flsf.web.components.lists import Asked, Column, Kind, ListPage
from flsf.web.council.waivers.contracts import Uncovered, without_contract
from flsf.web.council.waivers.forms import EndForm, GrantForm

A_MONTH, A_YEAR = timedelta(days=30), timedelta(days=365)


class WaiverFilters(FilterForm):
    standing = forms.ChoiceField(
        label="Standing", required=False, choices=[("", "Any"), *Standing.choices]
    )


@dataclass(frozen=True, slots=True)
class Listed(Entry):
    """A waiver of the register, with how many children have had support under it."""

    children: int


def _rows(asked: Asked) -> list[Listed]:
    chosen = asked.filters.get("standing")
    told = {"standings": [Standing(chosen)]} if chosen else {}
    found = queries.register(person=asked.person, on=asked.on, **told)
    many = calloffs.children_by_waiver([one.pk for one in found])
    names = [one.name for one in fields(Entry)]
    return [
        Listed(**{name: getattr(one, name) for name in names}, children=many.get(one.pk, 0))
        for one in found
    ]


def run_down(_: Person, on: date) -> Picture:
    """The waivers live on each day, from a year ago until a month after the last expires (P4)."""
    last = queries.last_expiry() or on
    steps = queries.live_by_day(first=on - A_YEAR, last=max(last, on) + A_MONTH)
    counted = queries.count(on=on)
    points = [(step.day, step.live) for step in steps]
    return Picture(
        name="waiver-run-down",
        title=_finding(counted.live, counted.overdue, last if last > on else None),
        spec=drawings.steps([*points, (max(last, on) + A_MONTH, points[-1][1])], today=on),
        headings=("From", "Live waivers"),
        rows=[(words.day(day), live) for day, live in points],
        file_rows=[(day.isoformat(), live) for day, live in points],
        worked_out=(
            "A waiver is live from its first day until its last, or until the day it was ended. "
            "One that has passed its last day and was not ended is overdue: it covers nothing "
            "any more, so it is not counted as live. If no waiver is added, the line runs to "
            "nothing on the day after the last one expires."
        ),
    )


def _finding(live: int, overdue: int, last: date | None) -> str:
    many = f"{live} waiver{'' if live == 1 else 's'} live" if live else "No waiver is live"
    late = f", {overdue} overdue" if overdue else ""
    end = f"; the last one runs out on {words.day(last)}" if live and last else ""
    return f"{many}{late}{end}."


def _context(asked: Asked) -> dict[str, object]:
    return {
        "picture": run_down(asked.person, asked.on),
        "may_edit": asked.person.may(Permission.EDIT_WAIVERS),
    }


def _left(row: Entry) -> str:
    if row.standing in (Standing.ENDED, Standing.TO_COME):
        return ""
    days = abs(row.days_left)
    many = f"{days} day{'' if days == 1 else 's'}"
    return f"{many} left" if row.days_left >= 0 else f"{many} ago"


WAIVERS = ListPage(
    name="waiver-list",
    title="Waivers",
    section="waivers",
    permission=Permission.VIEW_WAIVERS,
    columns=(
        Column("Waiver", "ref", link=lambda row: reverse("waiver-page", kwargs={"ref": row.ref})),
        Column("Standing", lambda row: str(row.standing.label), Kind.STATUS),
        Column("Provider", "provider_name"),
        Column("Value", "value_pence", Kind.MONEY),
        Column("First day", "starts_on", Kind.DATE),
        Column("Last day", "expires_on", Kind.DATE, hint=_left),
        Column("Approved by", "approver_name"),
        Column("Children covered", "children", Kind.NUMBER),
        Column("Reason", "reason"),
        Column("Ended on", "ended_on", Kind.DATE, in_files_only=True),
        Column("Why it ended", "ended_why", in_files_only=True),
    ),
    rows=_rows,
    filters=WaiverFilters,
    template="council/waivers/list.html",
    context=_context,
    noun=("waiver", "waivers"),
    empty="No waiver has that standing.",
    worked_out=(
        "Overdue: its last day has passed and nobody has ended it, so whatever is still bought "
        "under it has no valid contract. The value is the most that was approved, VAT included. "
        "Children covered: those who have had support bought under it, each counted once."
    ),
)


class ContractFilters(FilterForm):
    provider = forms.ChoiceField(label="Provider", required=False)


def _by_provider(asked: Asked) -> FilterForm:
    form = ContractFilters(asked.query)
    names = {one.provider_ref: one.provider_name for one in without_contract(on=asked.on)}
    by_name = sorted(names.items(), key=lambda pair: pair[1])
    set_choices(form, "provider", [("", "Any"), *by_name])
    return form


def _uncovered(asked: Asked) -> list[Uncovered]:
    return without_contract(on=asked.on, provider_ref=asked.filters.get("provider") or "")


def _award(row: Uncovered) -> str:
    return reverse("award-page", kwargs={"ref": row.award_ref})


def _waiver(row: Uncovered) -> str:
    return reverse("waiver-page", kwargs={"ref": row.waiver_ref}) if row.waiver_ref else ""


WITHOUT_CONTRACT = ListPage(
    name="without-contract-list",
    title="Placements without a valid contract today",
    section="waivers",
    permission=Permission.VIEW_WAIVERS,
    columns=(
        Column("Placement", "placement_ref"),
        Column("Why", "why"),
        Column("Since", "since", Kind.DATE),
        Column("Provider", "provider_name"),
        Column("Award", "award_ref", link=_award),
        Column("Waiver", "waiver_ref", link=_waiver),
    ),
    rows=_uncovered,
    filters=_by_provider,
    noun=("placement", "placements"),
    empty="Every placement has a valid contract today.",
    worked_out=(
        "Every placement that is planned, under way or on hold today, whose award has run out, "
        "was bought outside the framework with no waiver, or was bought under a waiver that has "
        "run out or was ended. The support itself goes on: it is the contract that wants mending."
    ),
)


@requires(Permission.VIEW_WAIVERS)
def page(request: HttpRequest, ref: str) -> HttpResponse:
    person = person_of(request)
    waiver = found(queries.with_ref(ref, person=person, on=clock.london_day(clock.now())))
    may_end = person.may(Permission.EDIT_WAIVERS) and waiver.standing is not Standing.ENDED
    children = calloffs.children_by_waiver([waiver.pk]).get(waiver.pk, 0)
    context = {"waiver": waiver, "may_end": may_end, "children": children}
    return render(request, "council/waivers/page.html", context)


@requires(Permission.EDIT_WAIVERS)
def grant(request: HttpRequest) -> HttpResponse:
    form = GrantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            waiver = actions.grant(**form.cleaned_data, by=person_of(request), at=clock.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Waiver {waiver.ref} is in the register.")
            return redirect("waiver-page", ref=waiver.ref)
    return render(request, "council/waivers/grant.html", {"form": form})


@requires(Permission.EDIT_WAIVERS)
def end(request: HttpRequest, ref: str) -> HttpResponse:
    person, now = person_of(request), clock.now()
    waiver = found(queries.with_ref(ref, person=person, on=clock.london_day(now)))
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end(waiver_id=waiver.pk, **form.cleaned_data, by=person, at=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Waiver {ref} is ended.")
            return redirect("waiver-page", ref=ref)
    return render(request, "council/waivers/end.html", {"form": form, "waiver": waiver})
