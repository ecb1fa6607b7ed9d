"""Kinds of service that providers propose: taken up, merged into another, or not taken up."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.flows import settle_kind as flow
from flsf.market.kinds import queries
from flsf.market.kinds.enums import KindStatus
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components.fields import GovukForm, posted, set_choices, text
from flsf.web.components.filters import FilterForm
from flsf.web.components.lists import Column, Kind, ListPage

P = Permission
DECISIONS = (
    ("adopt", "Take it up"),
    ("merge", "It is another kind"),
    ("decline", "Do not take it up"),
)


class KindFilters(FilterForm):
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Any"), *KindStatus.choices]
    )


KINDS = ListPage(
    name="kind-list",
    title="New kinds of service",
    section="local-offer",
    permission=P.EDIT_PROVIDERS,
    columns=(
        Column("Kind", "name", link=lambda row: reverse("kind-page", kwargs={"ref": row.ref})),
        Column("Status", lambda row: row.get_status_display(), Kind.STATUS),
        Column("Is now", lambda row: row.merged_into.name if row.merged_into else ""),
        Column("Proposed", "proposed_at", Kind.MOMENT),
        Column("Why", "why"),
    ),
    rows=lambda asked: queries.register(
        person=asked.person, status=asked.filters.get("status") or ""
    ),
    filters=KindFilters,
    noun=("kind", "kinds"),
    empty="No kind has that status.",
    worked_out="Families can choose a kind in the search once it is taken up.",
)


class DecideForm(GovukForm):
    decision = forms.ChoiceField(
        label="What is it?",
        choices=DECISIONS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what to do with it"},
    )
    into = forms.TypedChoiceField(
        label="If it is another kind, which?", required=False, coerce=int, empty_value=None
    )
    why = text("Why?", missing="Say why", max_length=300)

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "into", [("", "Choose a kind"), *others])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("decision") == "merge" and not said.get("into"):
            self.add_error("into", ValidationError("Choose which kind it is"))
        return said


@requires(P.EDIT_PROVIDERS)
def kind(request: HttpRequest, ref: str) -> HttpResponse:
    person = person_of(request)
    one = found(queries.with_ref(ref, person=person))
    taken_up = queries.register(person=person, status=KindStatus.ADOPTED).exclude(pk=one.pk)
    form = DecideForm(posted(request), others=[(each.pk, each.name) for each in taken_up])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        told = {"kind_id": one.pk, "why": said["why"], "by": person, "at": clock.now()}
        try:
            if said["decision"] == "merge":
                flow.merge(into_id=said["into"], **told)
            else:
                (flow.adopt if said["decision"] == "adopt" else flow.decline)(**told)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"You decided about {one.name}")
            return redirect("kind-list")
    return render(request, "council/local_offer/kind.html", {"kind": one, "form": form})
