"""The rounds of a framework: listed, opened, closed, and their notices."""

from dataclasses import dataclass
from datetime import timedelta
from operator import attrgetter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.mandate.framework.enums import CommercialModel
from flsf.mandate.rounds import actions, queries
from flsf.mandate.rounds.enums import Status
from flsf.mandate.rounds.rules import RoundFacts
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components.fields import posted
from flsf.web.components.lists import Asked, Column, Kind, ListPage
from flsf.web.council.framework_office.chosen import address, chosen, named
from flsf.web.council.framework_office.forms import CloseForm, NoticeForm, RoundForm


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
    }
    return render(request, "council/framework_office/round.html", context)


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
