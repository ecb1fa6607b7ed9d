from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.delivery.attendance import queries as attendance
from flsf.delivery.attendance.rules import CODES
from flsf.delivery.continuity import queries as continuity
from flsf.delivery.outcomes import queries as outcomes
from flsf.delivery.placements import actions, rules
from flsf.delivery.placements import queries as placements
from flsf.delivery.placements.enums import Status
from flsf.flows.end_placement import end_placement
from flsf.shared.accounts.enums import Permission
from flsf.shared.audit import actions as audit
from flsf.web.access import found, person_of, requires
from flsf.web.components.filters import FilterForm
from flsf.web.components.lists import Asked, Column, Kind, ListPage
from flsf.web.components.pages import Rows
from flsf.web.council.placements.forms import EndForm, MoveForm
from flsf.web.council.placements.rows import (
    GAP,
    LOOK_BACK,
    NOT_MARKED,
    UNEXPLAINED,
    OutOfOrder,
    PlacementRow,
    exceptions,
    named,
)


class PlacementFilters(FilterForm):
    status = forms.ChoiceField(
        label="Status", choices=[("", "Any"), *Status.choices], required=False
    )
    provider = forms.CharField(label="Provider reference", required=False)


class ExceptionFilters(FilterForm):
    kind = forms.ChoiceField(
        label="What is out of order",
        choices=[("", "Anything"), *((one, one) for one in (UNEXPLAINED, NOT_MARKED, GAP))],
        required=False,
    )


def _placements(asked: Asked) -> Rows:
    status = asked.filters["status"]
    seen = placements.register(
        person=asked.person,
        on=asked.on,
        status=Status(status) if status else None,
        provider_ref=(asked.filters["provider"] or "").strip().upper(),
    )
    return named(seen, person=asked.person, on=asked.on)


def _exceptions(asked: Asked) -> Rows:
    every = exceptions(person=asked.person, on=asked.on, at=asked.at)
    kind = asked.filters["kind"]
    return [one for one in every if one.kind == kind] if kind else every


def _child_of(row: PlacementRow) -> str | None:
    return row.child.ref if row.child and row.child.known_as else None


def _page_of(ref: str) -> str:
    return reverse("placement-page", kwargs={"ref": ref})


PLACEMENTS = ListPage(
    name="placement-list",
    title="Placements",
    section="placements",
    permission=Permission.VIEW_PLACEMENTS,
    columns=(
        Column("Placement", lambda row: row.seen.ref, link=lambda row: _page_of(row.seen.ref)),
        Column("Child", "child_words"),
        Column(
            "Provider",
            lambda row: row.seen.provider_name,
            hint=lambda row: row.seen.service_name or row.seen.nature,
        ),
        Column("Status", lambda row: row.seen.status.label, Kind.STATUS),
        Column("First day", lambda row: row.seen.starts_on, Kind.DATE),
        Column("Planned last day", lambda row: row.seen.planned_end_on, Kind.DATE),
    ),
    rows=_placements,
    filters=PlacementFilters,
    child=_child_of,
    noun=("placement", "placements"),
    empty="No placement matches these filters.",
)

EXCEPTIONS = ListPage(
    name="attendance-exceptions",
    title="Attendance out of order",
    section="placements",
    permission=Permission.VIEW_PLACEMENTS,
    columns=(
        Column(
            "Placement",
            lambda row: row.placement.seen.ref,
            link=lambda row: _page_of(row.placement.seen.ref),
        ),
        Column("Child", lambda row: row.placement.child_words),
        Column("Provider", lambda row: row.placement.seen.provider_name),
        Column("What is out of order", "kind"),
        Column("When", "when"),
        Column("To be settled by", "due_on", Kind.DATE),
    ),
    rows=_exceptions,
    filters=ExceptionFilters,
    child=lambda row: _child_of(row.placement),
    noun=("thing out of order", "things out of order"),
    empty="Nothing is out of order.",
    worked_out=(
        "From the last four weeks of placements that run today. A session counts as not marked"
        " from six in the evening of its day. An absence without a reason is to be settled within"
        " five school days (SI 2024/208, regulation 10). A gap is a running placement at which no"
        " session was held on the last five school days."
    ),
)


@requires(Permission.VIEW_PLACEMENTS)
def placement_page(request: HttpRequest, ref: str) -> HttpResponse:
    """One placement: its terms, its changes, its goals and its last four weeks."""
    person, now = person_of(request), clock.now()
    day = clock.london_day(now)
    seen = found(placements.with_ref(ref, person=person, on=day))
    (row,) = named([seen], person=person, on=day)
    subject = f"child {seen.child_ref}"
    audit.record_view(subject=subject, page="placement-page", by=person, at=now)
    marks = attendance.marks([seen.id], day - LOOK_BACK, day)
    uncovered = attendance.uncovered([seen.id], day - LOOK_BACK, day)
    context = {
        "title": f"Placement {seen.ref}",
        "asked": continuity.standing_for([seen.id])[seen.id],
        "uncovered": {(one.day, one.half): f"{one.name}: {one.why}" for one in uncovered},
        "section": "placements",
        "row": row,
        "seen": seen,
        "changes": placements.changes(seen.id),
        "workers": placements.workers(seen.id),
        "goals": outcomes.of_placement(seen.id),
        "marks": [(mark, CODES.get(mark.school_code, "")) for mark in reversed(marks)],
        "may_change": person.may(Permission.WORK_REFERRALS),
        "may_end": rules.may_move(seen.status, Status.ENDED),
        "moves": [one for one in (Status.ON_HOLD, Status.ACTIVE) if _offers(seen.status, one)],
    }
    return render(request, "council/placements/page.html", context)


def _offers(before: Status, to: Status) -> bool:
    """Holding and taking up again are the council's; beginning is the provider's."""
    return rules.may_move(before, to) and (to is Status.ON_HOLD or before is Status.ON_HOLD)


@requires(Permission.WORK_REFERRALS)
def placement_move(request: HttpRequest, ref: str) -> HttpResponse:
    """The placement is on hold, or taken up again, from a day."""
    return _changed(request, ref, ends=False)


@requires(Permission.WORK_REFERRALS)
def placement_stop(request: HttpRequest, ref: str) -> HttpResponse:
    """The placement ends after its last day."""
    return _changed(request, ref, ends=True)


def _changed(request: HttpRequest, ref: str, *, ends: bool) -> HttpResponse:
    person, now = person_of(request), clock.now()
    seen = found(placements.with_ref(ref, person=person, on=clock.london_day(now)))
    data = request.POST if request.method == "POST" else None
    form: Any = EndForm(data) if ends else MoveForm(data)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            if ends:
                end_placement(placement_id=seen.id, **said, by=person, at=now)
            else:
                actions.move(
                    placement_id=seen.id,
                    status=Status(said["status"]),
                    takes_effect_on=said["from_day"],
                    reason=said["reason"],
                    by=person,
                    at=now,
                )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved.")
            return redirect("placement-page", ref=ref)
    context = {
        "title": "End the placement" if ends else "Hold it, or take it up again",
        "caption": f"Placement {seen.ref}",
        "section": "placements",
        "form": form,
        "button": "Save",
        "warning": ends,
        "cancel": _page_of(seen.ref),
    }
    return render(request, "layouts/question.html", context)


__all__ = ["EXCEPTIONS", "PLACEMENTS", "OutOfOrder"]
