from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from flsf.core.half_days import DAYS, WEEK
from flsf.core.refusals import Refusal
from flsf.flows import offer_service as flow
from flsf.market.applications import queries as applications
from flsf.market.directory import queries as directory
from flsf.market.listings import queries as listings
from flsf.market.providers import actions
from flsf.market.providers import queries as providers
from flsf.market.providers.enums import ServiceStatus
from flsf.shared.accounts.enums import Permission
from flsf.web.access import requires
from flsf.web.components.fields import posted
from flsf.web.provider.services.asked import asked_by, service_of
from flsf.web.provider.services.first import without
from flsf.web.provider.services.forms import PlacesForm, RateForm, SiteForm, StatusForm


@requires(Permission.MANAGE_OWN_SERVICES)
def provider_services(request: HttpRequest) -> HttpResponse:
    asked = asked_by(request)
    services = list(providers.services_of(asked.provider.pk, on=asked.today))
    cards = {
        one.service_id: one
        for one in directory.cards([one.slug for one in services], on=asked.today)
    }
    versions = listings.latest_of(asked.provider.pk)
    down = listings.taken_down_ids([one.pk for one in services])
    new = versions.get(None, [])
    offered = applications.offered(asked.provider.pk, on=asked.today)
    context = {
        "provider": asked.provider,
        "today": asked.today,
        "offered": without(
            offered, [one.lot_id for one in services], [one.facts.lot_id for one in new]
        ),
        "rows": [
            (service, cards.get(service.pk), versions.get(service.pk, [None])[0])
            for service in services
        ],
        "new": new,
        "down": down,
        "sites": providers.sites_of(asked.provider.pk),
    }
    return render(request, "provider/services/list.html", context)


@requires(Permission.MANAGE_OWN_SERVICES)
def service_places(request: HttpRequest, ref: str) -> HttpResponse:
    asked = asked_by(request)
    service = service_of(asked, ref)
    now = providers.capacity([service.pk])[service.pk]
    initial = {one.code: now.get(one.index, 0) for one in WEEK}
    form = PlacesForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        flow.set_places(service_id=service.pk, places=form.places(), by=asked.person, at=asked.now)
        messages.success(request, f"You set the places of {service.name}")
        return redirect("provider-services")
    grid = [
        (day, [form[one.code] for one in WEEK if one.weekday == number])
        for number, day in enumerate(DAYS)
    ]
    context = {"form": form, "service": service, "grid": grid}
    return render(request, "provider/services/places.html", context)


@requires(Permission.MANAGE_OWN_SERVICES)
def service_rates(request: HttpRequest, ref: str) -> HttpResponse:
    asked = asked_by(request)
    service = service_of(asked, ref)
    form = RateForm(posted(request), today=asked.today)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_rate(
                service_id=service.pk, **form.cleaned_data, by=asked.person, at=asked.now
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"You set a new price for {service.name}")
            return redirect("service-rates", ref=ref)
    context = {"form": form, "service": service, "today": asked.today}
    return render(request, "provider/services/rates.html", context)


@requires(Permission.MANAGE_OWN_SERVICES)
def service_status(request: HttpRequest, ref: str) -> HttpResponse:
    asked = asked_by(request)
    service = service_of(asked, ref)
    initial = {
        "status": service.status_on(asked.today),
        "first_start_on": service.first_start_on,
    }
    form = StatusForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        status: ServiceStatus = form.cleaned_data["status"]
        actions.set_status(
            service_id=service.pk,
            status=status,
            first_start_on=form.cleaned_data["first_start_on"],
            by=asked.person,
            at=asked.now,
        )
        messages.success(request, f"{service.name}: {status.label.lower()}")
        return redirect("provider-services")
    context = {"form": form, "service": service}
    return render(request, "provider/services/status.html", context)


@requires(Permission.MANAGE_OWN_SERVICES)
@require_POST
def service_confirm(request: HttpRequest, ref: str) -> HttpResponse:
    asked = asked_by(request)
    service = service_of(asked, ref)
    flow.confirm_services(service_ids=[service.pk], by=asked.person, at=asked.now)
    messages.success(request, f"Thank you. Readers see that {service.name} was checked today")
    return redirect("provider-services")


@requires(Permission.MANAGE_OWN_SERVICES)
def site_add(request: HttpRequest) -> HttpResponse:
    asked = asked_by(request)
    form = SiteForm(posted(request))
    if request.method == "POST" and form.is_valid():
        site = actions.add_site(
            provider_id=asked.provider.pk, **form.cleaned_data, by=asked.person, at=asked.now
        )
        said = "You added the place"
        if site.easting is None:
            said += ". We do not know that postcode, so nobody sees how far it is"
        messages.success(request, said)
        return redirect("provider-services")
    return render(request, "provider/services/site.html", {"form": form})
