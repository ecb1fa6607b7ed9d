from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core.dates import in_words
from flsf.core.people import Person
from flsf.delivery.placements import queries as placements
from flsf.flows.suspend_provider import lift_suspension, suspend_provider, suspend_site
from flsf.market.admissions import queries as admissions
from flsf.market.admissions.enums import Status
from flsf.market.providers import queries as providers
from flsf.shared.accounts.enums import Permission
from flsf.web.access import requires
from flsf.web.components.fields import posted
from flsf.web.council.providers.forms import SITE, LiftForm, SuspendForm
from flsf.web.council.providers.views import Asked, asked_about, settled


@requires(Permission.SUSPEND_PROVIDERS)
def provider_suspend(request: HttpRequest, ref: str) -> HttpResponse:
    asked = asked_about(request, ref)
    lots = [
        *_standings(asked, Status.IN_POOL, Status.SUSPENDED),
        *admissions.to_come(asked.provider.pk, after=asked.today, person=asked.person),
    ]
    sites = [(one.pk, one.name) for one in providers.sites_of(asked.provider.pk)]
    form = SuspendForm(posted(request), standings=lots, sites=sites, today=asked.today)
    if request.method == "POST" and form.is_valid() and _suspended(form, asked):
        messages.success(request, f"You suspended {asked.provider.name} from new placements")
        return redirect("provider-page", ref=ref)
    context = {
        "provider": asked.provider,
        "form": form,
        "standings": lots,
        "children_now": len(placements.live_with([asked.provider.pk], on=asked.today)),
    }
    return render(request, "council/providers/suspend.html", context)


def _suspended(form: SuspendForm, asked: Asked) -> bool:
    answers = {
        "provider_id": asked.provider.pk,
        "terms": form.terms(),
        "by": asked.person,
        "at": asked.now,
    }
    if form.cleaned_data["scope"] == SITE:
        return settled(form, suspend_site, answers | {"site_id": form.cleaned_data["site_id"]})
    return settled(form, suspend_provider, answers | {"standings": form.chosen()})


@requires(Permission.SUSPEND_PROVIDERS)
def provider_lift(request: HttpRequest, ref: str) -> HttpResponse:
    asked = asked_about(request, ref)
    suspended = _standings(asked, Status.SUSPENDED)
    sites = _suspended_sites(asked.person, asked)
    form = LiftForm(posted(request), standings=suspended, sites=sites, today=asked.today)
    if request.method == "POST" and form.is_valid():
        answers = {"provider_id": asked.provider.pk, "by": asked.person, "at": asked.now}
        if settled(form, lift_suspension, form.answers() | answers):
            messages.success(request, f"{asked.provider.name} is back in the pool")
            return redirect("provider-page", ref=ref)
    context = {"provider": asked.provider, "form": form, "standings": suspended or sites}
    return render(request, "council/providers/lift.html", context)


def _suspended_sites(person: Person, asked: Asked) -> list[tuple[int, str]]:
    return [
        (one.id, f"{one.site}, since {in_words(one.starts_on)}")
        for one in admissions.site_suspensions(asked.provider.pk, person=person)
        if one.lifted_from is None
    ]


def _standings(asked: Asked, *statuses: Status) -> list[admissions.Standing]:
    ids = [asked.provider.pk]
    standings = admissions.standings(ids, on=asked.today, person=asked.person)[asked.provider.pk]
    return [one for one in standings if one.status in statuses]
