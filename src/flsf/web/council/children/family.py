"""Somebody signed in says that a child is theirs: an officer finds out and decides."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.casework.children import actions, queries
from flsf.core.refusals import Refusal
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, requires
from flsf.web.components.fields import GovukForm, long_text, posted
from flsf.web.council.children.frame import open_child


class WhoForm(GovukForm):
    """The decision and what it rests on."""

    is_theirs = forms.TypedChoiceField(
        label="Is the child theirs?",
        coerce=lambda chosen: chosen == "yes",
        choices=[
            ("yes", "Yes: they may see the child as their own"),
            ("no", "No: they see nothing of the child any more"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no"},
    )
    reason = long_text(
        "How you know",
        missing="Write how you know",
        max_length=500,
        help_text="For example: called the mother on the number the school holds",
    )


@requires(Permission.EDIT_CHILDREN)
def check_who(request: HttpRequest, ref: str, check: int) -> HttpResponse:
    """What they said, beside what we know; the decision stands with who made it and why."""
    opened = open_child(request, ref)
    child_id = opened.child.pk
    one: Any = found(
        queries.family_check(check, child_id=child_id, person=opened.person, on=opened.on)
    )
    form = WhoForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.settle_who(check_id=one.pk, **form.cleaned_data, by=opened.person, at=opened.at)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "It is settled who they are.")
            return redirect("child-who-may-see", ref=opened.child.ref)
    contacts = list(queries.contacts(child_id, person=opened.person, on=opened.on))
    context = opened.context | {"form": form, "one": one, "contacts": contacts}
    return render(request, "council/children/check_who.html", context)
