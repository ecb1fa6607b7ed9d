from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.oversight.reports import actions, queries, rules
from flsf.oversight.reports.enums import State
from flsf.shared.accounts.enums import Permission
from flsf.web.access import person_of, requires
from flsf.web.components.fields import GovukForm, text
from flsf.web.components.filters import FilterForm
from flsf.web.components.lists import Asked, Column, Kind, ListPage
from flsf.web.components.money_field import PoundsField
from flsf.web.council.oversight.figures import Figures
from flsf.web.council.oversight.pictures import PICTURES
from flsf.web.council.oversight.waiting import standing


@requires(Permission.VIEW_OVERSIGHT)
def overview(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    figures = Figures(person, clock.london_day(clock.now()))
    drawn = [draw(figures) for draw in PICTURES.values()]
    return render(
        request,
        "council/oversight/overview.html",
        {
            "headline": rules.headline(standing(figures)),
            "pictures": drawn,
            "may_account": person.may(Permission.APPROVE_CLAIMS),
            "sees_waivers": person.may(Permission.VIEW_WAIVERS),
            "waivers": figures.waivers,
        },
    )


@dataclass(frozen=True, slots=True)
class Checked:
    """A figure of the report as the page shows it."""

    where: str
    says: str
    formula: str
    inputs: str
    comes_to: str
    state: State
    live: str
    meaning: str


class CheckFilters(FilterForm):
    state = forms.ChoiceField(label="State", required=False, choices=[("", "Any"), *State.choices])


def _checked(asked: Asked) -> list[Checked]:
    live = queries.live(on=asked.on)
    rows = [
        Checked(
            where=check.where,
            says=check.says,
            formula=check.formula,
            inputs=check.inputs,
            comes_to=rules.in_words(check, check.comes_to),
            state=rules.judged(check),
            live=live.get(check.key, ""),
            meaning=check.meaning,
        )
        for check in rules.CHECKS
    ]
    wanted = asked.filters.get("state")
    return [row for row in rows if not wanted or row.state == wanted]


REPORT_CHECK = ListPage(
    name="report-check",
    title="Report check",
    section="oversight",
    permission=Permission.VIEW_OVERSIGHT,
    columns=(
        Column("Where", "where"),
        Column("What it says", "says", hint="meaning"),
        Column("The sum", "formula", hint="inputs"),
        Column("Comes to", "comes_to"),
        Column("State", lambda row: str(row.state.label), Kind.STATUS),
        Column("Our own records", "live"),
        Column("From", "inputs", in_files_only=True),
        Column("What it means", "meaning", in_files_only=True),
    ),
    rows=_checked,
    filters=CheckFilters,
    template="council/oversight/report_check.html",
    context=lambda _: {"contradictions": rules.CONTRADICTIONS},
    noun=("figure", "figures"),
    empty="No figure has that state.",
    worked_out=(
        "Each sum is done afresh with exact fractions and rounded once, to be shown. Exact: the "
        "sum is the figure. Rounds to it: the same at the precision the report gives. Implies: "
        "the report does not state it. Contradicts: the report says one thing and the sum another."
    ),
)


class BlockForm(GovukForm):
    words = text("What is this part for?", missing="Say what this part is for", max_length=120)
    pence = PoundsField(
        label="Pounds a year",
        help_text="For example 1,200,000",
        error_messages={"required": "Enter the pounds a year"},
    )
    source = text("Where does the figure come from?", missing="Say where the figure comes from")


@requires(Permission.APPROVE_CLAIMS)
def bridge(request: HttpRequest) -> HttpResponse:
    person, now = person_of(request), clock.now()
    form = BlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_block(**form.cleaned_data, by=person, at=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The bridge shows it.")
            return redirect("bridge-edit")
    blocks = queries.bridge(person=person)
    left = rules.bridge(tuple((one.words, one.pence) for one in blocks)).unexplained
    context = {"form": form, "blocks": blocks, "left": left}
    return render(request, "council/oversight/bridge.html", context)


@requires(Permission.APPROVE_CLAIMS)
def take_out(request: HttpRequest) -> HttpResponse:
    typed = request.POST.get("block", "")
    if request.method == "POST" and typed.isascii() and typed.isdigit() and len(typed) < 10:
        try:
            actions.take_out_block(block_id=int(typed), by=person_of(request), at=clock.now())
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, "That part is unexplained again.")
    return redirect("bridge-edit")
