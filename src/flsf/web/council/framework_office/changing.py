"""Changing the commercial model: rehearsed, looked at, carried out, undone or confirmed."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from flsf.core import clock
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.flows import change_model as flow
from flsf.mandate.framework import queries as framework
from flsf.mandate.framework.rules import MODELS
from flsf.market.agreements import actions, queries
from flsf.market.agreements.enums import Stage
from flsf.market.agreements.queries import Change
from flsf.market.agreements.rules import LEFT_OUT, OUTCOMES
from flsf.market.exclusions import queries as exclusions
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components.fields import posted
from flsf.web.components.lists import Asked, Column, Kind, ListPage
from flsf.web.council.framework_office.changing_forms import (
    CarryOutForm,
    LeaveOutForm,
    RehearseForm,
    UndoForm,
)
from flsf.web.council.framework_office.chosen import address, chosen


def _change(ref: str, person: Person) -> Change:
    return found(queries.with_ref(ref, person=person))


@requires(Permission.EDIT_FRAMEWORK)
def rehearse(request: HttpRequest) -> HttpResponse:
    person, now = person_of(request), clock.now()
    today = clock.london_day(now)
    one = chosen(request, person, today)
    form = RehearseForm(posted(request), initial={"takes_effect_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            ref = flow.rehearse(framework_id=one.pk, **form.cleaned_data, by=person, at=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("transition-page", ref=ref)
    context = {
        "form": form,
        "one": one,
        "office": address("framework-page", one),
        "model": framework.model_on(one.pk, on=today),
        "changes": queries.changes(one.pk, person=person),
    }
    return render(request, "council/framework_office/rehearse.html", context)


@requires(Permission.VIEW_FRAMEWORK)
def page(request: HttpRequest, ref: str) -> HttpResponse:
    person = person_of(request)
    change = _change(ref, person)
    context = {
        "change": change,
        "dues": [
            one | {"last_day": date.fromisoformat(one["last_day"]) if one["last_day"] else None}
            for one in change.record["dues"]
        ],
        "office": f"{reverse('framework-page')}?framework={change.framework_ref}",
        "may_edit": person.may(Permission.EDIT_FRAMEWORK),
        "is_rehearsed": change.stage is Stage.REHEARSED,
        "is_carried_out": change.stage is Stage.CARRIED_OUT,
    }
    return render(request, "council/framework_office/transition.html", context)


def _lines(asked: Asked) -> Any:
    change = _change(asked.captured["ref"], asked.person)
    return queries.lines(change.id, person=asked.person)


def _lines_context(asked: Asked) -> dict[str, Any]:
    change = _change(asked.captured["ref"], asked.person)
    return {"change": change, "is_rehearsed": change.stage is Stage.REHEARSED}


def _line_page(row: Any) -> str:
    captured = {"ref": row.transition_ref, "number": row.number}
    return reverse("transition-line", kwargs=captured)


LINES = ListPage(
    name="transition-lines",
    title="What becomes of each agreement",
    section="framework",
    permission=Permission.VIEW_FRAMEWORK,
    columns=(
        Column("Provider", lambda row: row.admission.provider.name, link=_line_page),
        Column("Lot", lambda row: row.admission.lot.name),
        Column("Agreement", lambda row: row.get_outcome_display(), Kind.STATUS),
        Column("What wants mending", lambda row: "; ".join(row.gaps)),
        Column("Left out because", "left_out_because"),
    ),
    rows=_lines,
    template="council/framework_office/transition_lines.html",
    context=_lines_context,
    noun=("agreement", "agreements"),
    empty="Nobody has been admitted, so there is nothing to issue again.",
    worked_out=(
        "Every admission to a lot of the framework on the day of the rehearsal. A gap keeps "
        "nobody from rolling over, but no new child is placed there until it is mended."
    ),
)


@requires(Permission.EDIT_FRAMEWORK)
def line(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    person, now = person_of(request), clock.now()
    change = _change(ref, person)
    one = found(queries.line(change.id, number, person=person))
    is_out = one.outcome in LEFT_OUT
    form = LeaveOutForm(None if "back" in request.POST else posted(request))
    if request.method == "POST" and (is_out or form.is_valid()):
        try:
            if is_out:
                usual = OUTCOMES[MODELS[change.after].take_over().carrying]
                actions.take_back_in(line_id=one.pk, outcome=usual, by=person, at=now)
            else:
                actions.leave_out(line_id=one.pk, **form.cleaned_data, by=person, at=now)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("transition-lines", ref=ref)
    context = {
        "change": change,
        "one": one,
        "form": form,
        "is_out": is_out,
        "is_rehearsed": change.stage is Stage.REHEARSED,
    }
    return render(request, "council/framework_office/transition_line.html", context)


@requires(Permission.EDIT_FRAMEWORK)
def carry_out(request: HttpRequest, ref: str) -> HttpResponse:
    person, now = person_of(request), clock.now()
    change = _change(ref, person)
    listed = exclusions.in_force()
    # Everybody is looked for on the list in force as it is carried out.
    seen: dict[str, Any] = {}
    if listed is not None:
        seen = {"debarment_seen_on": clock.london_day(now), "debarment_version": listed.name}
    form = CarryOutForm(posted(request), initial=seen)
    if request.method == "POST" and form.is_valid():
        try:
            flow.carry_out(ref=ref, **form.cleaned_data, by=person, at=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Carried out. No placement has changed. You can undo it")
            return redirect("transition-page", ref=ref)
    context = {"change": change, "form": form}
    return render(request, "council/framework_office/carry_out.html", context)


@requires(Permission.EDIT_FRAMEWORK)
def undo(request: HttpRequest, ref: str) -> HttpResponse:
    person, now = person_of(request), clock.now()
    change = _change(ref, person)
    form = UndoForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            flow.undo(ref=ref, **form.cleaned_data, by=person, at=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Undone. The agreements before are in force again")
            return redirect("transition-page", ref=ref)
    context = {"change": change, "form": form}
    return render(request, "council/framework_office/undo.html", context)


@requires(Permission.EDIT_FRAMEWORK)
def confirm(request: HttpRequest, ref: str) -> HttpResponse:
    person, now = person_of(request), clock.now()
    change = _change(ref, person)
    if request.method == "POST":
        try:
            told = flow.confirm(ref=ref, by=person, at=now)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Confirmed. {told} providers are written to")
        return redirect("transition-page", ref=ref)
    return render(request, "council/framework_office/confirm.html", {"change": change})
