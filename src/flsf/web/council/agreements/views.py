"""An agreement as the council reads it, and what it does about one that waits."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core import clock
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.flows import issue_agreements as flow
from flsf.market.agreements import actions, queries
from flsf.market.agreements.enums import PaperStatus
from flsf.market.agreements.queries import Issued
from flsf.market.providers import queries as providers
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components.agreement_file import agreement_file
from flsf.web.components.fields import GovukForm, posted
from flsf.web.council.agreements.forms import AgainForm, AnswerForm, PlainForm, SignedForm

P = Permission


class Asked(NamedTuple):
    """Who asks about which agreement, and when."""

    person: Person
    now: datetime
    today: date
    paper: Issued


def _asked(request: HttpRequest, ref: str) -> Asked:
    person, now = person_of(request), clock.now()
    today = clock.london_day(now)
    paper = found(queries.paper_with_ref(ref, person=person, on=today))
    return Asked(person, now, today, paper)


@requires(P.VIEW_PROVIDERS)
def agreement(request: HttpRequest, ref: str) -> HttpResponse:
    """What it says, who accepted it, what was said and done about it."""
    asked = _asked(request, ref)
    paper = asked.paper
    context = {
        "paper": paper,
        "writing_of": queries.writing_of(paper.id),
        "reminded_today": asked.today in paper.reminded_on,
        "may_edit": asked.person.may(P.EDIT_PROVIDERS),
        "is_in_force": paper.status is not PaperStatus.ENDED,
    }
    return render(request, "council/agreements/page.html", context)


@requires(P.VIEW_PROVIDERS)
def file(request: HttpRequest, ref: str) -> HttpResponse:
    return agreement_file(_asked(request, ref).paper)


@requires(P.EDIT_PROVIDERS)
def signed(request: HttpRequest, ref: str) -> HttpResponse:
    """Recorded as signed on paper, with the day and how the council knows."""
    asked = _asked(request, ref)
    form = SignedForm(posted(request), today=asked.today)

    def act(**said: Any) -> None:
        actions.record_signed(paper_id=asked.paper.id, **said)

    return _act(request, asked, form, act, "Record that it was signed on paper", "Record it")


@requires(P.EDIT_PROVIDERS)
def remind(request: HttpRequest, ref: str) -> HttpResponse:
    """Whoever manages the provider is written to, once a day."""
    asked = _asked(request, ref)

    def act(**said: Any) -> None:
        flow.remind(paper_id=asked.paper.id, ref=asked.paper.ref, **said)

    title = "Remind them to accept their agreement"
    return _act(request, asked, PlainForm(posted(request)), act, title, "Send the reminder")


@requires(P.EDIT_PROVIDERS)
def answer(request: HttpRequest, ref: str) -> HttpResponse:
    """What they said is answered, and they are told."""
    asked = _asked(request, ref)
    said = asked.paper.open_reply
    if said is None:
        return redirect("agreement-page", ref=asked.paper.ref)

    def act(**answered: Any) -> None:
        flow.answer(reply_id=said.id, ref=asked.paper.ref, **answered)

    form = AnswerForm(posted(request))
    return _act(request, asked, form, act, "Answer what they said", "Send the answer")


@requires(P.EDIT_PROVIDERS)
def again(request: HttpRequest, ref: str) -> HttpResponse:
    """A next version takes its place, from what the register says today."""
    asked = _asked(request, ref)
    form = AgainForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = flow.issue_again(
                paper_id=asked.paper.id, **form.cleaned_data, by=asked.person, at=asked.now
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "You issued it again, and they have been told")
            return redirect("agreement-page", ref=made)
    context = {
        "paper": asked.paper,
        "form": form,
        "title": "Issue it again",
        "button": "Issue it again and tell them",
    }
    return render(request, "council/agreements/act.html", context)


@requires(P.EDIT_PROVIDERS)
def issue(request: HttpRequest, ref: str) -> HttpResponse:
    """Places of a provider that rest on no agreement written out here have one."""
    person, now = person_of(request), clock.now()
    provider = found(providers.with_ref(ref, person=person))
    missing = queries.without(provider.pk, on=clock.london_day(now))
    form = PlainForm(posted(request))
    if request.method == "POST" and form.is_valid():
        count = flow.issue_missing(provider_id=provider.pk, by=person, at=now)
        lots = "1 lot" if count == 1 else f"{count} lots"
        messages.success(request, f"You issued agreements for {lots}")
        return redirect("provider-page", ref=provider.ref)
    count = sum(len(ids) for ids in missing.values())
    context = {"provider": provider, "form": form, "count": count}
    return render(request, "council/agreements/issue.html", context)


def _act(
    request: HttpRequest,
    asked: Asked,
    form: GovukForm,
    act: Callable[..., None],
    title: str,
    button: str,
) -> HttpResponse:
    """One thing done about an agreement."""
    if request.method == "POST" and form.is_valid():
        try:
            act(**form.cleaned_data, by=asked.person, at=asked.now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Recorded")
            return redirect("agreement-page", ref=asked.paper.ref)
    context = {"paper": asked.paper, "form": form, "title": title, "button": button}
    return render(request, "council/agreements/act.html", context)
