from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from flsf.casework.children import queries as children
from flsf.casework.referrals import queries
from flsf.casework.referrals.enums import FAMILY_WORDS, ClockKind, Status
from flsf.casework.referrals.rules import steps_of
from flsf.core import clock
from flsf.delivery.placements import queries as placements
from flsf.flows.hear_family import hear_more
from flsf.shared.accounts.enums import Permission
from flsf.shared.audit import actions as audit
from flsf.web.access import found, person_of, requires
from flsf.web.components import attendance, weeks
from flsf.web.family.forms import TellForm


@requires(Permission.VIEW_OWN_REQUESTS)
def requests(request: HttpRequest) -> HttpResponse:
    """Every request for a child who is theirs."""
    person, now = person_of(request), clock.now()
    today = clock.london_day(now)
    every = list(queries.listed(person=person, on=today))
    named = children.named({one.child_id for one in every}, person=person, on=today)
    audit.record_views(
        subjects=[f"child {one.ref}" for one in named.values()],
        page="family-requests",
        by=person,
        at=now,
    )
    rows = [
        {
            "ref": one.ref,
            "name": _first_name(named[one.child_id]) if one.child_id in named else "",
            "status": FAMILY_WORDS[Status(one.status)],
            "sent": one.received_at,
        }
        for one in every
    ]
    return render(request, "family/requests.html", {"rows": rows})


@requires(Permission.VIEW_OWN_REQUESTS)
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """Where things are up to (hero screen 7)."""
    person, now = person_of(request), clock.now()
    today = clock.london_day(now)
    one = found(queries.with_ref(ref, person=person, on=today))
    named = found(children.named([one.child_id], person=person, on=today).get(one.child_id))
    audit.record_view(subject=f"child {named.ref}", page="family-request", by=person, at=now)
    form = TellForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        is_danger = hear_more(
            referral_id=one.pk,
            child_id=one.child_id,
            ref=one.ref,
            words=form.cleaned_data["words"],
            by=person,
            at=now,
        )
        if is_danger:
            return redirect(reverse("ask-danger") + "?told")
        messages.success(request, "We have what you told us.")
        return redirect("family-request", ref=one.ref)
    tell_by = next(
        (
            timer.due_on
            for timer in queries.clocks(one.pk)
            if timer.kind == ClockKind.DECISION and timer.met_on is None
        ),
        None,
    )
    is_checked = bool(named.known_as)
    has_support = is_checked and bool(placements.of_child(one.child_id, on=today))
    context = {
        "week": weeks.week(one.child_id, today) if has_support else None,
        "strip": attendance.strip(one.child_id, today, now, for_family=True)
        if has_support
        else None,
        "one": one,
        "name": _first_name(named),
        "status": FAMILY_WORDS[Status(one.status)],
        "is_unchecked": not is_checked,
        "is_closed": one.status == Status.CLOSED,
        "steps": steps_of(Status(one.status)),
        "tell_by": tell_by,
        "form": form,
        "notes": [note for note in queries.notes(one.pk) if note.by_id == person.pk],
    }
    return render(request, "family/request.html", context)


def _first_name(named: Any) -> str:
    """The child's; "Your request" while it is not checked whose child it is."""
    return named.known_as.split()[0] if named.known_as else "Your request"
