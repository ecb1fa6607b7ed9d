from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core import clock
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.delivery.placements import queries as placements
from flsf.flows.register_provider import register_provider
from flsf.flows.suspend_provider import lift_suspension, suspend_provider
from flsf.mandate.framework import queries as framework
from flsf.market.admissions import actions as admission_actions
from flsf.market.admissions import queries as admissions
from flsf.market.admissions.enums import Status
from flsf.market.checks import actions as check_actions
from flsf.market.checks import queries as checks
from flsf.market.providers import queries as providers
from flsf.market.providers.rules import ProviderFacts
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components.fields import GovukForm, posted
from flsf.web.council.providers.forms import (
    AdmitForm,
    EvidenceForm,
    LiftForm,
    ProviderForm,
    SuspendForm,
)
from flsf.web.council.providers.register import worst


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks about which provider, and when."""

    person: Person
    now: datetime
    today: date
    provider: providers.ProviderRow


def _asked(request: HttpRequest, ref: str) -> Asked:
    person, now = person_of(request), clock.now()
    provider = found(providers.with_ref(ref, person=person))
    return Asked(person, now, clock.london_day(now), provider)


def _settled(form: GovukForm, act: Callable[..., Any], answers: Mapping[str, Any]) -> bool:
    """Whether it was done. A refusal is said on the form."""
    try:
        act(**answers)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@requires(Permission.VIEW_PROVIDERS)
def provider_page(request: HttpRequest, ref: str) -> HttpResponse:
    person, today = person_of(request), clock.london_day(clock.now())
    provider = found(providers.in_full(ref, person=person, on=today))
    standings = admissions.standings([provider.pk], on=today, person=person)[provider.pk]
    shown = checks.standings([provider.pk], on=today)[provider.pk]
    statuses = {one.status for one in standings}
    context = {
        "provider": provider,
        "today": today,
        "standings": standings,
        "decisions": admissions.decisions(provider.pk, person=person),
        "checks": shown,
        "checks_word": worst(one.standing for one in shown),
        "children_now": len(placements.with_provider(provider.pk, on=today)),
        "changes": admissions.changes(provider.pk, person=person),
        "may_edit": person.may(Permission.EDIT_PROVIDERS),
        "may_suspend": person.may(Permission.SUSPEND_PROVIDERS) and Status.IN_POOL in statuses,
        "may_lift": person.may(Permission.SUSPEND_PROVIDERS) and Status.SUSPENDED in statuses,
    }
    return render(request, "council/providers/page.html", context)


@requires(Permission.EDIT_PROVIDERS)
def provider_add(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = ProviderForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            ref = register_provider(
                facts=ProviderFacts(**form.cleaned_data), by=person, at=clock.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"You added {form.cleaned_data['name']}")
            return redirect("provider-page", ref=ref)
    return render(request, "council/providers/add.html", {"form": form})


@requires(Permission.EDIT_PROVIDERS)
def provider_admit(request: HttpRequest, ref: str) -> HttpResponse:
    asked = _asked(request, ref)
    running = framework.running_lot_ids(asked.today)
    decided = admissions.decisions(asked.provider.pk, person=asked.person)
    inside = {one.lot_id for one in decided if one.decision == "accepted"}
    lots = [
        (lot.pk, lot.name)
        for lot in framework.lots(person=asked.person)
        if lot.pk in running and lot.pk not in inside
    ]
    form = AdmitForm(posted(request), lots=lots, today=asked.today)
    if request.method == "POST" and form.is_valid():
        answers = {"provider_id": asked.provider.pk, "by": asked.person, "at": asked.now}
        if _settled(form, admission_actions.admit_at_once, form.cleaned_data | answers):
            messages.success(request, f"You admitted {asked.provider.name}")
            return redirect("provider-page", ref=ref)
    context = {"provider": asked.provider, "form": form, "lots": lots}
    return render(request, "council/providers/admit.html", context)


@requires(Permission.EDIT_PROVIDERS)
def evidence_see(request: HttpRequest, ref: str) -> HttpResponse:
    asked = _asked(request, ref)
    choices = [(one.code, one.name) for one in checks.every()]
    initial = {"code": request.GET.get("check", "")}
    form = EvidenceForm(posted(request), checks=choices, today=asked.today, initial=initial)
    if request.method == "POST" and form.is_valid():
        answers = {"provider_id": asked.provider.pk, "by": asked.person, "at": asked.now}
        if _settled(form, check_actions.see_evidence, form.cleaned_data | answers):
            messages.success(request, "You recorded what they showed")
            return redirect("provider-page", ref=ref)
    context = {"provider": asked.provider, "form": form}
    return render(request, "council/providers/evidence.html", context)


@requires(Permission.SUSPEND_PROVIDERS)
def provider_suspend(request: HttpRequest, ref: str) -> HttpResponse:
    asked = _asked(request, ref)
    in_pool = _standings(asked, Status.IN_POOL)
    form = SuspendForm(posted(request), standings=in_pool, today=asked.today)
    if request.method == "POST" and form.is_valid():
        answers = {"provider_id": asked.provider.pk, "by": asked.person, "at": asked.now}
        if _settled(form, suspend_provider, form.answers() | answers):
            said = f"You suspended {asked.provider.name} from new placements"
            messages.success(request, said)
            return redirect("provider-page", ref=ref)
    context = {
        "provider": asked.provider,
        "form": form,
        "standings": in_pool,
        "children_now": len(placements.with_provider(asked.provider.pk, on=asked.today)),
    }
    return render(request, "council/providers/suspend.html", context)


@requires(Permission.SUSPEND_PROVIDERS)
def provider_lift(request: HttpRequest, ref: str) -> HttpResponse:
    asked = _asked(request, ref)
    suspended = _standings(asked, Status.SUSPENDED)
    form = LiftForm(posted(request), standings=suspended, today=asked.today)
    if request.method == "POST" and form.is_valid():
        answers = {"by": asked.person, "at": asked.now}
        if _settled(form, lift_suspension, form.answers() | answers):
            messages.success(request, f"{asked.provider.name} is back in the pool")
            return redirect("provider-page", ref=ref)
    context = {"provider": asked.provider, "form": form, "standings": suspended}
    return render(request, "council/providers/lift.html", context)


def _standings(asked: Asked, status: Status) -> list[admissions.Standing]:
    ids = [asked.provider.pk]
    standings = admissions.standings(ids, on=asked.today, person=asked.person)[asked.provider.pk]
    return [one for one in standings if one.status == status]
