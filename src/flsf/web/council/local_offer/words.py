"""The words people use, and the councils next door: dated lists that staff keep."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from flsf.core import clock, needs
from flsf.core.needs import Need
from flsf.core.refusals import Refusal
from flsf.market.directory import actions, queries
from flsf.shared.accounts.enums import Permission
from flsf.web.access import person_of, requires
from flsf.web.components.fields import GovukForm, posted, text
from flsf.web.components.filters import FilterForm
from flsf.web.components.lists import Asked, Column, Kind, ListPage

P = Permission


class WordFilters(FilterForm):
    like = forms.CharField(label="Phrase", required=False, max_length=80)


def _words(asked: Asked) -> list[queries.Entry]:
    like = (asked.filters.get("like") or "").lower()
    return [one for one in queries.phrases(asked.on) if like in one.phrase]


def _next_door(_: Asked) -> list[queries.NextDoor]:
    return queries.next_door()


def _neighbours(_: Asked) -> dict[str, object]:
    return {"neighbours": queries.next_door()}


WORDS = ListPage(
    name="phrase-list",
    title="Words people use",
    section="local-offer",
    permission=P.EDIT_PROVIDERS,
    columns=(
        Column("Phrase", "phrase"),
        Column("Stands for", "stands_for"),
        Column("Since", "since", Kind.DATE),
    ),
    rows=_words,
    filters=WordFilters,
    template="council/local_offer/words.html",
    noun=("phrase", "phrases"),
    empty="No phrase has that in it.",
    worked_out=(
        "Whoever types the phrase is shown services for those needs, or those that say the other "
        "words. A phrase without a day came with the product. A phrase that stands for nothing is "
        "looked for as it is typed."
    ),
)

NEIGHBOURS = ListPage(
    name="neighbour-list",
    title="Councils next door",
    section="local-offer",
    permission=P.EDIT_PROVIDERS,
    columns=(
        Column("Council", "name"),
        Column("Local Offer", "link"),
        Column("Postcode districts", "outcodes"),
    ),
    rows=_next_door,
    template="council/local_offer/neighbours.html",
    context=_neighbours,
    noun=("council", "councils"),
    empty="No council is on the list yet.",
    worked_out=(
        "Shown to whoever searches with a postcode that we do not know or that lies outside our "
        "area; the council whose districts hold the postcode comes first."
    ),
)


class PhraseForm(GovukForm):
    phrase = text("What do people type?", missing="Enter what people type", max_length=80)
    needs = forms.MultipleChoiceField(
        label="Which needs does it stand for?",
        help_text="The first one chosen counts most.",
        required=False,
        choices=needs.CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )
    spelt_out = forms.CharField(
        label="Or which other words should we look for?", required=False, max_length=120
    )


class RetireForm(GovukForm):
    phrase = text("Which phrase?", missing="Enter the phrase", max_length=80)


class NeighbourForm(GovukForm):
    name = text("Which council?", missing="Enter the council's name", max_length=120)
    link = forms.URLField(
        label="Address of its Local Offer",
        assume_scheme="https",
        max_length=300,
        error_messages={
            "required": "Enter the address of its Local Offer",
            "invalid": "Enter an address like https://www.example.org/local-offer",
        },
    )
    outcodes = forms.CharField(
        label="Its postcode districts",
        help_text="Apart by spaces, like ZZ8 ZZ9",
        required=False,
        max_length=300,
    )


@requires(P.EDIT_PROVIDERS)
def add(request: HttpRequest) -> HttpResponse:
    form = PhraseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        mask = needs.to_mask(Need(code) for code in said["needs"])
        try:
            actions.add_phrase(
                phrase=said["phrase"],
                needs_mask=mask,
                spelt_out=said["spelt_out"],
                by=person_of(request),
                at=clock.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"“{said['phrase']}” is on the list")
            return redirect("phrase-list")
    context = {"form": form, "title": "Add a phrase", "button": "Add it", "back": "phrase-list"}
    return render(request, "council/local_offer/form.html", context)


@requires(P.EDIT_PROVIDERS)
def retire(request: HttpRequest) -> HttpResponse:
    form = RetireForm(posted(request), initial={"phrase": request.GET.get("phrase", "")})
    if request.method == "POST" and form.is_valid():
        try:
            phrase = " ".join(form.cleaned_data["phrase"].lower().split())
            actions.retire_phrase(phrase=phrase, by=person_of(request), at=clock.now())
        except Refusal as refusal:
            form.add_error("phrase", str(refusal))
        else:
            messages.success(request, f"“{phrase}” stands for nothing else any more")
            return redirect("phrase-list")
    context = {"form": form, "title": "Take off a phrase", "button": "Take it off"}
    return render(request, "council/local_offer/form.html", context | {"back": "phrase-list"})


@requires(P.EDIT_PROVIDERS)
def neighbour_add(request: HttpRequest) -> HttpResponse:
    form = NeighbourForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_neighbour(**form.cleaned_data, by=person_of(request), at=clock.now())
        except Refusal as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, f"{form.cleaned_data['name']} is on the list")
            return redirect("neighbour-list")
    context = {"form": form, "title": "Add a council", "button": "Add it", "back": "neighbour-list"}
    return render(request, "council/local_offer/form.html", context)


@requires(P.EDIT_PROVIDERS)
@require_POST
def neighbour_retire(request: HttpRequest) -> HttpResponse:
    number = request.POST.get("number", "")
    try:
        pk = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
        actions.retire_neighbour(neighbour_id=pk, by=person_of(request), at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "That council is no longer on the list")
    return redirect("neighbour-list")
