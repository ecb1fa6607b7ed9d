from datetime import date, datetime
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from flsf.core import clock
from flsf.core.half_days import DAYS, WEEK
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.flows import offer_service as flow
from flsf.mandate.framework import queries as framework
from flsf.market.directory import queries as directory
from flsf.market.providers import actions
from flsf.market.providers import queries as providers
from flsf.market.providers.enums import ServiceStatus
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components.fields import posted
from flsf.web.provider.services.forms import (
    PlacesForm,
    RateForm,
    ServiceForm,
    SiteForm,
    StatusForm,
)


class Asked(NamedTuple):
    """Who asks, when, and for which provider: always their own."""

    person: Person
    now: datetime
    today: date
    provider: providers.ProviderRow


def _asked(request: HttpRequest) -> Asked:
    person, now = person_of(request), clock.now()
    return Asked(person, now, clock.london_day(now), found(providers.own(person=person)))


def _service(asked: Asked, ref: str) -> providers.ServiceRow:
    service = found(providers.service_with_ref(ref, person=asked.person, on=asked.today))
    return found(service if service.provider_id == asked.provider.pk else None)


def _service_form(request: HttpRequest, asked: Asked, initial: object = None) -> ServiceForm:
    running = framework.running_lot_ids(asked.today)
    lots = [(one.pk, one.name) for one in framework.lots(person=asked.person) if one.pk in running]
    sites = [(one.pk, str(one)) for one in providers.sites_of(asked.provider.pk)]
    return ServiceForm(posted(request), lots=lots, sites=sites, initial=initial)


@requires(Permission.MANAGE_OWN_SERVICES)
def provider_services(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    services = list(providers.services_of(asked.provider.pk, on=asked.today))
    cards = {
        one.service_id: one
        for one in directory.cards([one.slug for one in services], on=asked.today)
    }
    context = {
        "provider": asked.provider,
        "today": asked.today,
        "rows": [(service, cards.get(service.pk)) for service in services],
        "sites": providers.sites_of(asked.provider.pk),
    }
    return render(request, "provider/services/list.html", context)


@requires(Permission.MANAGE_OWN_SERVICES)
def service_add(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    form = _service_form(
        request, asked, {"is_listed": True, "largest_group": 1, "days_to_start": 5}
    )
    if request.method == "POST" and form.is_valid():
        try:
            flow.offer_service(
                provider_id=asked.provider.pk, facts=form.facts(), by=asked.person, at=asked.now
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "You added the service. Now set its places and price")
            return redirect("provider-services")
    context = {"form": form, "title": "Add a service", "button": "Add the service"}
    return render(request, "provider/services/edit.html", context)


@requires(Permission.MANAGE_OWN_SERVICES)
def service_change(request: HttpRequest, ref: str) -> HttpResponse:
    asked = _asked(request)
    service = _service(asked, ref)
    form = _service_form(request, asked, ServiceForm.typed(service.facts))
    if request.method == "POST" and form.is_valid():
        try:
            flow.change_service(
                service_id=service.pk, facts=form.facts(), by=asked.person, at=asked.now
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"You changed {service.name}")
            return redirect("provider-services")
    context = {"form": form, "title": f"Change {service.name}", "button": "Save"}
    return render(request, "provider/services/edit.html", context)


@requires(Permission.MANAGE_OWN_SERVICES)
def service_places(request: HttpRequest, ref: str) -> HttpResponse:
    asked = _asked(request)
    service = _service(asked, ref)
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
    asked = _asked(request)
    service = _service(asked, ref)
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
    asked = _asked(request)
    service = _service(asked, ref)
    form = StatusForm(posted(request), initial={"status": service.status_on(asked.today)})
    if request.method == "POST" and form.is_valid():
        status: ServiceStatus = form.cleaned_data["status"]
        actions.set_status(service_id=service.pk, status=status, by=asked.person, at=asked.now)
        messages.success(request, f"{service.name}: {status.label.lower()}")
        return redirect("provider-services")
    context = {"form": form, "service": service}
    return render(request, "provider/services/status.html", context)


@requires(Permission.MANAGE_OWN_SERVICES)
@require_POST
def service_confirm(request: HttpRequest, ref: str) -> HttpResponse:
    asked = _asked(request)
    service = _service(asked, ref)
    flow.confirm_services(service_ids=[service.pk], by=asked.person, at=asked.now)
    messages.success(request, f"Thank you. Readers see that {service.name} was checked today")
    return redirect("provider-services")


@requires(Permission.MANAGE_OWN_SERVICES)
def site_add(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
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
