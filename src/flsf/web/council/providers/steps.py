from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.flows.escalate import take_step
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.oversight.escalations import actions, queries
from flsf.oversight.escalations.enums import Rung
from flsf.oversight.escalations.rules import NewStep
from flsf.shared.accounts.enums import Permission
from flsf.shared.calendars import queries as calendars
from flsf.web.access import requires
from flsf.web.components.fields import posted
from flsf.web.council.providers.forms import CloseForm, StepForm
from flsf.web.council.providers.views import asked_about, settled


@requires(Permission.VIEW_PROVIDERS)
def provider_steps(request: HttpRequest, ref: str) -> HttpResponse:
    """Every step taken about a provider, with its replies, and what may be done next."""
    asked = asked_about(request, ref)
    cases = queries.cases(person=asked.person, provider_id=asked.provider.pk)
    context = {
        "provider": asked.provider,
        "cases": cases,
        "ladder": list(Rung),
        "is_open": any(one.closed_on is None for one in cases),
        "may_act": asked.person.may(Permission.SUSPEND_PROVIDERS),
    }
    return render(request, "council/providers/steps.html", context)


@requires(Permission.SUSPEND_PROVIDERS)
def provider_step(request: HttpRequest, ref: str) -> HttpResponse:
    asked = asked_about(request, ref)
    days = law.value(Key.ACTION_PLAN_DAYS, on=asked.today)
    initial = {"due_on": _working_day(asked.today, days), "takes_effect_on": asked.today}
    form = StepForm(posted(request), today=asked.today, initial=initial)
    if request.method == "POST" and form.is_valid():
        answers = {"provider_id": asked.provider.pk, "by": asked.person, "at": asked.now}
        step = NewStep(**form.step())
        if settled(form, take_step, {"step": step} | answers):
            messages.success(request, f"{step.rung.label}: {asked.provider.name} has been told")
            return redirect("provider-steps", ref=ref)
    context = {"provider": asked.provider, "form": form, "days": days}
    return render(request, "council/providers/step.html", context)


@requires(Permission.SUSPEND_PROVIDERS)
def provider_close(request: HttpRequest, ref: str) -> HttpResponse:
    asked = asked_about(request, ref)
    form = CloseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        answers = {"provider_id": asked.provider.pk, "by": asked.person, "at": asked.now}
        if settled(form, actions.close, form.cleaned_data | answers):
            messages.success(request, f"Nothing more is open about {asked.provider.name}")
            return redirect("provider-steps", ref=ref)
    return render(
        request, "council/providers/close.html", {"provider": asked.provider, "form": form}
    )


def _working_day(on: date, days: int) -> date:
    return calendars.working_calendar().nth_working_day(on + timedelta(days=1), days)
