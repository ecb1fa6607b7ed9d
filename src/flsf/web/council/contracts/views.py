from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core import clock
from flsf.market.evaluation.queries import KeptFromIt
from flsf.market.providers import queries as providers
from flsf.oversight.meetings import actions, queries
from flsf.oversight.meetings.enums import Status
from flsf.oversight.signals import queries as signals
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components import refused
from flsf.web.components.fields import posted
from flsf.web.council.contracts.forms import (
    DONE,
    NOT_DONE,
    AgreeForm,
    ChangeForm,
    CorrectForm,
    MeetingForm,
    SettleForm,
    Staff,
)

FIELDS: refused.Fields = {
    actions.MeetingToCome: ("held_on",),
    actions.NotAdmittedThen: ("held_on",),
    actions.MetThatDay: ("held_on",),
    actions.HeldAfterDue: ("held_on",),
    actions.AttendedMissing: ("attended",),
    actions.TopicsMissing: ("topics",),
    actions.NotesMissing: ("notes",),
    actions.IncomeNotSensible: ("income_pence",),
    actions.ReasonMissing: ("because", "words"),
    actions.WhatMissing: ("what",),
    actions.OwnerMissing: ("owner", "owner_id"),
    actions.DueBeforeMeeting: ("due_on",),
    actions.NothingChanged: ("due_on",),
    actions.DoneToCome: ("done_on",),
    actions.DoneBeforeMeeting: ("done_on",),
    actions.NobodySaidDone: ("outcome",),
    KeptFromIt: (),
}


def _staff() -> Staff:
    """Whoever of the council looks after contracts, by name."""
    return [(one.pk, one.name) for one in accounts.staff_with(Permission.VIEW_CONTRACTS)]


@requires(Permission.VIEW_CONTRACTS)
def provider_contract(request: HttpRequest, ref: str) -> HttpResponse:
    """How safe the provider's future is, when it is met next and why, and each meeting held."""
    person, today = person_of(request), clock.london_day(clock.now())
    provider = found(providers.with_ref(ref, person=person))
    watched = signals.watched(person=person, on=today, provider_id=provider.pk)
    context = {
        "provider": provider,
        "today": today,
        "watched": watched[0] if watched else None,
        "timing": watched[0].timing if watched else None,
        "meetings": queries.meetings(person=person, provider_id=provider.pk),
        "may_edit": person.may(Permission.EDIT_PROVIDERS),
    }
    return render(request, "council/contracts/provider.html", context)


@requires(Permission.EDIT_PROVIDERS)
def provider_meeting(request: HttpRequest, ref: str) -> HttpResponse:
    """A meeting that was held is recorded; what was agreed there is added next."""
    person, now = person_of(request), clock.now()
    provider = found(providers.with_ref(ref, person=person))
    form = MeetingForm(posted(request))
    if request.method == "POST" and form.is_valid():
        answers = {
            "provider_id": provider.pk,
            "meeting": form.meeting(),
            "by": person,
            "at": now,
        }
        if refused.settled(form, actions.record, answers, FIELDS):
            messages.success(
                request, f"You recorded a meeting with {provider.name}. Add what was agreed there."
            )
            return redirect("provider-contract", ref=ref)
    return render(request, "council/contracts/meeting.html", {"provider": provider, "form": form})


@requires(Permission.EDIT_PROVIDERS)
def meeting_correct(request: HttpRequest, ref: str) -> HttpResponse:
    """What was told of a meeting is put right; what was told before stays on record."""
    person, now = person_of(request), clock.now()
    one = found(queries.with_ref(ref, person=person))
    form = CorrectForm(posted(request), initial=CorrectForm.as_told(one))
    if request.method == "POST" and form.is_valid():
        answers = {
            "meeting_id": one.id,
            "meeting": form.meeting(),
            "because": form.cleaned_data["because"],
            "seen_id": form.cleaned_data["seen_id"],
            "by": person,
            "at": now,
        }
        if refused.settled(form, actions.correct, answers, FIELDS):
            messages.success(request, "You corrected the meeting. What it said before stays.")
            return redirect("provider-contract", ref=one.provider_ref)
    return render(request, "council/contracts/correct.html", {"one": one, "form": form})


@requires(Permission.EDIT_PROVIDERS)
def meeting_agree(request: HttpRequest, ref: str) -> HttpResponse:
    """Who does what by when, as agreed at a meeting."""
    person, now = person_of(request), clock.now()
    one = found(queries.with_ref(ref, person=person))
    form = AgreeForm(posted(request), staff=_staff())
    if request.method == "POST" and form.is_valid():
        answers = {"meeting_id": one.id, "action": form.action(), "by": person, "at": now}
        if refused.settled(form, actions.agree, answers, FIELDS):
            messages.success(request, "You added an agreed action")
            return redirect("provider-contract", ref=one.provider_ref)
    return render(request, "council/contracts/agree.html", {"one": one, "form": form})


@requires(Permission.VIEW_CONTRACTS)
def action_page(request: HttpRequest, ref: str) -> HttpResponse:
    """An agreed action with all that was said of it."""
    person, today = person_of(request), clock.london_day(clock.now())
    context = {
        "one": found(queries.action_with_ref(ref, person=person)),
        "today": today,
        "may_edit": person.may(Permission.EDIT_PROVIDERS),
    }
    return render(request, "council/contracts/action.html", context)


@requires(Permission.EDIT_PROVIDERS)
def action_settle(request: HttpRequest, ref: str) -> HttpResponse:
    """An action is found done, found not done, or dropped."""
    person, now = person_of(request), clock.now()
    one = found(queries.action_with_ref(ref, person=person))
    is_said = one.latest.status is Status.SAID_DONE
    form = SettleForm(posted(request), one=one, is_said_done=is_said)
    if request.method == "POST" and form.is_valid():
        act, answers = _settling(form)
        answers |= {"action_id": one.id, "by": person, "at": now}
        if refused.settled(form, act, answers, FIELDS):
            messages.success(request, "You said what became of the action")
            return redirect("provider-contract", ref=one.provider_ref)
    return render(request, "council/contracts/settle.html", {"one": one, "form": form})


def _settling(form: SettleForm) -> tuple[Callable[..., Any], dict[str, Any]]:
    """Which action the answers ask for, and with what."""
    said = form.cleaned_data
    answers = {"seen_id": said["seen_id"]}
    if said["outcome"] == DONE:
        return actions.finish, answers | {"done_on": said["done_on"], "words": said["words"]}
    if said["outcome"] == NOT_DONE:
        return actions.find_not_done, answers | {"words": said["words"]}
    return actions.drop, answers | {"because": said["words"]}


@requires(Permission.EDIT_PROVIDERS)
def action_change(request: HttpRequest, ref: str) -> HttpResponse:
    """Somebody else does it, or by another day; what was agreed first stays on record."""
    person, now = person_of(request), clock.now()
    one = found(queries.action_with_ref(ref, person=person))
    form = ChangeForm(posted(request), one=one, staff=_staff())
    if request.method == "POST" and form.is_valid():
        answers = form.answers() | {"action_id": one.id, "by": person, "at": now}
        if refused.settled(form, actions.change, answers, FIELDS):
            messages.success(request, "You changed the action")
            return redirect("action-page", ref=ref)
    return render(request, "council/contracts/change.html", {"one": one, "form": form})
