"""What the provider would have families read: sent to the council, changed, or taken back."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from flsf.core.refusals import Refusal
from flsf.flows.agree_listing import propose_listing
from flsf.flows.keep_registration import MoveMakesASchool
from flsf.mandate.framework import queries as framework
from flsf.market.applications import queries as applications
from flsf.market.applications.queries import Offered
from flsf.market.kinds import queries as kinds
from flsf.market.listings import actions, queries
from flsf.market.listings.enums import RevisionStatus
from flsf.market.providers import queries as providers
from flsf.market.providers.rules import ServiceFacts
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, requires
from flsf.web.components.fields import posted
from flsf.web.provider.services.asked import Asked, asked_by, service_of
from flsf.web.provider.services.forms import ServiceForm

SENT = "You sent it to the council. Families read it once the council agrees"
OPEN = (RevisionStatus.WAITING, RevisionStatus.SENT_BACK)
USUAL: Mapping[str, Any] = {"is_listed": True, "largest_group": 1, "days_to_start": 5}


@requires(Permission.MANAGE_OWN_SERVICES)
def service_add(request: HttpRequest) -> HttpResponse:
    """A new service. With `?lot=` it begins from what the provider said when it applied."""
    asked = asked_by(request)
    lot = request.GET.get("lot", "")
    offered = applications.offered(asked.provider.pk, on=asked.today)
    begun = offered.get(int(lot)) if lot.isascii() and lot.isdigit() else None
    return _page(request, asked, "Add a service", offered=begun)


@requires(Permission.MANAGE_OWN_SERVICES)
def service_change(request: HttpRequest, ref: str) -> HttpResponse:
    """Changes begin from the version that waits, if one does."""
    asked = asked_by(request)
    service = service_of(asked, ref)
    revision = queries.latest_of(asked.provider.pk).get(service.pk, [None])[0]
    facts = revision.facts if revision else service.facts
    title = f"Change {service.name}"
    return _page(request, asked, title, facts, revision, service.pk)


@requires(Permission.MANAGE_OWN_SERVICES)
def version_edit(request: HttpRequest, ref: str) -> HttpResponse:
    """A new service that the council has not agreed to yet."""
    asked = asked_by(request)
    revision = _own(asked, ref)
    if revision.service is not None:
        return redirect("service-change", ref=revision.service.ref)
    if revision.status not in OPEN:
        return redirect("provider-services")
    title = f"Change {revision.facts.name}"
    return _page(request, asked, title, revision.facts, revision)


@requires(Permission.MANAGE_OWN_SERVICES)
@require_POST
def version_take_back(request: HttpRequest, ref: str) -> HttpResponse:
    asked = asked_by(request)
    revision = _own(asked, ref)
    try:
        actions.withdraw(revision_id=revision.pk, by=asked.person, at=asked.now)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "You took your changes back")
    return redirect("provider-services")


def _own(asked: Asked, ref: str) -> queries.RevisionRow:
    revision = found(queries.with_ref(ref, person=asked.person))
    return found(revision if revision.provider_id == asked.provider.pk else None)


def _page(
    request: HttpRequest,
    asked: Asked,
    title: str,
    facts: ServiceFacts | None = None,
    revision: queries.RevisionRow | None = None,
    service_id: int | None = None,
    offered: Offered | None = None,
) -> HttpResponse:
    running = framework.running_lot_ids(asked.today)
    lots = [(one.pk, one.name) for one in framework.lots(person=asked.person) if one.pk in running]
    sites = [(one.pk, str(one)) for one in providers.sites_of(asked.provider.pk)]
    initial = ServiceForm.typed(facts) if facts else _begun(offered)
    choices = [(one.pk, one.name) for one in kinds.to_choose(person=asked.person)]
    form = ServiceForm(posted(request), lots=lots, sites=sites, kinds=choices, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            propose_listing(
                provider_id=asked.provider.pk,
                organisation_id=asked.provider.organisation_id,
                facts=form.facts(facts.first_start_on if facts else None),
                new_kind=form.cleaned_data["new_kind"],
                service_id=service_id,
                replaces=revision.ref if revision and service_id is None else "",
                by=asked.person,
                at=asked.now,
            )
        except MoveMakesASchool as refusal:
            form.add_error("site_id" if form.cleaned_data["site_id"] else "mode", str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, SENT)
            return redirect("provider-services")
    context = {
        "form": form,
        "title": title,
        "button": "Send to the council",
        "revision": revision,
        "offered": offered,
    }
    return render(request, "provider/services/edit.html", context)


def _begun(offered: Offered | None) -> Mapping[str, Any]:
    """The boxes of a new service: what was said in the application, where there was one."""
    if offered is None:
        return USUAL
    return {
        **USUAL,
        "name": offered.lot_name,
        "lot_id": offered.lot_id,
        "what_it_is": offered.what_it_is,
        "what_to_expect": offered.what_to_expect,
    }
