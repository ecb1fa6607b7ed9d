"""The debarment list, who may be on it, and cases of exclusion."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.casework.calloffs import queries as calloffs
from flsf.core import clock
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.delivery.placements import queries as placements
from flsf.flows import exclude as flow
from flsf.flows.import_debarment import import_debarment
from flsf.market.exclusions import actions, queries
from flsf.market.exclusions.enums import CaseStatus, MatchStatus
from flsf.market.exclusions.rules import GROUNDS
from flsf.market.providers import queries as providers
from flsf.shared.accounts.enums import Permission
from flsf.shared.imports.rules.sources import Source
from flsf.web.access import found, person_of, requires
from flsf.web.components.fields import GovukForm, posted
from flsf.web.components.refused import Fields, say
from flsf.web.council.exclusions.forms import (
    DecideForm,
    EndForm,
    ListForm,
    MatchForm,
    MinisterForm,
    OpenForm,
)

P = Permission
FIELDS: Fields = {
    actions.NotYet: ("happened_on", "told_on"),
    actions.BeforeTheDecision: ("told_on",),
    actions.TooLongAgo: ("happened_on",),
    actions.OutcomeDoesNotFit: ("outcome",),
}


class Asked(NamedTuple):
    """Who asks, and when."""

    person: Person
    now: datetime
    today: date


def _asked(request: HttpRequest) -> Asked:
    now = clock.now()
    return Asked(person_of(request), now, clock.london_day(now))


@requires(P.VIEW_EXCLUSIONS)
def exclusions(request: HttpRequest) -> HttpResponse:
    """The list in force, what it may say of our suppliers, and the cases."""
    asked = _asked(request)
    matches = list(queries.matches(person=asked.person))
    context = {
        "version": queries.in_force(),
        "sweep": queries.last_sweep(person=asked.person),
        "waiting": [one for one in matches if one.status == MatchStatus.OPEN],
        "settled": [one for one in matches if one.status != MatchStatus.OPEN],
        "cases": queries.cases(person=asked.person),
        "grounds": GROUNDS,
        "today": asked.today,
        "may_keep": asked.person.may(P.KEEP_EXCLUSIONS),
    }
    return render(request, "council/exclusions/page.html", context)


@requires(P.KEEP_EXCLUSIONS)
def take_in(request: HttpRequest) -> HttpResponse:
    """A file becomes the list in force; rows that cannot be read are told one by one."""
    asked = _asked(request)
    form = ListForm(posted(request), request.FILES or None)
    report = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            report = import_debarment(
                source=Source.of_bytes(file.name, file.read()),
                name=form.cleaned_data["name"],
                by=asked.person,
                at=asked.now,
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    context = {"form": form, "report": report}
    return render(request, "council/exclusions/take_in.html", context)


@requires(P.VIEW_EXCLUSIONS)
def match(request: HttpRequest, ref: str) -> HttpResponse:
    """The entry beside the supplier; posting says whether it is them."""
    asked = _asked(request)
    one = found(queries.match_with_ref(ref, person=asked.person))
    form = MatchForm(posted(request))
    may_settle = asked.person.may(P.KEEP_EXCLUSIONS)
    if request.method == "POST" and may_settle and form.is_valid():
        try:
            case_ref = flow.settle_match(
                match_id=one.pk, **form.cleaned_data, by=asked.person, at=asked.now
            )
        except Refusal as refusal:
            say(form, refusal, FIELDS)
        else:
            messages.success(request, f"{one.organisation.name}: recorded")
            return redirect("exclusion-case", ref=case_ref) if case_ref else redirect("exclusions")
    context = {
        "one": one,
        "provider": providers.of_organisation(one.organisation_id, person=asked.person),
        "form": form if may_settle and (one.status == MatchStatus.OPEN or form.errors) else None,
    }
    return render(request, "council/exclusions/match.html", context)


@requires(P.KEEP_EXCLUSIONS)
def open_about(request: HttpRequest, ref: str) -> HttpResponse:
    """A ground for excluding a provider is recorded, and the provider may answer."""
    asked = _asked(request)
    provider = found(providers.with_ref(ref, person=asked.person))
    form = OpenForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            case_ref = flow.open_case(
                organisation_id=provider.organisation_id,
                **form.cleaned_data,
                by=asked.person,
                at=asked.now,
            )
        except Refusal as refusal:
            say(form, refusal, FIELDS)
        else:
            messages.success(request, f"{provider.name} has been told, and may answer")
            return redirect("exclusion-case", ref=case_ref)
    return render(request, "council/exclusions/open.html", {"provider": provider, "form": form})


@requires(P.VIEW_EXCLUSIONS)
def case(request: HttpRequest, ref: str) -> HttpResponse:
    """What is known, said and decided, and what follows from it."""
    asked = _asked(request)
    one = found(queries.case_with_ref(ref, person=asked.person))
    provider = providers.of_organisation(one.organisation_id, person=asked.person)
    is_excluded = one.status == CaseStatus.EXCLUDED
    is_open = one.status == CaseStatus.OPEN
    waits_for_them = is_open and one.answered_at is None and asked.today <= one.answer_by
    ids = [provider.pk] if provider is not None and is_excluded else []
    running = placements.live_with(ids, on=asked.today) if ids else []
    context = {
        "one": one,
        "provider": provider,
        "ground": GROUNDS[one.ground],
        "today": asked.today,
        "running": calloffs.agreed([each.award_id for each in running]).values(),
        "is_open": is_open,
        "waits_for_them": waits_for_them,
        "may_decide": is_open
        and not waits_for_them
        and one.opened_by_id != asked.person.pk
        and asked.person.may(P.DECIDE_EXCLUSIONS),
        "may_tell": one.minister_due_on is not None
        and one.minister_told_on is None
        and asked.person.may(P.KEEP_EXCLUSIONS),
        "may_end": is_excluded and asked.person.may(P.DECIDE_EXCLUSIONS),
    }
    return render(request, "council/exclusions/case.html", context)


@requires(P.DECIDE_EXCLUSIONS)
def decide(request: HttpRequest, ref: str) -> HttpResponse:
    return _act(request, ref, "Decide whether they are excluded", DecideForm, flow.decide_case)


@requires(P.KEEP_EXCLUSIONS)
def minister(request: HttpRequest, ref: str) -> HttpResponse:
    def form(data: Any) -> MinisterForm:
        return MinisterForm(data, today=_asked(request).today)

    title = "Record that the Minister was told"
    return _act(request, ref, title, form, actions.note_minister_told)


@requires(P.DECIDE_EXCLUSIONS)
def end(request: HttpRequest, ref: str) -> HttpResponse:
    return _act(request, ref, "End the exclusion", EndForm, flow.end_exclusion)


def _act(
    request: HttpRequest,
    ref: str,
    title: str,
    make: Callable[[Any], GovukForm],
    act: Callable[..., object],
) -> HttpResponse:
    """One thing done about a case."""
    asked = _asked(request)
    one = found(queries.case_with_ref(ref, person=asked.person))
    form = make(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            act(case_id=one.pk, **form.cleaned_data, by=asked.person, at=asked.now)
        except Refusal as refusal:
            say(form, refusal, FIELDS)
        else:
            messages.success(request, "Recorded")
            return redirect("exclusion-case", ref=ref)
    context = {"one": one, "form": form, "title": title}
    return render(request, "council/exclusions/act.html", context)
