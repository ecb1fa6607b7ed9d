from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.casework.calloffs.queries import registration
from flsf.core import clock
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.flows.tell_evidence import NoCopyPlease, tell_evidence
from flsf.market.admissions import queries as admissions
from flsf.market.checks import actions as evidence
from flsf.market.checks import queries as checks
from flsf.market.checks.enums import Outcome, Standing
from flsf.market.checks.queries import CheckStanding, ToldOf
from flsf.market.exclusions import queries as exclusions
from flsf.market.providers import queries as providers
from flsf.market.providers.enums import Registration
from flsf.market.reviews.queries.groups import standing_in_groups
from flsf.market.standards import queries as standards
from flsf.market.standards.enums import Kind
from flsf.oversight.escalations import actions as escalation_actions
from flsf.oversight.escalations import queries as escalations
from flsf.shared.accounts.enums import Permission
from flsf.shared.documents.actions import ScannerAway
from flsf.shared.documents.rules import MOST_BYTES, BadFile
from flsf.web.access import found, person_of, requires
from flsf.web.components import words
from flsf.web.components.fields import posted
from flsf.web.components.refused import Fields, say
from flsf.web.provider.compliance.forms import ReplyForm, TellForm

FIELDS: Fields = {
    evidence.NoSuchCheck: ("code",),
    evidence.AlreadyTold: ("code",),
    evidence.DatesOutOfOrder: ("expires_on",),
    evidence.RunOutAlready: ("expires_on",),
    evidence.HoldsTooLong: ("expires_on",),
}
DUE = (Standing.OVERDUE, Standing.DUE_SOON)


@dataclass(frozen=True, slots=True)
class Due:
    """Something to show again: in words, and what has become of it so far."""

    code: str
    name: str
    words: str
    standing: str
    is_with_us: bool
    sent_back: str


@requires(Permission.MANAGE_OWN_SERVICES)
def provider_compliance(request: HttpRequest) -> HttpResponse:
    person, today = person_of(request), clock.london_day(clock.now())
    provider = found(providers.own(person=person))
    shown = checks.standings([provider.pk], on=today)[provider.pk]
    told = checks.told(person=person, provider_id=provider.pk)
    kept = standards.kept([provider.pk], person=person)[provider.pk]
    is_school = provider.registration == Registration.SCHOOL
    context = {
        "provider": provider,
        "checks": shown,
        "due": _due(shown, told, today),
        "overdue": [one for one in shown if one.standing is Standing.OVERDUE],
        "standings": admissions.standings([provider.pk], on=today, person=person)[provider.pk],
        "conditions": admissions.conditions(person=person, on=today, provider_id=provider.pk),
        "changes": admissions.changes(provider.pk, person=person),
        "sites": admissions.site_suspensions(provider.pk, person=person),
        "cases": escalations.cases(person=person, provider_id=provider.pk),
        "exclusions": exclusions.own_cases(person=person),
        "is_school": is_school,
        "limits": registration.limits(today),
        "places": registration.at_places(
            provider.pk, is_school=is_school, on=today, only_booked=True
        ),
        "reminders": checks.reminders(provider.pk, person=person),
        "to_keep": _to_keep(kept, today),
        "groups": standing_in_groups(provider.pk, person=person, on=today, shown=shown, kept=kept),
    }
    return render(request, "provider/compliance/page.html", context)


@requires(Permission.MANAGE_OWN_SERVICES)
def own_groups(request: HttpRequest) -> HttpResponse:
    """What the council checked of the provider in each of the four groups, and found."""
    person, today = person_of(request), clock.london_day(clock.now())
    provider = found(providers.own(person=person))
    groups = standing_in_groups(
        provider.pk,
        person=person,
        on=today,
        shown=checks.standings([provider.pk], on=today)[provider.pk],
        kept=standards.kept([provider.pk], person=person)[provider.pk],
    )
    return render(request, "provider/compliance/groups.html", {"groups": groups})


def _to_keep(kept: standards.Kept, on: date) -> str:
    """The standards that the provider has yet to say it keeps to, in words."""
    held = [standards.in_force(kind, on=on) for kind in Kind]
    words = [
        f"version {one.version} of the {str(one.get_kind_display()).lower()}"
        for one in held
        if one and not kept.has_said(one)
    ]
    return " and ".join(words)


@requires(Permission.MANAGE_OWN_SERVICES)
def compliance_tell(request: HttpRequest) -> HttpResponse:
    """What the provider can show now waits for somebody of the council to look at it."""
    person, now = person_of(request), clock.now()
    today = clock.london_day(now)
    provider = found(providers.own(person=person))
    shown = checks.standings([provider.pk], on=today)[provider.pk]
    choices = [(one.code, one.name) for one in shown if one.standing != Standing.NOT_NEEDED]
    form = TellForm(
        posted(request),
        request.FILES or None,
        checks=choices,
        today=today,
        initial={"code": request.GET.get("check", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            _tell(provider.pk, form.cleaned_data, by=person, at=now)
        except (BadFile, NoCopyPlease, ScannerAway) as refusal:
            form.add_error("paper", str(refusal))
        except Refusal as refusal:
            say(form, refusal, FIELDS)
        else:
            messages.success(request, "You told us. We will look at it.")
            return redirect("provider-compliance")
    return render(request, "provider/compliance/tell.html", {"form": form})


def _tell(provider_id: int, said: Mapping[str, Any], *, by: Person, at: datetime) -> None:
    answers = dict(said)
    paper = answers.pop("paper")
    # One byte more than is taken is enough to refuse it, however big it is.
    sent = {"file_name": paper.name, "content": paper.read(MOST_BYTES + 1)} if paper else {}
    tell_evidence(provider_id=provider_id, by=by, at=at, **answers, **sent)


@requires(Permission.MANAGE_OWN_SERVICES)
def step_reply(request: HttpRequest, ref: str) -> HttpResponse:
    """A step the council took is read, and answered."""
    person, now = person_of(request), clock.now()
    case = found(escalations.case_of_step(ref, person=person))
    step = next(one for one in case.steps if one.ref == ref)
    form = ReplyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            escalation_actions.reply(step_id=step.id, by=person, at=now, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("words", str(refusal))
        else:
            messages.success(request, "The council has your reply.")
            return redirect("provider-compliance")
    context = {"form": form, "step": step, "is_closed": case.closed_on is not None}
    return render(request, "provider/compliance/reply.html", context)


def _due(shown: Collection[CheckStanding], told: Collection[ToldOf], today: date) -> list[Due]:
    waiting = {one.code for one in told if one.outcome is None}
    # The last word on a check is the one to mend; the list is in order of being told.
    last = {one.code: one for one in told}
    due = [one for one in shown if one.standing in DUE or one.code in waiting]
    due.sort(key=lambda one: (one.standing is not Standing.OVERDUE, one.expires_on or date.min))
    return [
        Due(
            code=one.code,
            name=one.name,
            words=_when(one, today),
            standing=one.standing.label,
            is_with_us=one.code in waiting,
            sent_back=_sent_back(last.get(one.code)),
        )
        for one in due
    ]


def _when(one: CheckStanding, today: date) -> str:
    if one.expires_on is None:
        return "We have not seen it yet"
    how_far = words.away(one.expires_on, today)
    verb = "Ran out" if one.standing is Standing.OVERDUE else "Runs out"
    return f"{verb} {how_far}, on {words.day(one.expires_on)}"


def _sent_back(told: ToldOf | None) -> str:
    return told.words if told and told.outcome is Outcome.SENT_BACK else ""
