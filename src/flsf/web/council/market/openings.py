"""Telling providers what support will be needed."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.mandate.framework import queries as framework
from flsf.market.openings import actions, queries
from flsf.market.openings.queries import OpeningRow
from flsf.market.openings.rules import OpeningFacts
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text, set_choices, text
from flsf.web.components.lists import Asked, Column, Kind, ListPage


class OpeningForm(GovukForm):
    title = text(
        "What will be needed, in a few words?", missing="Say what will be needed", max_length=120
    )
    lot_id = forms.TypedChoiceField(
        label="Which kind of support is it?",
        coerce=int,
        error_messages={"required": "Choose the kind of support"},
    )
    needed_from = DatePartsField(label="From which day?", missing="Enter the day")
    words = long_text(
        "What should providers know?",
        missing="Say what providers should know",
        help_text="How much, for which ages and needs, and where. Nothing that tells of a child.",
        max_length=4000,
    )
    how_to_prepare = forms.CharField(
        label="How can they prepare? (optional)",
        required=False,
        widget=forms.Textarea,
        max_length=2000,
    )


class WithdrawForm(GovukForm):
    why = long_text("Why is it no longer needed?", missing="Say why", max_length=1000)


def _standing(row: OpeningRow, on: date) -> str:
    if row.withdrawn_on is not None:
        return "Taken back"
    return "Shown" if row.needed_from >= on else "Past"


def _rows(asked: Asked) -> list[OpeningRow]:
    return list(queries.register(person=asked.person))


OPENINGS = ListPage(
    name="opening-list",
    title="What providers are told we will need",
    section="market",
    permission=Permission.EDIT_FRAMEWORK,
    columns=(
        Column("What", "title", hint=lambda row: row.lot.name),
        Column("Standing", lambda row: _standing(row, clock.london_day(clock.now())), Kind.STATUS),
        Column("Needed from", "needed_from", Kind.DATE),
        Column("Told on", "told_on", Kind.DATE),
        Column("Told by", lambda row: row.told_by.name if row.told_by else ""),
        Column(
            "Take back",
            lambda row: "" if row.withdrawn_on else "Take back",
            link=lambda row: (
                "" if row.withdrawn_on else reverse("opening-withdraw", kwargs={"ref": row.ref})
            ),
        ),
        Column("Taken back on", "withdrawn_on", Kind.DATE, in_files_only=True),
        Column("Why", "withdrawn_why", in_files_only=True),
    ),
    rows=_rows,
    template="council/market/openings.html",
    noun=("record", "records"),
    empty="Providers have been told nothing yet.",
    worked_out="Shown to everyone from the day it is told until its day has passed.",
)


@requires(Permission.EDIT_FRAMEWORK)
def tell(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = OpeningForm(request.POST or None)
    lots = framework.lots(person=person)
    set_choices(form, "lot_id", [(lot.pk, lot.name) for lot in lots])
    if request.method == "POST" and form.is_valid():
        try:
            actions.tell(facts=OpeningFacts(**form.cleaned_data), by=person, at=clock.now())
        except actions.NotInTime as refusal:
            form.add_error("needed_from", str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Providers can read it now.")
            return redirect("opening-list")
    return render(request, "council/market/tell.html", {"form": form})


@requires(Permission.EDIT_FRAMEWORK)
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    person = person_of(request)
    one = found(queries.with_ref(ref, person=person))
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(opening_id=one.pk, **form.cleaned_data, by=person, at=clock.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "It is no longer shown.")
            return redirect("opening-list")
    return render(request, "council/market/withdraw.html", {"form": form, "opening": one})
