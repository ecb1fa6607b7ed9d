"""Tendered again after a challenge: decided, followed, and ended (S139)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core import clock
from flsf.flows import tender_again as flow
from flsf.mandate.governance import queries as governance
from flsf.mandate.governance import rules as registers
from flsf.mandate.governance.enums import Kind
from flsf.mandate.governance.queries import Line
from flsf.mandate.retenders import actions, queries
from flsf.mandate.rounds import actions as round_actions
from flsf.mandate.rounds import queries as rounds
from flsf.mandate.rounds.rules import RoundFacts
from flsf.mandate.waivers import queries as waivers
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components import refused, words
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text, posted, set_choices, text
from flsf.web.council.framework_office.chosen import address, chosen


class AgainForm(GovukForm):
    """Which challenge, who decided, when everybody may tender, and until when waivers cover."""

    challenge = forms.TypedChoiceField(
        label="After which challenge?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the challenge"},
    )
    authority = text(
        "Who decided it?",
        missing="Enter who decided it",
        help_text="For example: Director, under delegated authority",
        max_length=200,
    )
    because = long_text("Why is it tendered again?", missing="Enter why")
    opens_on = DatePartsField(
        label="First day to tender",
        missing="Enter the first day to tender",
        help_text="Tomorrow or later. The round open now closes the day before.",
    )
    closes_on = DatePartsField(label="Last day to tender", missing="Enter the last day to tender")
    decide_by = DatePartsField(label="Decide by", missing="Enter the day to decide by")
    standstill_days = forms.IntegerField(
        label="Standstill in working days",
        required=False,
        min_value=0,
        max_value=99,
        help_text="None is required for light touch. If you state one, it is at least eight.",
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-2"}),
    )
    covered_until = DatePartsField(
        label="Last day of the short-term waivers",
        missing="Enter the last day of the waivers",
        help_text=(
            "Each provider with children placed under the framework has a waiver from today until "
            "then, for what those days cost at most. It must reach the day to decide by, "
            "and last a year at most."
        ),
    )

    def __init__(self, *args: Any, challenges: Sequence[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(
            self,
            "challenge",
            [(one.entry_id, f"{one.title}: {one.told['standing']}") for one in challenges],
        )

    def told(self) -> dict[str, Any]:
        """As flows.tender_again takes it."""
        given = dict(self.cleaned_data)
        outside = {name: given.pop(name) for name in ("authority", "because")}
        challenge_id = given.pop("challenge")
        return {"challenge_id": challenge_id, "tender": flow.Tender(**given), **outside}


class EndForm(GovukForm):
    because = long_text("Why is it over?", missing="Enter why it is over")


FIELDS: refused.Fields = {
    actions.NoChallenge: ("challenge",),
    actions.UnderWay: ("challenge",),
    flow.OpensTooSoon: ("opens_on",),
    flow.CoverTooShort: ("covered_until",),
    flow.CoverTooLong: ("covered_until",),
    round_actions.RoundsOverlap: ("opens_on",),
    round_actions.ClosesBeforeItOpens: ("closes_on",),
    round_actions.TenderTooLong: ("closes_on",),
    round_actions.FrameworkOver: ("closes_on",),
    round_actions.DecidesTooEarly: ("decide_by",),
    round_actions.StandstillTooShort: ("standstill_days",),
    actions.NotToldYet: ("because",),
    actions.AlreadyEnded: ("because",),
}


@requires(Permission.EDIT_FRAMEWORK)
def begin(request: HttpRequest) -> HttpResponse:
    """Offered once a challenge has come, and while nothing is tendered again already."""
    person, now = person_of(request), clock.now()
    today = clock.london_day(now)
    one = chosen(request, person, today)
    before = queries.under_way(one.pk)
    if before is not None:
        return redirect(address("retender-page", one, ref=before.ref))
    lines = governance.entries(one.pk, Kind.CHALLENGE, person=person, on=today, with_closed=False)
    come = [line for line in lines if registers.has_come(line.told)]
    if not come:
        return redirect(address("fallback", one))
    form = AgainForm(posted(request), challenges=come)
    if request.method == "POST" and form.is_valid():
        told = form.told() | {"framework_id": one.pk, "by": person, "at": now}
        if refused.settled(form, flow.tender_again, told, FIELDS):
            messages.success(request, "It is tendered again. No placement has changed")
            return redirect(address("fallback", one))
    context = {"form": form, "title": "Tender again after a challenge", "button": "Tender again"}
    context["office"] = address("fallback", one)
    return render(request, "council/framework_office/edit.html", context)


def next_step(facts: RoundFacts | None) -> str:
    """What the council does next, in words; empty: its round is not there."""
    if facts is None:
        return ""
    if facts.summaries_sent_on:
        return "Everybody who tendered has been told. End the time between."
    if not facts.notices:
        return "Publish the tender notice, and record it on the page of the round."
    until = f" by {words.day(facts.decide_by)}" if facts.decide_by else ""
    return f"Decide who is accepted{until}, and tell everybody. Then end the time between."


@requires(Permission.VIEW_FRAMEWORK)
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """What was decided, under which waivers children go on, and how far it is."""
    person, now = person_of(request), clock.now()
    today = clock.london_day(now)
    one = found(queries.with_ref(ref, person=person))
    covering = set(queries.waiver_ids(one.pk))
    facts = rounds.with_number(one.framework_id, one.round.number, on=today)
    context = {
        "one": one,
        "facts": facts,
        "round_address": address("round-page", one.framework, number=one.round.number),
        "challenge": governance.entry(
            one.framework_id, Kind.CHALLENGE, one.challenge.number, person=person, on=today
        ),
        "challenge_address": address(
            "entry-page", one.framework, kind=Kind.CHALLENGE.value, number=one.challenge.number
        ),
        "next_step": "" if one.ended_at else next_step(facts),
        "waivers": sorted(
            (each for each in waivers.register(person=person, on=today) if each.pk in covering),
            key=lambda each: (each.provider_name.casefold(), each.ref),
        ),
        "may_see_waivers": person.may(Permission.VIEW_WAIVERS),
        "may_end": one.ended_at is None and person.may(Permission.EDIT_FRAMEWORK),
        "back_to": address("fallback", one.framework),
    }
    return render(request, "council/framework_office/again.html", context)


@requires(Permission.EDIT_FRAMEWORK)
def end(request: HttpRequest, ref: str) -> HttpResponse:
    """The time between is over, and its waivers with it."""
    person, now = person_of(request), clock.now()
    one = found(queries.with_ref(ref, person=person))
    form = EndForm(posted(request))
    if request.method == "POST" and form.is_valid():
        told = {"retender_id": one.pk, **form.cleaned_data, "by": person, "at": now}
        if refused.settled(form, flow.end_tender_again, told, FIELDS):
            messages.success(request, "It is over, and its waivers have ended")
            return redirect(address("retender-page", one.framework, ref=ref))
    context = {"form": form, "title": "End the time between", "button": "End it"}
    context["office"] = address("retender-page", one.framework, ref=ref)
    return render(request, "council/framework_office/edit.html", context)
