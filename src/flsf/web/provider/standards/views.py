from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.market.providers import queries as providers
from flsf.market.standards import actions, queries
from flsf.market.standards.enums import Kind
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components.fields import GovukForm, posted, text


class KeepToForm(GovukForm):
    """Who leads on safeguarding, and that they keep to it."""

    lead = text(
        "Who leads on safeguarding with you?",
        missing="Enter who leads on safeguarding with you",
        help_text="A person's name. The council calls them first.",
        max_length=200,
    )
    keeps = forms.BooleanField(
        label="We have read this version, and keep to it",
        error_messages={"required": "Say that you keep to it, or ask us what to do"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


@requires(Permission.MANAGE_OWN_SERVICES)
def own_standards(request: HttpRequest) -> HttpResponse:
    person, today = person_of(request), clock.london_day(clock.now())
    provider = found(providers.own(person=person))
    kept = queries.kept([provider.pk], person=person)[provider.pk]
    held = [queries.in_force(kind, on=today) for kind in Kind]
    context = {
        "held": [(one, kept.has_said(one)) for one in held if one],
        "kept": kept,
        "kinds": list(Kind),
    }
    return render(request, "provider/standards/page.html", context)


@requires(Permission.MANAGE_OWN_SERVICES)
def keep_to(request: HttpRequest, kind: str) -> HttpResponse:
    person, now = person_of(request), clock.now()
    which = found(Kind(kind) if kind in Kind else None)
    provider = found(providers.own(person=person))
    one = found(queries.in_force(which, on=clock.london_day(now)))
    last = queries.kept([provider.pk], person=person)[provider.pk].last_said(which)
    begun = {"lead": last.lead if last else provider.safeguarding_lead, "version": one.version}
    form = KeepToForm(posted(request), initial=begun)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("lead", "version")}
        try:
            actions.acknowledge(provider_id=provider.pk, kind=which, **said, by=person, at=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"The council knows that you keep to version {one.version}")
            return redirect("own-standards")
    context = {"form": form, "one": one}
    return render(request, "provider/standards/keep_to.html", context)
