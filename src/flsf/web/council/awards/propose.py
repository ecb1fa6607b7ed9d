from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.casework.calloffs import queries as calloffs
from flsf.casework.calloffs.queries import Assessment, Wanted
from flsf.casework.children import queries as children
from flsf.casework.matching import rules
from flsf.casework.matching.queries import Match
from flsf.core import half_days
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.flows.award_calloff import Choice, propose_award
from flsf.mandate.budgets import queries as budgets
from flsf.mandate.budgets.rules import Position, financial_year_of
from flsf.shared.accounts.enums import Permission
from flsf.web.access import requires
from flsf.web.components.fields import posted
from flsf.web.council.awards.forms import ProposalForm
from flsf.web.council.matching.opened import Opened

CHECK = "check"


@requires(Permission.WORK_REFERRALS)
def propose(request: HttpRequest, ref: str, service_ref: str) -> HttpResponse:
    """The form, what it comes to, and the tests; sent with "check" it is only worked out again."""
    opened = Opened(request, ref)
    match = opened.match()
    place = match.place_of(service_ref)
    if place is None:
        raise Http404
    form = ProposalForm(posted(request), initial=_first(match, place), budgets=_funds(opened))
    wanted = _wanted(form, service_ref, match, place)
    found = _assess(opened, wanted)
    is_check = CHECK in request.POST
    if request.method == "POST" and form.is_valid() and not is_check and found is not None:
        try:
            made = propose_award(
                referral_id=opened.referral.pk,
                choice=_choice(form, wanted, found),
                by=opened.person,
                at=opened.at,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Award {made} waits for a decision. The place is held.")
            return redirect("award-page", ref=made)
    context = {
        "referral": opened.referral,
        "child": opened.child,
        "form": form,
        "found": found,
        "rank": match.rank_of(place),
        "fitting": len(match.result.ranked),
        "why_not": rules.why_not(
            place, int(match.result.masks[place]), match.question, match.columns
        ),
    }
    return render(request, "council/awards/propose.html", context)


def _first(match: Match, place: int) -> dict[str, Any]:
    """What was asked for, as far as this service can give it."""
    question = match.question
    earliest = rules.earliest_day(place, question, match.columns)
    starts = max(earliest, question.starts_on) if question.start_wanted else earliest
    free = int(match.columns.free[place]) & question.half_days
    is_first = match.rank_of(place) == 1
    return {
        "half_days": [one.code for one in half_days.from_mask(free)][: question.half_days_needed],
        "minutes": question.minutes,
        "starts_on": date.fromordinal(starts),
        "ends_on": date.fromordinal(starts) + timedelta(weeks=match.book.weeks_looked_at, days=-1),
        "ground": "best_fit" if is_first else None,
    }


def _wanted(form: ProposalForm, service_ref: str, match: Match, place: int) -> Wanted:
    """What the form says as far as it makes sense, and else what it began with."""
    form.is_valid()
    given = getattr(form, "cleaned_data", {})
    first = _first(match, place)
    codes = given.get("half_days") or first["half_days"]
    return Wanted(
        service_ref=service_ref,
        half_days_mask=half_days.to_mask(half_days.BY_CODE[one] for one in codes),
        minutes_a_half_day=given.get("minutes") or first["minutes"],
        starts_on=given.get("starts_on") or first["starts_on"],
        ends_on=given.get("ends_on") or first["ends_on"],
        budget_id=given.get("budget") or None,
    )


def _assess(opened: Opened, wanted: Wanted) -> Assessment | None:
    child_id = opened.referral.child_id
    return calloffs.assess(
        opened.referral.pk,
        wanted,
        school_id=children.school_ids([child_id])[child_id],
        person=opened.person,
        on=opened.on,
    )


def _choice(form: ProposalForm, wanted: Wanted, found: Assessment) -> Choice:
    given = form.cleaned_data
    reason = given["going_on_reason"].strip()
    return Choice(
        wanted=wanted,
        budget_id=given["budget"],
        ground=given["ground"],
        ground_words=given["ground_words"],
        override_reason=given["override_reason"],
        reasons={one.test: reason for one in found.asks_reasons} if reason else {},
    )


def _funds(opened: Opened) -> list[tuple[int, str]]:
    return funds_with_what_is_left(opened.person, opened.on)


def funds_with_what_is_left(person: Person, on: date) -> list[tuple[int, str]]:
    """The funds with what each has left, by their earliest budget from this year on.

    Each year pays its own part of what is bought, so a fund is chosen and not a year.
    """
    years: dict[str, list[Position]] = {}
    for one in reversed(budgets.positions(person=person)):
        if one.year_begins >= financial_year_of(on):
            years.setdefault(one.fund_name, []).append(one)
    return [
        (found[0].budget_id, f"{fund}: {_left_in_words(found)}")
        for fund, found in sorted(years.items())
    ]


def _left_in_words(found: list[Position]) -> str:
    return ", ".join(f"{one.left} left of {one.year}" for one in found)
