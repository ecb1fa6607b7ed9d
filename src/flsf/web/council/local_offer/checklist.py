"""The list of what the Local Offer must say: where each is, who looked, what is missing."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.market.duties import actions, queries
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components.fields import GovukForm, posted
from flsf.web.components.lists import Column, Kind, ListPage

P = Permission

CHECKLIST = ListPage(
    name="duty-list",
    title="What the Local Offer must say",
    section="local-offer",
    permission=P.EDIT_PROVIDERS,
    columns=(
        Column(
            "Item",
            "words",
            link=lambda row: reverse("duty-check", kwargs={"number": row.number}),
            hint="source",
        ),
        Column("Standing", lambda row: row.standing.value, Kind.STATUS),
        Column("Where", "where"),
        Column("Last looked at", "checked_on", Kind.DATE),
        Column("By", "checked_by"),
        Column("Note", "note", in_files_only=True),
    ),
    rows=lambda asked: queries.checklist(asked.on),
    noun=("item", "items"),
    worked_out=(
        "An item that nobody has looked for counts as missing. One last looked at more than a "
        "year ago is said to be so. The public page shows the same."
    ),
)


class CheckForm(GovukForm):
    is_published = forms.TypedChoiceField(
        label="Is it published?",
        coerce=lambda said: said == "yes",
        choices=[("yes", "Yes"), ("no", "No, it is missing")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it is published"},
    )
    where = forms.CharField(
        label="Where?",
        help_text="The name of the page or paper",
        required=False,
        max_length=200,
    )
    link = forms.CharField(
        label="Its address",
        help_text="Like /directory/ or https://www.example.org/travel",
        required=False,
        max_length=300,
    )
    note = forms.CharField(label="Note", required=False, max_length=300)

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"].strip()
        is_ours = link.startswith("/") and not link.startswith("//")
        if link and not is_ours and not link.startswith(("https://", "http://")):
            raise ValidationError("Enter an address like /directory/ or https://www.example.org")
        return link


@requires(P.EDIT_PROVIDERS)
def check(request: HttpRequest, number: int) -> HttpResponse:
    now = clock.now()
    item = found(queries.item(number, on=clock.london_day(now)))
    initial: dict[str, Any] = {"where": item.where, "link": item.link, "note": item.note}
    form = CheckForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_check(number=number, **form.cleaned_data, by=person_of(request), at=now)
        except Refusal as refusal:
            form.add_error("where", str(refusal))
        else:
            messages.success(request, f"You looked at item {number} today")
            return redirect("duty-list")
    context = {
        "item": item,
        "form": form,
        "title": item.words,
        "button": "Save what I found",
        "history": queries.history(number),
    }
    return render(request, "council/local_offer/duty.html", context)
