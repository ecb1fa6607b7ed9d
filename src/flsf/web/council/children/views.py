from dataclasses import asdict, replace
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from flsf.casework.children import actions, queries
from flsf.casework.children.enums import Basis, Detail
from flsf.casework.children.rules import ContactFacts
from flsf.casework.referrals import queries as referrals
from flsf.casework.referrals.enums import Status
from flsf.core.refusals import Refusal
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Permission, Role
from flsf.shared.audit import queries as record
from flsf.web.access import found, person_of, requires
from flsf.web.components.kept_words import keep
from flsf.web.council.children import history, panels
from flsf.web.council.children.children import ChildFilters
from flsf.web.council.children.forms import ContactForm, NeedsForm, WorkerForm
from flsf.web.council.children.frame import open_child

WORKERS = (Role.CASEWORKER, Role.VIRTUAL_SCHOOL)


@requires(Permission.VIEW_CHILDREN)
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """To the list, narrowed: its address says which words only to whoever typed them."""
    given = ChildFilters(request.POST).answers()
    said = {
        "search": keep(given.pop("words") or "", person=person_of(request)),
        **{name: "on" if one is True else one for name, one in given.items()},
    }
    query = urlencode({name: one for name, one in said.items() if one})
    return redirect(reverse("child-list") + (query and f"?{query}"))


@requires(Permission.VIEW_CHILDREN)
def summary(request: HttpRequest, ref: str) -> HttpResponse:
    opened = open_child(request, ref)
    reading = [
        (panel.template, panel.reads(opened.child.pk, opened.person, opened.on))
        for panel in panels.PANELS
    ]
    asked_for = referrals.listed(person=opened.person, on=opened.on, child_ids=[opened.child.pk])
    context = opened.context | {
        "panels": reading,
        "referrals": list(asked_for),
        "referral_words": dict(Status.choices),
    }
    return render(request, "council/children/summary.html", context)


@requires(Permission.VIEW_CHILDREN)
def needs(request: HttpRequest, ref: str) -> HttpResponse:
    return render(request, "council/children/needs.html", open_child(request, ref).context)


@requires(Permission.EDIT_CHILDREN)
def change_needs(request: HttpRequest, ref: str) -> HttpResponse:
    opened = open_child(request, ref)
    before = opened.child.facts
    form = NeedsForm(
        request.POST or None,
        initial={
            **asdict(before),
            "needs": list(before.needs),
            "access": list(before.access),
            "main_need": before.main_need or "",
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(
                child_id=opened.child.pk,
                facts=replace(before, **form.cleaned_data),
                by=opened.person,
                at=opened.at,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The needs are saved.")
            return redirect("child-needs", ref=opened.child.ref)
    context = opened.context | {"form": form}
    return render(request, "council/children/change_needs.html", context)


@requires(Permission.VIEW_CHILDREN)
def contacts(request: HttpRequest, ref: str) -> HttpResponse:
    opened = open_child(request, ref)
    known = list(queries.contacts(opened.child.pk, person=opened.person, on=opened.on))
    context = opened.context | {"contacts": known}
    return render(request, "council/children/contacts.html", context)


@requires(Permission.EDIT_CHILDREN)
def add_contact(request: HttpRequest, ref: str) -> HttpResponse:
    opened = open_child(request, ref)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        contact = ContactFacts(**given)
        actions.add_contact(
            child_id=opened.child.pk, contact=contact, by=opened.person, at=opened.at
        )
        messages.success(request, f"{contact.name} is a contact now.")
        return redirect("child-contacts", ref=opened.child.ref)
    context = opened.context | {"form": form}
    return render(request, "council/children/add_contact.html", context)


@requires(Permission.EDIT_CHILDREN)
def name_worker(request: HttpRequest, ref: str) -> HttpResponse:
    opened = open_child(request, ref)
    people = {user.pk: user.name for role in WORKERS for user in accounts.holding(role)}
    workers = sorted(((str(pk), name) for pk, name in people.items()), key=lambda one: one[1])
    form = WorkerForm(
        request.POST or None,
        workers=workers,
        initial={"worker": opened.child.named_worker_id or ""},
    )
    if request.method == "POST" and form.is_valid():
        actions.name_worker(
            child_id=opened.child.pk,
            worker_id=int(form.cleaned_data["worker"]),
            by=opened.person,
            at=opened.at,
        )
        messages.success(request, "The named worker is set.")
        return redirect("child-page", ref=opened.child.ref)
    context = opened.context | {"form": form}
    return render(request, "council/children/name_worker.html", context)


@requires(Permission.VIEW_CHILDREN)
def who_may_see(request: HttpRequest, ref: str) -> HttpResponse:
    opened = open_child(request, ref)
    every = queries.disclosures(opened.child.pk, person=opened.person, on=opened.on)
    rows = [
        {
            "pk": one.pk,
            "who": one.organisation or one.person,
            "detail": Detail(one.detail).label,
            "basis": Basis(one.basis).label,
            "because": one.because,
            "since": one.since,
            "until": one.until,
            "standing": _standing(one.since, one.until, opened.on),
        }
        for one in every
    ]
    context = opened.context | {
        "now": [row for row in rows if row["standing"] == "Open"],
        "others": [row for row in rows if row["standing"] != "Open"],
    }
    return render(request, "council/children/who_may_see.html", context)


@requires(Permission.EDIT_CHILDREN)
@require_POST
def close_disclosure(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    opened = open_child(request, ref)
    every = queries.disclosures(opened.child.pk, person=opened.person, on=opened.on)
    one = found(every.filter(pk=number).first())
    actions.close_disclosure(
        disclosure_id=one.pk, last_day=opened.on, by=opened.person, at=opened.at
    )
    messages.success(request, "It ends today. From tomorrow they see nothing.")
    return redirect("child-who-may-see", ref=opened.child.ref)


@requires(Permission.VIEW_CHILDREN)
def history_of(request: HttpRequest, ref: str) -> HttpResponse:
    opened = open_child(request, ref)
    entries = record.history_of(f"child {opened.child.ref}", person=opened.person)
    context = opened.context | {"entries": [history.told(entry) for entry in entries[:200]]}
    return render(request, "council/children/history.html", context)


def _standing(since: date, until: date | None, on: date) -> str:
    if until is not None and until < on:
        return "Ended"
    return "Not begun" if since > on else "Open"
