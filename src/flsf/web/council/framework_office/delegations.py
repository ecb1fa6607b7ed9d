"""Who may award and extend, by whose leave; and by which parts each criterion is judged."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core import clock
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.mandate.budgets import queries as budgets
from flsf.mandate.delegations import actions, queries
from flsf.mandate.delegations.actions import NewDelegation
from flsf.mandate.delegations.enums import Power
from flsf.mandate.framework import queries as framework
from flsf.market.applications import queries as applications
from flsf.market.evaluation import actions as evaluation
from flsf.market.evaluation import queries as find_evaluation
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components import refused, words
from flsf.web.components.fields import posted
from flsf.web.components.lists import Asked, Column, Kind, ListPage
from flsf.web.council.framework_office.chosen import address, chosen, named
from flsf.web.council.framework_office.delegation_forms import (
    DelegationForm,
    EndDelegationForm,
    JudgedByForm,
)


def _rows(asked: Asked) -> list[queries.Line]:
    one = named(asked.query, asked.person, asked.on)
    return queries.kept(one.pk, person=asked.person, on=asked.on) if one else []


def _context(asked: Asked) -> dict[str, Any]:
    one = named(asked.query, asked.person, asked.on)
    return {
        "framework": one,
        "office": address("framework-page", one) if one else "",
        "add": address("delegation-add", one) if one else "",
        "may_keep": asked.person.may(Permission.KEEP_REGISTERS) and one is not None,
        "limits": budgets.limits(person=asked.person),
        "ending": [
            (line, address("delegation-end", one, number=line.given.number))
            for line in _rows(asked)
            if line.given.last_day is None
        ],
    }


DELEGATIONS = ListPage(
    name="delegation-list",
    title="Delegations",
    section="framework",
    permission=Permission.VIEW_FRAMEWORK,
    columns=(
        Column("Number", lambda row: row.given.number, Kind.NUMBER),
        Column("Power", lambda row: str(row.given.power.label), hint="passed_on"),
        Column("To", lambda row: row.given.post, hint=lambda row: row.given.role.label),
        Column("From", lambda row: row.given.given_by),
        Column("Delegated on", lambda row: row.given.given_on, Kind.DATE),
        Column("Minute", lambda row: row.given.minute),
        Column("In these words", lambda row: row.given.terms),
        Column("Holds from", lambda row: row.given.since, Kind.DATE),
        Column("Last day", lambda row: row.given.last_day, Kind.DATE, hint="ended_why"),
        Column("Standing", "standing", Kind.STATUS),
        Column("Passed on", "passed_on", in_files_only=True),
        Column("Ended because", "ended_why", in_files_only=True),
        Column("Recorded by", "recorded_by", in_files_only=True),
        Column("Recorded at", "recorded_at", Kind.MOMENT, in_files_only=True),
    ),
    rows=_rows,
    template="council/framework_office/delegations.html",
    context=_context,
    noun=("delegation", "delegations"),
    empty="Nobody has recorded a delegation, so nobody can award.",
    worked_out=(
        "A delegation is in force from its day to its last day, and only while everything that it "
        "was passed on from is. Nobody can decide who joins, or award a call-off, without one. "
        "Each decision keeps the one it was taken under."
    ),
)


@requires(Permission.KEEP_REGISTERS)
def add(request: HttpRequest) -> HttpResponse:
    person, now = person_of(request), clock.now()
    today = clock.london_day(now)
    one = chosen(request, person, today)
    form = DelegationForm(
        posted(request),
        kept=[
            (str(line.given.number), _in_words(line))
            for line in queries.kept(one.pk, person=person, on=today)
            if line.is_in_force
        ],
    )
    if request.method == "POST" and form.is_valid():
        new = NewDelegation(**form.cleaned_data)
        told = {"framework_id": one.pk, "new": new, "by": person, "at": now}
        if refused.settled(form, actions.record, told, FIELDS):
            messages.success(request, "Recorded. Decisions from its day on may rest on it")
            return redirect(address("delegation-list", one))
    context = {"form": form, "title": "Record a delegation", "button": "Record it"}
    context["office"] = address("delegation-list", one)
    return render(request, "council/framework_office/edit.html", context)


def _in_words(line: queries.Line) -> str:
    return f"{line.given.number}: {line.given.power.label}, to the {line.given.post}"


FIELDS: refused.Fields = {
    actions.GivenLater: ("given_on",),
    actions.HoldsBeforeGiven: ("in_force_from",),
    actions.OwnDelegation: ("role",),
    actions.NotTheirsToPassOn: ("passed_on_from",),
    actions.EndsInThePast: ("last_day",),
    actions.ReasonMissing: ("why",),
}


@requires(Permission.KEEP_REGISTERS)
def end(request: HttpRequest, number: int) -> HttpResponse:
    person, now = person_of(request), clock.now()
    today = clock.london_day(now)
    one = chosen(request, person, today)
    line = found(queries.with_number(one.pk, number, person=person, on=today))
    form = EndDelegationForm(posted(request), initial={"last_day": today})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data | {"delegation_id": line.delegation_id, "by": person, "at": now}
        if refused.settled(form, actions.end, told, FIELDS):
            last = words.day(form.cleaned_data["last_day"])
            messages.success(request, f"Ended. Nobody decides under it after {last}")
            return redirect(address("delegation-list", one))
    context = {"form": form, "title": f"End delegation {number}", "button": "End it"}
    context["office"] = address("delegation-list", one)
    return render(request, "council/framework_office/edit.html", context)


@requires(Permission.EDIT_FRAMEWORK)
def judged_by(request: HttpRequest) -> HttpResponse:
    """By which parts of an application each criterion in force is judged (S43)."""
    person, now = person_of(request), clock.now()
    today = clock.london_day(now)
    one = chosen(request, person, today)
    criteria = found(framework.criteria_in_force(one.pk, on=today))
    asked = found(applications.questions_in_force(one.pk, on=today))
    form = JudgedByForm(
        posted(request),
        criteria=criteria.lines,
        parts=[(part.code, part.title) for part in asked.questions.sections],
        said=find_evaluation.judged_by(one.pk),
    )
    if request.method == "POST" and form.is_valid():
        try:
            evaluation.say_judged_by(framework_id=one.pk, parts=form.said(), by=person, at=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Said. Whoever decides from now on sees each criterion so")
            return redirect(address("framework-page", one))
    title = f"How the criteria are judged, version {criteria.version}"
    context = {"form": form, "title": title, "button": "Save"}
    context["office"] = address("framework-page", one)
    return render(request, "council/framework_office/edit.html", context)


def in_force(framework_id: int, power: Power, *, person: Person, on: date) -> list[queries.Line]:
    """The delegations of a power that hold on a day."""
    every = queries.kept(framework_id, person=person, on=on)
    return [one for one in every if one.is_in_force and one.given.power is power]
