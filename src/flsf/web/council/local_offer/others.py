"""Help that is not on the framework: kept by council staff, marked for families (S306)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from flsf.core import access, clock, needs, qualities
from flsf.core.access import Access
from flsf.core.needs import Need
from flsf.core.qualities import Quality
from flsf.core.refusals import Refusal
from flsf.market.others import actions, queries
from flsf.market.others.rules import OLDEST, OtherFacts
from flsf.market.providers.enums import Cost, Mode, Sector
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components.fields import GovukForm, long_text, posted, text
from flsf.web.components.filters import FilterForm
from flsf.web.components.lists import Column, Kind, ListPage

P = Permission


class OtherFilters(FilterForm):
    words = forms.CharField(label="Name", required=False, max_length=80)
    sector = forms.ChoiceField(
        label="Kind of help", required=False, choices=[("", "Any"), *Sector.choices]
    )


OTHERS = ListPage(
    name="other-list",
    title="Help that is not on the framework",
    section="local-offer",
    permission=P.EDIT_PROVIDERS,
    columns=(
        Column("Name", "name", link=lambda row: reverse("other-change", kwargs={"ref": row.ref})),
        Column("Run by", "run_by"),
        Column("Kind of help", lambda row: row.get_sector_display()),
        Column("Who pays", lambda row: row.get_cost_display()),
        Column("Last looked at", "checked_on", Kind.DATE),
        Column("From", lambda row: row.source or "Council staff"),
        Column("Taken off", "taken_off_on", Kind.DATE),
    ),
    rows=lambda asked: queries.register(
        person=asked.person,
        words=asked.filters.get("words") or "",
        sector=asked.filters.get("sector") or "",
    ),
    filters=OtherFilters,
    template="council/local_offer/others.html",
    noun=("record", "records"),
    empty="Nothing on the list is like that.",
    worked_out=(
        "Families find these in the same search as services on the framework. Each says in words "
        "that the council has not checked it for the list."
    ),
)


def _age(label: str) -> forms.IntegerField:
    said = f"Enter a whole number from 0 to {OLDEST}"
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=OLDEST,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), said),
    )


def _several(label: str, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple
    )


def _one(label: str, kind: Any, missing: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        coerce=kind,
        choices=kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": missing},
    )


class OtherForm(GovukForm):
    name = text("What is it called?", missing="Enter what it is called", max_length=200)
    run_by = text("Who runs it?", missing="Enter who runs it", max_length=200)
    sector = _one("What kind of help is it?", Sector, "Select what kind of help it is")
    what_it_is = long_text("What is it?", missing="Enter what it is", help_text="Short sentences.")
    how_to_get_it = forms.CharField(
        label="How does a family get it?", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    what_to_expect = forms.CharField(
        label="What can they expect?", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    cost = _one("Who pays?", Cost, "Select who pays")
    mode = _one("Where does it happen?", Mode, "Select where it happens")
    postcode = forms.CharField(
        label="Postcode",
        required=False,
        max_length=8,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    when = forms.CharField(label="When?", required=False, max_length=200)
    lowest_age = _age("Youngest age")
    highest_age = _age("Oldest age")
    needs = _several("Which needs is it for? Leave empty for any.", needs.CHOICES)
    qualities = _several("What is it like?", qualities.CHOICES)
    access = _several("What helps somebody take part?", access.CHOICES)
    link = forms.URLField(
        label="Website",
        required=False,
        assume_scheme="https",
        max_length=500,
        error_messages={"invalid": "Enter an address like https://www.example.org"},
    )
    phone = forms.CharField(label="Telephone", required=False, max_length=40)
    email = forms.EmailField(
        label="Email",
        required=False,
        error_messages={"invalid": "Enter an email address like name@example.org"},
    )

    def facts(self) -> OtherFacts:
        """What the actions are told."""
        said = dict(self.cleaned_data)
        wanted = [Need(code) for code in said.pop("needs")]
        like = [Quality(code) for code in said.pop("qualities")]
        offered = [Access(code) for code in said.pop("access")]
        return OtherFacts(
            **said,
            needs_mask=needs.to_mask(wanted),
            qualities_mask=qualities.to_mask(like),
            access_mask=access.to_mask(offered),
        )

    @staticmethod
    def typed(facts: OtherFacts) -> dict[str, Any]:
        """The boxes as they are for a record that is there already."""
        shown = {
            name: getattr(facts, name) for name in OtherForm.base_fields if hasattr(facts, name)
        }
        return shown | {
            "needs": [one.value for one in needs.from_mask(facts.needs_mask)],
            "qualities": [one.value for one in qualities.from_mask(facts.qualities_mask)],
            "access": [one.value for one in access.from_mask(facts.access_mask)],
        }


class TakeOffForm(GovukForm):
    why = text("Why? Families read this.", missing="Say why it is taken off", max_length=300)


@requires(P.EDIT_PROVIDERS)
def add(request: HttpRequest) -> HttpResponse:
    form = OtherForm(posted(request), initial={"lowest_age": 0, "highest_age": OLDEST})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add(facts=form.facts(), by=person_of(request), at=clock.now())
        except Refusal as refusal:
            form.add_error("lowest_age", str(refusal))
        else:
            messages.success(request, f"Families find {made.name} now")
            return redirect("other-list")
    context = {"form": form, "title": "Add help", "button": "Add it", "back": "other-list"}
    return render(request, "council/local_offer/form.html", context)


@requires(P.EDIT_PROVIDERS)
def change(request: HttpRequest, ref: str) -> HttpResponse:
    person = person_of(request)
    one = found(queries.with_ref(ref, person=person))
    form = OtherForm(posted(request), initial=OtherForm.typed(one.facts))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(other_id=one.pk, facts=form.facts(), by=person, at=clock.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"You changed {one.name}")
            return redirect("other-list")
    context = {"form": form, "title": one.name, "button": "Save", "one": one}
    return render(request, "council/local_offer/other.html", context)


@requires(P.EDIT_PROVIDERS)
@require_POST
def checked(request: HttpRequest, ref: str) -> HttpResponse:
    person = person_of(request)
    one = found(queries.with_ref(ref, person=person))
    try:
        actions.note_checked(other_id=one.pk, by=person, at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Readers see that {one.name} was looked at today")
    return redirect("other-change", ref=ref)


@requires(P.EDIT_PROVIDERS)
def take_off(request: HttpRequest, ref: str) -> HttpResponse:
    person = person_of(request)
    one = found(queries.with_ref(ref, person=person))
    form = TakeOffForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_off(
                other_id=one.pk, why=form.cleaned_data["why"], by=person, at=clock.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Families no longer find {one.name}")
            return redirect("other-list")
    context = {"form": form, "title": f"Take {one.name} off the list", "button": "Take it off"}
    return render(request, "council/local_offer/form.html", context | {"back": "other-list"})
