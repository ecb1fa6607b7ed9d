"""Who gives training and apprenticeships: the list that council staff keep (S259)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.market.trainers import actions, queries, rules
from flsf.market.trainers.enums import Kind, Offer
from flsf.market.trainers.queries import TrainerRow
from flsf.market.trainers.rules import TrainerFacts
from flsf.shared.accounts.enums import Permission
from flsf.shared.imports.rules import cells
from flsf.web.access import found, person_of, requires
from flsf.web.components import refused
from flsf.web.components.fields import GovukForm, posted, text
from flsf.web.components.filters import FilterForm
from flsf.web.components.lists import Asked, Column, ListPage
from flsf.web.components.lists import Kind as Shows

P = Permission
MOST_PLACES = 1_000
FIELDS: refused.Fields = {
    actions.NameMissing: ("name",),
    actions.OffersNothing: ("offers",),
    actions.NotAUkprn: ("ukprn",),
    actions.NotInternships: ("offers",),
    actions.MoreOpenThanPlaces: ("open_places",),
    actions.ListedAlready: ("name",),
    actions.NeedsReason: ("why",),
}


class TrainerFilters(FilterForm):
    words = forms.CharField(label="Name or place", required=False, max_length=80)
    offer = forms.ChoiceField(
        label="What they offer", required=False, choices=[("", "Anything"), *Offer.choices]
    )
    kind = forms.ChoiceField(
        label="What they are", required=False, choices=[("", "Any"), *Kind.choices]
    )


def _rows(asked: Asked) -> QuerySet[TrainerRow]:
    said = asked.filters
    return queries.register(
        person=asked.person,
        words=said.get("words") or "",
        offer=said.get("offer") or "",
        kind=said.get("kind") or "",
    )


TRAINERS = ListPage(
    name="trainer-list",
    title="Training and apprenticeship providers",
    section="local-offer",
    permission=P.EDIT_PROVIDERS,
    columns=(
        Column("Name", "name", link=lambda row: reverse("trainer-change", kwargs={"ref": row.ref})),
        Column("UKPRN", "ukprn"),
        Column("What they are", lambda row: row.get_kind_display()),
        Column("What they offer", "offers_in_words"),
        Column("Where", "place"),
        Column("Internship places", "places", Shows.NUMBER, in_files_only=True),
        Column("Internship places open", "open_places", Shows.NUMBER, in_files_only=True),
        Column("Last looked at", "checked_on", Shows.DATE),
        Column("Last changed", "changed_on", Shows.DATE),
        Column("Taken off", "taken_off_on", Shows.DATE),
    ),
    rows=_rows,
    filters=TrainerFilters,
    template="council/training/list.html",
    context=lambda asked: {"may_import": asked.person.may(P.IMPORT_DATA)},
    noun=("record", "records"),
    empty="Nobody on the list is like that.",
    worked_out=(
        "Everybody reads this list. One is known by its UKPRN, else by its name; a sheet brought "
        "in again changes nothing, and never puts back what was taken off."
    ),
)


def places_box(label: str) -> forms.IntegerField:
    """A number of places, as they told us; empty while they have not."""
    wrong = f"Enter a whole number from 0 to {MOST_PLACES:,}, like 12, or leave it empty"
    return forms.IntegerField(
        label=label,
        help_text="As they told you today. Leave it empty if they have not.",
        required=False,
        min_value=0,
        max_value=MOST_PLACES,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
    )


class TrainerForm(GovukForm):
    name = text("What is it called?", missing="Enter what it is called", max_length=200)
    kind = forms.TypedChoiceField(
        label="What is it?",
        coerce=Kind,
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what it is"},
    )
    offers = forms.MultipleChoiceField(
        label="What does it offer?",
        choices=Offer.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select what it offers"},
    )
    ukprn = forms.CharField(
        label="UKPRN (optional)",
        help_text="Its number in the UK Register of Learning Providers: 8 digits.",
        required=False,
        max_length=12,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    place = forms.CharField(label="Town or place (optional)", required=False, max_length=100)
    postcode = forms.CharField(
        label="Postcode (optional)",
        required=False,
        max_length=8,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    contact = forms.CharField(
        label="Whom should people ask for? (optional)",
        help_text="A team or desk, not the name of a person.",
        required=False,
        max_length=200,
    )
    phone = forms.CharField(label="Telephone (optional)", required=False, max_length=40)
    email = forms.EmailField(
        label="Email (optional)",
        required=False,
        error_messages={"invalid": "Enter an email address like name@example.org"},
    )
    website = forms.URLField(
        label="Website (optional)",
        required=False,
        assume_scheme="https",
        max_length=500,
        error_messages={"invalid": "Enter an address like https://www.example.org"},
    )
    about = forms.CharField(
        label="What should people know? (optional)",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    places = places_box("Supported internships: how many places in a year? (optional)")
    open_places = places_box("How many of them are open now? (optional)")

    def clean_phone(self) -> str:
        typed: str = self.cleaned_data["phone"].strip()
        try:
            return cells.phone(typed) if typed else ""
        except cells.Unreadable as trouble:
            raise ValidationError(str(trouble)) from trouble

    def facts(self) -> TrainerFacts:
        """What the actions are told."""
        said = dict(self.cleaned_data)
        return TrainerFacts(**said | {"offers": rules.in_order(set(said["offers"]))})

    @staticmethod
    def typed(facts: TrainerFacts) -> dict[str, Any]:
        """The boxes as they are for a record that is there already."""
        said = {name: getattr(facts, name) for name in TrainerForm.base_fields}
        return said | {"offers": [one.value for one in facts.offers], "kind": facts.kind.value}


class TakeOffForm(GovukForm):
    why = text("Why is it taken off?", missing="Say why it is taken off", max_length=300)


@requires(P.EDIT_PROVIDERS)
def add(request: HttpRequest) -> HttpResponse:
    form = TrainerForm(posted(request))
    if request.method == "POST" and form.is_valid():
        said = {"facts": form.facts(), "by": person_of(request), "at": clock.now()}
        if refused.settled(form, actions.add, said, FIELDS):
            messages.success(request, f"{form.cleaned_data['name']} is on the list")
            return redirect("trainer-list")
    context = {"form": form, "title": "Add a training provider", "button": "Add it"}
    return render(request, "council/local_offer/form.html", context | {"back": "trainer-list"})


@requires(P.EDIT_PROVIDERS)
def change(request: HttpRequest, ref: str) -> HttpResponse:
    person = person_of(request)
    one = found(queries.with_ref(ref, person=person))
    form = TrainerForm(posted(request), initial=TrainerForm.typed(one.facts))
    if request.method == "POST" and form.is_valid():
        said = {"trainer_id": one.pk, "facts": form.facts(), "by": person, "at": clock.now()}
        if refused.settled(form, actions.change, said, FIELDS):
            messages.success(request, f"You changed {form.cleaned_data['name']}")
            return redirect("trainer-list")
    context = {"form": form, "title": one.name, "button": "Save", "one": one}
    return render(request, "council/training/change.html", context)


@requires(P.EDIT_PROVIDERS)
@require_POST
def checked(request: HttpRequest, ref: str) -> HttpResponse:
    person = person_of(request)
    one = found(queries.with_ref(ref, person=person))
    try:
        actions.note_checked(trainer_id=one.pk, by=person, at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Readers see that {one.name} was looked at today")
    return redirect("trainer-change", ref=ref)


@requires(P.EDIT_PROVIDERS)
def take_off(request: HttpRequest, ref: str) -> HttpResponse:
    person = person_of(request)
    one = found(queries.with_ref(ref, person=person))
    form = TakeOffForm(posted(request))
    if request.method == "POST" and form.is_valid():
        said = {"trainer_id": one.pk, **form.cleaned_data, "by": person, "at": clock.now()}
        if refused.settled(form, actions.take_off, said, FIELDS):
            messages.success(request, f"{one.name} is no longer on the list")
            return redirect("trainer-list")
    context = {"form": form, "title": f"Take {one.name} off the list", "button": "Take it off"}
    return render(request, "council/local_offer/form.html", context | {"back": "trainer-list"})
