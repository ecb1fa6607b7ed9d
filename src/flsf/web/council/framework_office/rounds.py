"""The rounds of a framework: listed, opened, closed, and their notices."""

from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core import clock
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.flows.reopen_framework import rehearse_reissue
from flsf.mandate.framework import actions as frameworks
from flsf.mandate.framework import queries as find_frameworks
from flsf.mandate.framework.enums import CommercialModel
from flsf.mandate.rounds import actions, queries
from flsf.mandate.rounds.enums import Status
from flsf.mandate.rounds.rules import RoundFacts, tender_days
from flsf.market.agreements import actions as agreements
from flsf.market.agreements import queries as find_agreements
from flsf.market.agreements.enums import Stage
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components import refused
from flsf.web.components.fields import posted
from flsf.web.components.lists import Asked, Column, Kind, ListPage
from flsf.web.council.framework_office.chosen import address, chosen, named
from flsf.web.council.framework_office.forms import (
    CloseForm,
    NoticeForm,
    ReissueForm,
    ReopenForm,
    RoundForm,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A round and its page."""

    facts: RoundFacts
    address: str


def _rows(asked: Asked) -> list[Row]:
    one = named(asked.query, asked.person, asked.on)
    if one is None:
        return []
    return [
        Row(facts, address("round-page", one, number=facts.number))
        for facts in queries.rounds(one.pk, on=asked.on)
    ]


def _context(asked: Asked) -> dict[str, Any]:
    one = named(asked.query, asked.person, asked.on)
    return {
        "framework": one,
        "office": address("framework-page", one) if one else "",
        "open_round_address": address("round-open", one) if one else "",
        "reopen_address": _reopen_address(one, asked.on),
        "may_edit": asked.person.may(Permission.EDIT_FRAMEWORK) and one is not None,
    }


def _notices(row: Row) -> str:
    return ", ".join(f"{one.kind} {one.reference}" for one in row.facts.notices)


ROUNDS = ListPage(
    name="round-list",
    title="Rounds",
    section="framework",
    permission=Permission.VIEW_FRAMEWORK,
    columns=(
        Column("Round", lambda row: f"Round {row.facts.number}", link=lambda row: row.address),
        Column("Status", lambda row: str(row.facts.status.label), Kind.STATUS),
        Column("First day", attrgetter("facts.opens_on"), Kind.DATE),
        Column("Last day", attrgetter("facts.closes_on"), Kind.DATE),
        Column("Decide by", attrgetter("facts.decide_by"), Kind.DATE),
        Column("Everybody told", attrgetter("facts.summaries_sent_on"), Kind.DATE),
        Column("Standstill, working days", attrgetter("facts.standstill_days"), Kind.NUMBER),
        Column("Notices", _notices),
        Column("Model", lambda row: CommercialModel(row.facts.model).label, in_files_only=True),
    ),
    rows=_rows,
    template="council/framework_office/rounds.html",
    context=_context,
    noun=("round", "rounds"),
    empty="No round has been held yet.",
    worked_out=(
        "Providers apply in rounds, and all of a round are told at the same moment once it has "
        "closed. Where the pool is never shut, a round ends with its month and the next begins."
    ),
)


@requires(Permission.EDIT_FRAMEWORK)
def open_round(request: HttpRequest) -> HttpResponse:
    person, now = person_of(request), clock.now()
    one = chosen(request, person, clock.london_day(now))
    form = RoundForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_round(framework_id=one.pk, **form.cleaned_data, by=person, at=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Round {made.number} is announced")
            return redirect(address("round-list", one))
    context = {"form": form, "title": "Open a round", "button": "Open the round"}
    context["office"] = address("round-list", one)
    return render(request, "council/framework_office/edit.html", context)


@requires(Permission.EDIT_FRAMEWORK)
def reopen(request: HttpRequest) -> HttpResponse:
    """The whole open framework reopens, for so many days at most as the law row says (S131)."""
    person, now = person_of(request), clock.now()
    one = chosen(request, person, clock.london_day(now))
    form = ReopenForm(posted(request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data | {"framework_id": one.pk, "by": person, "at": now}
        if refused.settled(form, actions.reopen, told, FIELDS):
            messages.success(request, "The framework reopens. No agreement has changed yet")
            return redirect(address("round-list", one))
    model = find_frameworks.model_on(one.pk, on=clock.london_day(now))
    context = {
        "form": form,
        "title": "Reopen the framework",
        "button": "Reopen it",
        "intro": [REOPENING],
        "before": "" if model is CommercialModel.OPEN_FRAMEWORK else NOT_OPEN.format(model.label),
        "office": address("round-list", one),
    }
    return render(request, "council/framework_office/edit.html", context)


REOPENING = (
    "Everybody may tender again: who is in the pool and who is new. Those in the pool stay in it "
    "until everybody is told. Then every agreement ends and is issued again, in one batch."
)
NOT_OPEN = (
    "Today it works as: {}. Only an open framework reopens. Change the commercial model first, "
    "from the first day of the round or earlier."
)
FIELDS: refused.Fields = {
    actions.TenderTooLong: ("closes_on",),
    actions.ClosesBeforeItOpens: ("closes_on",),
    actions.OpensInThePast: ("opens_on",),
    actions.RoundsOverlap: ("opens_on",),
    actions.NotAnOpenFramework: ("opens_on",),
    actions.DecidesTooEarly: ("decide_by",),
    actions.StandstillTooShort: ("standstill_days",),
    agreements.DayHasPassed: ("takes_effect_on",),
    frameworks.ModelOutsideTerm: ("takes_effect_on",),
}


@requires(Permission.EDIT_FRAMEWORK)
def reissue(request: HttpRequest, number: int) -> HttpResponse:
    """What would become of every agreement is rehearsed; it is carried out on its own page."""
    person, now = person_of(request), clock.now()
    today = clock.london_day(now)
    framework = chosen(request, person, today)
    one = found(queries.with_number(framework.pk, number, on=today))
    form = ReissueForm(
        posted(request),
        initial={"takes_effect_on": today, "authority": one.reopening_authority},
    )
    if request.method == "POST" and form.is_valid():
        told = {"framework_id": framework.pk, "number": number, "by": person, "at": now}
        try:
            ref = rehearse_reissue(**told, **form.cleaned_data)
        except Refusal as refusal:
            refused.say(form, refusal, FIELDS)
        else:
            return redirect("transition-page", ref=ref)
    title = "Rehearse issuing every agreement again"
    return _edit(request, form, title, "Rehearse it", framework, number)


def _reopen_address(one: Any, on: date) -> str:
    """Where an open framework that has had its first round is reopened; empty: it is not."""
    if one is None or find_frameworks.model_on(one.pk, on=on) is not CommercialModel.OPEN_FRAMEWORK:
        return ""
    return address("round-reopen", one) if queries.has_any(one.pk) else ""


@requires(Permission.VIEW_FRAMEWORK)
def page(request: HttpRequest, number: int) -> HttpResponse:
    person, today = person_of(request), clock.london_day(clock.now())
    framework = chosen(request, person, today)
    one = found(queries.with_number(framework.pk, number, on=today))
    told_on = one.summaries_sent_on
    context = {
        "one": one,
        "places_from": told_on and queries.in_pool_from(one.round_id, told_on=told_on),
        "here": f"?framework={framework.ref}",
        "model": CommercialModel(one.model).label,
        "changes": queries.changes(one.round_id, person=person),
        "may_edit": person.may(Permission.EDIT_FRAMEWORK),
        "may_read_applications": person.may(Permission.VIEW_APPLICATIONS),
        "may_close": one.status in (Status.OPEN, Status.TO_COME),
        **(_of_reopening(one, person) if one.reopens else {}),
    }
    return render(request, "council/framework_office/round.html", context)


def _of_reopening(one: RoundFacts, person: Person) -> dict[str, Any]:
    """What the page of a round tells of the reopening, and what can be done next."""
    reissues = find_agreements.of_round(one.round_id, person=person)
    settled = any(each.stage in (Stage.CARRIED_OUT, Stage.CONFIRMED) for each in reissues)
    is_told = one.summaries_sent_on is not None
    return {
        "tender_days": tender_days(one.window),
        "reissues": reissues,
        "may_reissue": person.may(Permission.EDIT_FRAMEWORK) and is_told and not settled,
    }


@requires(Permission.EDIT_FRAMEWORK)
def close(request: HttpRequest, number: int) -> HttpResponse:
    person, now = person_of(request), clock.now()
    today = clock.london_day(now)
    framework = chosen(request, person, today)
    one = found(queries.with_number(framework.pk, number, on=today))
    form = CloseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_round(round_id=one.round_id, **form.cleaned_data, by=person, at=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            last = form.cleaned_data["last_day"] + timedelta(days=1)
            messages.success(request, f"Round {one.number} is closed from {last:%-d %B %Y}")
            return redirect(address("round-page", framework, number=number))
    title = f"Close round {one.number} early"
    return _edit(request, form, title, "Close the round", framework, number)


@requires(Permission.EDIT_FRAMEWORK)
def notice(request: HttpRequest, number: int) -> HttpResponse:
    person, now = person_of(request), clock.now()
    today = clock.london_day(now)
    framework = chosen(request, person, today)
    one = found(queries.with_number(framework.pk, number, on=today))
    form = NoticeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_notice(round_id=one.round_id, **form.cleaned_data, by=person, at=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "You recorded the notice")
            return redirect(address("round-page", framework, number=number))
    return _edit(
        request, form, f"Record a notice of round {one.number}", "Record it", framework, number
    )


def _edit(
    request: HttpRequest, form: Any, title: str, button: str, framework: Any, number: int
) -> HttpResponse:
    office = address("round-page", framework, number=number)
    context = {"form": form, "title": title, "button": button, "office": office}
    return render(request, "council/framework_office/edit.html", context)
