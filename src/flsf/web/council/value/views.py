from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core import clock
from flsf.market.promises import actions, queries, rules
from flsf.market.promises.enums import Measure
from flsf.market.providers import queries as providers
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components import refused
from flsf.web.components.fields import posted
from flsf.web.council.value.board import years
from flsf.web.council.value.forms import DecideForm, PromiseForm

FIELDS: refused.Fields = {
    actions.NothingPromised: (Measure.JOBS.value,),
    actions.SourceMissing: ("made_in",),
    actions.ReasonMissing: ("words",),
}


@requires(Permission.VIEW_PROVIDERS)
def provider_value(request: HttpRequest, ref: str) -> HttpResponse:
    """What a provider promised and delivered, year by year, and its plan for the climate."""
    person, today = person_of(request), clock.london_day(clock.now())
    provider = found(providers.with_ref(ref, person=person))
    reports = queries.reports(person=person, provider_id=provider.pk)
    context = {
        "provider": provider,
        "years": [
            (
                rules.in_words(year),
                queries.compared([provider.pk], year=year, person=person)[provider.pk],
            )
            for year in years(today)[:2]
        ],
        "plan": queries.plans([provider.pk], person=person).get(provider.pk),
        "promises": queries.promises(provider.pk, person=person),
        "reports": reports,
        "waiting": any(one.outcome is None for one in reports),
        "in_words": rules.in_words,
        "source": rules.SOURCE,
        "net_zero_by": rules.NET_ZERO_BY,
        "may_edit": person.may(Permission.EDIT_PROVIDERS),
    }
    return render(request, "council/value/provider.html", context)


@requires(Permission.EDIT_PROVIDERS)
def provider_promise(request: HttpRequest, ref: str) -> HttpResponse:
    """A promise that was made elsewhere than in an application is recorded."""
    person, now = person_of(request), clock.now()
    provider = found(providers.with_ref(ref, person=person))
    form = PromiseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        answers = {
            "provider_id": provider.pk,
            "amounts": form.amounts(),
            "since": clock.london_day(now),
            "made_in": form.cleaned_data["made_in"],
            "by": person,
            "at": now,
        }
        if refused.settled(form, actions.promise, answers, FIELDS):
            messages.success(request, f"You recorded what {provider.name} promised")
            return redirect("provider-value", ref=ref)
    return render(request, "council/value/promise.html", {"provider": provider, "form": form})


@requires(Permission.EDIT_PROVIDERS)
def provider_value_decide(request: HttpRequest, ref: str) -> HttpResponse:
    """The report that has waited the longest is read, and counts or goes back."""
    person, now = person_of(request), clock.now()
    provider = found(providers.with_ref(ref, person=person))
    waiting = queries.reports(person=person, provider_id=provider.pk, waiting_only=True)
    one = waiting[0] if waiting else None
    form = DecideForm(posted(request))
    if request.method == "POST" and one is not None and form.is_valid():
        answers = form.cleaned_data | {"report_id": one.id, "by": person, "at": now}
        if refused.settled(form, actions.decide, answers, FIELDS):
            messages.success(request, f"Report: {form.cleaned_data['outcome'].label.lower()}")
            return redirect("provider-value", ref=ref)
    context = {
        "provider": provider,
        "one": one,
        "year": rules.in_words(one.year) if one else "",
        "form": form,
    }
    return render(request, "council/value/decide.html", context)
