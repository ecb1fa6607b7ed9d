"""Publishing the standards and the procedure, and checking a provider against them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.market.providers import queries as providers
from flsf.market.standards import actions, queries, rules
from flsf.market.standards.enums import Kind
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components.fields import posted
from flsf.web.council.standards.forms import FORMS, CheckForm

USUAL = {
    Kind.STANDARDS: rules.DEFAULT_STANDARDS,
    Kind.SAFEGUARDING: rules.DEFAULT_STEPS,
    Kind.SUSTAINABILITY: rules.DEFAULT_EXPECTATIONS,
}


@requires(Permission.EDIT_FRAMEWORK)
def publish(request: HttpRequest, kind: str) -> HttpResponse:
    person, now = person_of(request), clock.now()
    which = found(Kind(kind) if kind in Kind else None)
    latest = queries.versions(which).first()
    begun = {
        "lines": "\n".join(latest.lines if latest else USUAL[which]),
        "lead": latest.lead if latest else "",
        "phone": latest.phone if latest else "",
        "in_force_from": clock.london_day(now),
    }
    form = FORMS[which](posted(request), initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.publish(
                kind=which,
                content=form.content(),
                in_force_from=form.cleaned_data["in_force_from"],
                because=form.cleaned_data["because"],
                by=person,
                at=now,
            )
        except actions.NotWhole as refusal:
            for name, words in refusal.problems.items():
                form.add_error(name, words)
        except actions.BeginsInThePast as refusal:
            form.add_error("in_force_from", str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Version {made.version} is published")
            return redirect("standards")
    context = {"form": form, "kind": which, "versions": queries.versions(which)}
    return render(request, "council/standards/publish.html", context)


@requires(Permission.SUSPEND_PROVIDERS)
def check(request: HttpRequest, ref: str) -> HttpResponse:
    person, now = person_of(request), clock.now()
    today = clock.london_day(now)
    provider = found(providers.with_ref(ref, person=person))
    form = CheckForm(posted(request), today=today, initial={"checked_on": today})
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        try:
            actions.check(provider_id=provider.pk, **said, by=person, at=now)
        except actions.NoneHeld as refusal:
            form.add_error("checked_on", str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"You recorded the check of {provider.name}")
            return redirect("provider-page", ref=ref)
    context = {
        "form": form,
        "provider": provider,
        "in_force": [one for kind in Kind if (one := queries.in_force(kind, on=today))],
        "kept": queries.kept([provider.pk], person=person)[provider.pk],
        "kinds": list(Kind),
    }
    return render(request, "council/standards/check.html", context)
