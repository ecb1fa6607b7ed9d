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
from flsf.delivery.continuity import queries as continuity
from flsf.delivery.continuity.enums import Standing
from flsf.delivery.placements import queries as placements
from flsf.flows.issue_agreements import admit_provider
from flsf.flows.register_provider import register_provider
from flsf.flows.see_evidence import see_evidence
from flsf.flows.suspend_provider import NothingToSuspend
from flsf.mandate.framework import queries as framework
from flsf.market.admissions import actions as joining
from flsf.market.admissions import queries as admissions
from flsf.market.admissions.enums import Status
from flsf.market.agreements import queries as find_agreements
from flsf.market.checks import actions as evidence
from flsf.market.checks import queries as checks
from flsf.market.providers import queries as providers
from flsf.market.providers.rules import ProviderFacts
from flsf.market.reviews.queries.groups import standing_in_groups
from flsf.market.standards import queries as standards
from flsf.market.standards.enums import Kind
from flsf.oversight.escalations import actions as escalations
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components import refused
from flsf.web.components.fields import GovukForm, posted
from flsf.web.council.providers.forms import (
    AdmitForm,
    EvidenceForm,
    ProviderForm,
)
from flsf.web.council.providers.register import worst

FIELDS: refused.Fields = {
    joining.AlreadyApplied: ("lot_id",),
    joining.AlreadyDecided: ("lot_id",),
    joining.Backdated: ("takes_effect_on",),
    joining.OutsideTerm: ("takes_effect_on",),
    joining.ReasonMissing: ("reason",),
    joining.NotInPool: ("lots", "scope"),
    joining.NotSuspended: ("lots",),
    joining.ReviewMissing: ("review_on",),
    joining.LiftsTooEarly: ("lifts_on",),
    joining.NothingOverdue: ("reason",),
    joining.EvidenceFirst: ("lots",),
    joining.ExclusionFirst: ("lots",),
    joining.SiteAlreadySuspended: ("site_id",),
    joining.SiteNotSuspended: ("site_suspensions",),
    joining.NotTheirSite: ("site_id",),
    joining.VisitToCome: ("visited_on",),
    joining.VisitTooEarly: ("visited_on",),
    joining.NothingSeen: ("seen",),
    joining.OutcomeUnclear: ("outcome",),
    evidence.NoSuchCheck: ("code",),
    evidence.DatesOutOfOrder: ("expires_on",),
    evidence.HoldsTooLong: ("expires_on",),
    NothingToSuspend: ("scope",),
    escalations.NotHigher: ("rung",),
    escalations.ReasonMissing: ("reason",),
    escalations.DueTooEarly: ("due_on", "review_on"),
    escalations.Backdated: ("takes_effect_on",),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks about which provider, and when."""

    person: Person
    now: datetime
    today: date
    provider: providers.ProviderRow


def asked_about(request: HttpRequest, ref: str) -> Asked:
    person, now = person_of(request), clock.now()
    provider = found(providers.with_ref(ref, person=person))
    return Asked(person, now, clock.london_day(now), provider)


def settled(form: GovukForm, act: Callable[..., Any], answers: Mapping[str, Any]) -> bool:
    """Whether it was done. A refusal is said at the field it is about."""
    return refused.settled(form, act, answers, FIELDS)


@requires(Permission.VIEW_PROVIDERS)
def provider_page(request: HttpRequest, ref: str) -> HttpResponse:
    person, today = person_of(request), clock.london_day(clock.now())
    provider = found(providers.in_full(ref, person=person, on=today))
    standings = admissions.standings([provider.pk], on=today, person=person)[provider.pk]
    shown = checks.standings([provider.pk], on=today)[provider.pk]
    sites = admissions.site_suspensions(provider.pk, person=person)
    kept = standards.kept([provider.pk], person=person)[provider.pk]
    statuses = {one.status for one in standings}
    is_shut = any(one.lifted_from is None or one.lifted_from > today for one in sites)
    context = {
        "provider": provider,
        "today": today,
        "standings": standings,
        "decisions": admissions.decisions(provider.pk, person=person),
        "checks": shown,
        "checks_word": worst(one.standing for one in shown),
        "children_now": len(placements.with_provider(provider.pk, on=today)),
        "changes": admissions.changes(provider.pk, person=person),
        "site_suspensions": sites,
        "reminders": checks.reminders(provider.pk, person=person),
        "agreements": find_agreements.papers(person=person, on=today, provider_ids=[provider.pk]),
        "lots_without_agreement": sum(
            len(ids) for ids in find_agreements.without(provider.pk, on=today).values()
        ),
        "to_decide": _to_decide(provider.ref, person, today),
        "conditions": admissions.conditions(person=person, on=today, provider_id=provider.pk),
        "kept": kept,
        "groups": standing_in_groups(provider.pk, person=person, on=today, shown=shown, kept=kept),
        "kinds": list(Kind),
        "may_visit": person.may(Permission.SUSPEND_PROVIDERS),
        "may_edit": person.may(Permission.EDIT_PROVIDERS),
        "may_see_contracts": person.may(Permission.VIEW_CONTRACTS),
        "may_admit": person.may(Permission.DECIDE_ADMISSIONS),
        "may_exclude": person.may(Permission.KEEP_EXCLUSIONS),
        "may_suspend": person.may(Permission.SUSPEND_PROVIDERS)
        and bool(statuses & {Status.IN_POOL, Status.SUSPENDED}),
        "may_lift": person.may(Permission.SUSPEND_PROVIDERS)
        and (is_shut or Status.SUSPENDED in statuses),
    }
    return render(request, "council/providers/page.html", context)


def _to_decide(ref: str, person: Person, on: date) -> int | None:
    """How many children there wait for a decision; None: the person works with no placements."""
    if not person.may(Permission.VIEW_PLACEMENTS):
        return None
    waiting = Standing.TO_DECIDE
    return len(continuity.listed(person=person, on=on, provider_ref=ref, standing=waiting))


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


@requires(Permission.DECIDE_ADMISSIONS)
def provider_admit(request: HttpRequest, ref: str) -> HttpResponse:
    asked = asked_about(request, ref)
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
        if settled(form, admit_provider, form.cleaned_data | answers):
            messages.success(request, f"You admitted {asked.provider.name}")
            return redirect("provider-page", ref=ref)
    context = {"provider": asked.provider, "form": form, "lots": lots}
    return render(request, "council/providers/admit.html", context)


@requires(Permission.EDIT_PROVIDERS)
def evidence_see(request: HttpRequest, ref: str) -> HttpResponse:
    asked = asked_about(request, ref)
    choices = [(one.code, one.name) for one in checks.every()]
    initial = {"code": request.GET.get("check", "")}
    form = EvidenceForm(posted(request), checks=choices, today=asked.today, initial=initial)
    if request.method == "POST" and form.is_valid():
        answers = {"provider_id": asked.provider.pk, "by": asked.person, "at": asked.now}
        if settled(form, see_evidence, form.cleaned_data | answers):
            messages.success(request, "You recorded what they showed")
            return redirect("provider-page", ref=ref)
    context = {"provider": asked.provider, "form": form}
    return render(request, "council/providers/evidence.html", context)
