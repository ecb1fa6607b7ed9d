"""Everybody who gives training and apprenticeships, and whether there are places (S259)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from flsf.core import clock
from flsf.market.guides import queries as guides
from flsf.market.trainers import queries
from flsf.market.trainers.enums import Kind, Offer
from flsf.market.trainers.queries import TrainerRow
from flsf.oversight.internships import queries as internships
from flsf.oversight.internships.rules import LOT_CODE, told_ahead
from flsf.oversight.reports.rules import SMALLEST_SHOWN, Shown, shown
from flsf.web.access import public
from flsf.web.components import last_changed
from flsf.web.components.filters import FilterForm
from flsf.web.components.last_changed import Changed
from flsf.web.components.lists import Asked, Column, ListPage
from flsf.web.components.lists import Kind as Shows

CHANGED = "That is when somebody was last put on this list, changed or taken off it."
NOBODY = "Nobody is on the list today."
ROUTE_WORDS = "supported internship"


class TrainingFilters(FilterForm):
    words = forms.CharField(label="Name or place", required=False, max_length=80)
    offer = forms.ChoiceField(
        label="What they offer", required=False, choices=[("", "Anything"), *Offer.choices]
    )
    kind = forms.ChoiceField(
        label="What they are", required=False, choices=[("", "Any"), *Kind.choices]
    )


def _rows(asked: Asked) -> QuerySet[TrainerRow]:
    said = asked.filters
    return queries.listed(
        words=said.get("words") or "", offer=said.get("offer") or "", kind=said.get("kind") or ""
    )


def _changed(asked: Asked, _: Sequence[Any]) -> Changed:
    latest = queries.changed_on()
    return Changed(latest, CHANGED) if latest else Changed(asked.on, NOBODY)


TRAINING = ListPage(
    name="training-list",
    title="Who gives training and apprenticeships",
    section="directory",
    permission=None,
    intro="Colleges, training providers and others who teach young people for work.",
    template="public/training/list.html",
    columns=(
        Column("Name", "name", link=lambda row: row.website, hint="about"),
        Column("What they are", lambda row: row.get_kind_display()),
        Column("What they offer", "offers_in_words"),
        Column("Where", lambda row: " ".join(one for one in (row.place, row.postcode) if one)),
        Column("Ask for", "contact"),
        Column("Telephone", "phone"),
        Column("Email", "email"),
        Column("Last looked at", "checked_on", Shows.DATE),
        Column("Website", "website", in_files_only=True),
        Column("UKPRN", "ukprn", in_files_only=True),
    ),
    rows=_rows,
    filters=TrainingFilters,
    changed=_changed,
    noun=("name", "names"),
    empty="Nobody on the list is like that.",
    worked_out=(
        "The council keeps this list. It has not checked those on it as it checks the providers "
        "it buys support from. The UKPRN in the files is their number in the UK Register of "
        "Learning Providers."
    ),
)


@public
def places(request: HttpRequest) -> HttpResponse:
    """How many places for supported internships are open and how many want one; few hidden."""
    on = clock.london_day(clock.now())
    there = internships.internships(on)
    ahead = told_ahead(there.open_now, there.open_then, SMALLEST_SHOWN)
    route = next(iter(guides.matching(ROUTE_WORDS, on=on)), None)
    context = {
        "there": there,
        "rows": zip(there.days, map(Shown, ahead), strict=True),
        "wanting": shown(there.wanting),
        "few": SMALLEST_SHOWN,
        "type": LOT_CODE,
        "route": route,
        "changed": last_changed.figures(on),
    }
    return render(request, "public/training/places.html", context)
