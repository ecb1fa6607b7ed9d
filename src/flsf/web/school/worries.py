"""A school tells the council's safeguarding leads of a worry. Nobody else reads it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import widgets
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.casework.children import queries as children
from flsf.casework.children.rules import shows_name
from flsf.casework.referrals import queries as referrals
from flsf.core import clock
from flsf.delivery.placements import queries as placements
from flsf.flows import record_session as flow
from flsf.shared.accounts.enums import Permission
from flsf.shared.audit import actions as audit
from flsf.web.access import found, person_of, requires
from flsf.web.components.fields import posted, set_choices
from flsf.web.components.worry_form import WorryForm

NO_PLACEMENT = "none"
TOLD = "school-told"


class PupilWorryForm(WorryForm):
    """A worry, and which support it is about, if it is about any."""

    about = forms.ChoiceField(
        label="Is it about support the pupil goes to?",
        widget=widgets.RadioSelect,
        error_messages={"required": "Say which support it is about, or that it is not about any"},
    )
    field_order = ("words", "about", "in_danger_now", "is_about_an_adult")

    def __init__(self, *args: Any, support: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        set_choices(self, "about", [*support.items(), (NO_PLACEMENT, "No, it is something else")])
        if not support:
            del self.fields["about"]

    @property
    def worry(self) -> flow.Worry:
        said = {key: value for key, value in self.cleaned_data.items() if key != "about"}
        return flow.Worry(**said)


@requires(Permission.VIEW_OWN_PUPILS)
def worry(request: HttpRequest, ref: str) -> HttpResponse:
    """The safeguarding leads have it, and neither the provider nor the register does.

    Where support is given is asked about only a child whom we know to be the school's.
    """
    person, now = person_of(request), clock.now()
    today = clock.london_day(now)
    one = found(referrals.with_ref(ref, person=person, on=today))
    named = found(children.named([one.child_id], person=person, on=today).get(one.child_id))
    support = {
        seen.ref: seen
        for seen in placements.of_child(one.child_id, on=today)
        if seen.is_running and shows_name(named.detail)
    }
    said = {
        key: f"{seen.service_name or seen.nature}, {seen.provider_name}"
        for key, seen in support.items()
    }
    form = PupilWorryForm(posted(request), support=said)
    if request.method == "POST" and form.is_valid():
        about = support.get(form.cleaned_data.get("about", NO_PLACEMENT))
        request.session[TOLD] = flow.raise_concern(
            child_id=one.child_id,
            placement_id=about.id if about else None,
            worry=form.worry,
            by=person,
            at=now,
        )
        return redirect("pupil-worry-told")
    audit.record_view(subject=f"child {named.ref}", page="pupil-worry", by=person, at=now)
    context = {"title": f"I am worried about {named}", "one": one, "form": form}
    return render(request, "school/worry.html", context)


@requires(Permission.VIEW_OWN_PUPILS)
def told(request: HttpRequest) -> HttpResponse:
    """It has arrived; its words are not shown again."""
    context = {
        "title": "You have told us",
        "section": "pupils",
        "reference": request.session.get(TOLD, ""),
    }
    return render(request, "school/worry_told.html", context)
