from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from flsf.casework.calloffs.queries import registration
from flsf.core import clock
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.flows import agree_listing as flow
from flsf.mandate.framework import queries as framework
from flsf.market.applications import queries as applications
from flsf.market.kinds import queries as kinds
from flsf.market.listings import actions, queries
from flsf.market.listings.enums import RevisionStatus
from flsf.market.providers import queries as providers
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components import words
from flsf.web.components.fields import GovukForm, long_text, posted
from flsf.web.components.filters import FilterForm
from flsf.web.components.listing_words import Names, changed, label_of
from flsf.web.components.lists import Column, Kind, ListPage


class StatusFilters(FilterForm):
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Any"), *RevisionStatus.choices]
    )


def _name(row: queries.RevisionRow) -> str:
    return row.facts.name


LISTINGS = ListPage(
    name="listing-list",
    title="Listings to agree",
    section="providers",
    permission=Permission.EDIT_PROVIDERS,
    columns=(
        Column(
            "Version", "ref", link=lambda row: reverse("listing-version", kwargs={"ref": row.ref})
        ),
        Column("Status", lambda row: row.get_status_display(), Kind.STATUS),
        Column("Provider", lambda row: row.provider.name),
        Column("Service", _name, hint=lambda row: "" if row.service_id else "New service"),
        Column("Sent", "proposed_at", Kind.MOMENT),
        Column("Decided", "decided_at", Kind.MOMENT),
        Column("Words to the provider", "words", in_files_only=True),
    ),
    rows=lambda asked: queries.register(
        person=asked.person, status=asked.filters.get("status") or ""
    ),
    filters=StatusFilters,
    noun=("version", "versions"),
    empty="No version has that status.",
    worked_out=(
        "A version is what a provider would have families read. Until somebody agrees to it, "
        "families read the one agreed to last. Places and prices are the provider's own to change."
    ),
)


class SendBackForm(GovukForm):
    words = long_text(
        "What should the provider change?",
        missing="Say what the provider should change",
        help_text="The provider reads these words.",
    )


class RecheckForm(GovukForm):
    found = long_text(
        "What did you look at, and what did you find?",
        missing="Say what you looked at and what you found",
    )


def _revision(ref: str, person: Person) -> queries.RevisionRow:
    return found(queries.with_ref(ref, person=person))


def _page(
    request: HttpRequest,
    revision: queries.RevisionRow,
    *,
    form: GovukForm | None = None,
    recheck_form: GovukForm | None = None,
    trouble: str = "",
) -> HttpResponse:
    shown = queries.compared(revision)
    person = person_of(request)
    names = Names(
        lots={one.pk: one.name for one in framework.lots(person=person)},
        sites={one.pk: str(one) for one in providers.sites_of(revision.provider_id)},
        kinds={one.pk: one.name for one in kinds.register(person=person)},
    )
    is_waiting = revision.status == RevisionStatus.WAITING
    recheck = queries.recheck_of(revision.pk)
    context = {
        "revision": revision,
        "shown": shown,
        "name": revision.facts.name,
        "price": _first_price(revision) if is_waiting else "",
        "rows": changed(shown, names) if is_waiting else (),
        "stopped": _stopped(revision, shown) if is_waiting else "",
        "to_recheck": [label_of(one).lower() for one in shown.to_recheck],
        "form": (form or SendBackForm()) if is_waiting else None,
        "recheck": recheck,
        "recheck_fields": [label_of(one).lower() for one in recheck.fields] if recheck else (),
        "recheck_form": (recheck_form or RecheckForm())
        if recheck and recheck.done_at is None
        else None,
        "trouble": trouble,
    }
    return render(request, "council/listings/version.html", context)


def _stopped(revision: queries.RevisionRow, shown: queries.Compared) -> str:
    """Why nobody can agree to a service's new place, before anybody tries."""
    if revision.service_id is None:
        return ""
    after, on = shown.after, clock.london_day(clock.now())
    return registration.moved(revision.service_id, after.mode, after.site_id, on=on)


def _first_price(revision: queries.RevisionRow) -> str:
    """In words, the price that a new service gets with the agreement, if it gets one."""
    if revision.service_id is not None:
        return ""
    offers = applications.offered(revision.provider_id, on=clock.london_day(clock.now()))
    offered = offers.get(revision.facts.lot_id)
    if offered is None or not offered.price_pence:
        return ""
    unit = framework.lot_facts()[offered.lot_id].terms.unit.label
    return f"{words.money(offered.price_pence)} {unit} without VAT"


@requires(Permission.EDIT_PROVIDERS)
def version(request: HttpRequest, ref: str) -> HttpResponse:
    """The version beside what families read now; posting sends it back with words."""
    person = person_of(request)
    revision = _revision(ref, person)
    form = SendBackForm(posted(request))
    if request.method != "POST":
        return _page(request, revision)
    if not form.is_valid():
        return _page(request, revision, form=form)
    try:
        flow.send_back(
            revision_id=revision.pk,
            provider_id=revision.provider_id,
            ref=ref,
            words=form.cleaned_data["words"],
            by=person,
            at=clock.now(),
        )
    except Refusal as refusal:
        return _page(request, _revision(ref, person), form=form, trouble=str(refusal))
    messages.success(request, f"You sent {revision.facts.name} back to {revision.provider.name}")
    return redirect("listing-list")


@requires(Permission.EDIT_PROVIDERS)
@require_POST
def agree(request: HttpRequest, ref: str) -> HttpResponse:
    """What was on the page is what families read now."""
    person = person_of(request)
    revision = _revision(ref, person)
    try:
        flow.agree(
            revision_id=revision.pk,
            provider_id=revision.provider_id,
            ref=ref,
            seen=request.POST.get("seen", ""),
            by=person,
            at=clock.now(),
        )
    except Refusal as refusal:
        return _page(request, _revision(ref, person), trouble=str(refusal))
    messages.success(request, f"Families now read this version of {revision.facts.name}")
    return redirect("listing-version", ref=ref)


@requires(Permission.EDIT_PROVIDERS)
@require_POST
def recheck(request: HttpRequest, ref: str) -> HttpResponse:
    """Somebody looked again at what the provider was checked for."""
    person = person_of(request)
    revision = _revision(ref, person)
    task = found(queries.recheck_of(revision.pk))
    form = RecheckForm(request.POST)
    if not form.is_valid():
        return _page(request, revision, recheck_form=form)
    try:
        actions.finish_recheck(
            recheck_id=task.pk, found=form.cleaned_data["found"], by=person, at=clock.now()
        )
    except Refusal as refusal:
        return _page(request, revision, recheck_form=form, trouble=str(refusal))
    messages.success(request, "You have looked at it again")
    return redirect("listing-version", ref=ref)
