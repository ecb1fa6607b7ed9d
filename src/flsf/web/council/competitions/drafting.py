"""A brief is written, weighed, looked at whole and published."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.casework.competitions import actions, queries, rules
from flsf.casework.competitions.enums import Stage, Window
from flsf.casework.matching import queries as matching
from flsf.core import half_days
from flsf.core.refusals import Refusal
from flsf.flows.hold_competition import publish_competition
from flsf.mandate.framework import queries as frameworks
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.shared.accounts.enums import Permission
from flsf.shared.calendars import queries as calendars
from flsf.web.access import requires
from flsf.web.components.competition_words import moment
from flsf.web.components.fields import posted
from flsf.web.components.refused import say
from flsf.web.council.competitions.forms import FIELDS, BriefForm, CriteriaForm, PublishForm
from flsf.web.council.competitions.opened import Opened
from flsf.web.council.matching.opened import Opened as Referred

WEEKS = timedelta(weeks=12, days=-1)


@requires(Permission.WORK_REFERRALS)
def start(request: HttpRequest, ref: str) -> HttpResponse:
    """A draft for a referral, filled in with what was asked for."""
    opened = Referred(request, ref)
    lots = _lots(opened.on)
    form = BriefForm(posted(request), initial=_first(opened, request.GET.get("lot", "")), lots=lots)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.draft(
                referral_id=opened.referral.pk,
                lot_id=form.cleaned_data["lot"],
                wanted=form.said(),
                by=opened.person,
                at=opened.at,
            )
        except Refusal as refusal:
            say(form, refusal, FIELDS)
        else:
            messages.success(request, f"Competition {made.ref} is a draft. Choose how it is judged")
            return redirect("competition-criteria", ref=made.ref)
    context = {
        "form": form,
        "referral": opened.referral,
        "child": opened.child,
        "held": queries.of_referral(opened.referral.pk, person=opened.person),
    }
    return render(request, "council/competitions/start.html", context)


def _lots(on: date) -> list[tuple[int, str]]:
    """The lots that can be bought by a competition."""
    running = frameworks.running_lot_ids(on)
    return sorted(
        (
            (pk, one.name)
            for pk, one in frameworks.lot_facts().items()
            if pk in running and one.terms.competition_allowed
        ),
        key=lambda one: one[1],
    )


def _first(opened: Referred, code: str) -> dict[str, Any]:
    """What was asked for; no day is filled in that could not be met."""
    referral, on = opened.referral, opened.on
    lot = frameworks.lot_with_code(code) if code else None
    calendar = calendars.working_calendar()
    days = queries.lengths(on).normal_days
    soonest = calendar.nth_working_day(on + timedelta(days=1), days + 1)
    starts = max(referral.start_wanted_on or soonest, soonest)
    return {
        "lot": lot.pk if lot else referral.lot_id,
        "half_days": [one.code for one in half_days.from_mask(referral.half_days_mask)],
        "minutes": referral.minutes_a_half_day,
        "starts_on": starts,
        "ends_on": starts + WEEKS,
    }


@requires(Permission.WORK_REFERRALS)
def brief(request: HttpRequest, ref: str) -> HttpResponse:
    opened = Opened(request, ref)
    kept = opened.competition.told
    form = BriefForm(
        posted(request),
        initial={
            "wanted": kept.wanted,
            "outcomes": kept.outcomes,
            "half_days": [one.code for one in half_days.from_mask(kept.half_days_mask)],
            "minutes": kept.minutes,
            "starts_on": kept.starts_on,
            "ends_on": kept.ends_on,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(
                competition_id=opened.competition.pk,
                wanted=form.said(),
                by=opened.person,
                at=opened.at,
            )
        except Refusal as refusal:
            say(form, refusal, FIELDS)
        else:
            messages.success(request, "The brief is changed")
            return redirect("competition-publish", ref=opened.ref)
    context = {
        **opened.frame,
        "form": form,
        "title": "Change the brief",
        "button": "Save the brief",
        "refused": _why_fixed(opened),
    }
    return render(request, "council/competitions/act.html", context)


@requires(Permission.WORK_REFERRALS)
def criteria(request: HttpRequest, ref: str) -> HttpResponse:
    """Only what the framework has published, weighed within the published bands (rule P11)."""
    opened = Opened(request, ref)
    one = opened.competition
    offered = queries.criteria_to_choose(one.lot.framework_id, on=opened.on)
    form = CriteriaForm(
        posted(request),
        offered=offered,
        kept={each.code: each for each in opened.criteria},
        price=one.price_weight or None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.weigh(competition_id=one.pk, **form.said(), by=opened.person, at=opened.at)
        except Refusal as refusal:
            say(form, refusal, FIELDS)
        else:
            messages.success(request, "The weights total 100")
            return redirect("competition-publish", ref=opened.ref)
    context = {
        **opened.frame,
        "form": form,
        "offered": offered,
        "bands": queries.bands(opened.on).in_words(),
        "refused": _why_fixed(opened),
    }
    return render(request, "council/competitions/criteria.html", context)


@requires(Permission.WORK_REFERRALS)
def publish(request: HttpRequest, ref: str) -> HttpResponse:
    """The whole of it as providers will read it, who will be asked, and who not and why."""
    opened = Opened(request, ref)
    one = opened.competition
    form = PublishForm(posted(request), windows=_windows(opened))
    if request.method == "POST" and form.is_valid():
        try:
            publish_competition(
                competition_id=one.pk, **form.cleaned_data, by=opened.person, at=opened.at
            )
        except Refusal as refusal:
            say(form, refusal, FIELDS)
        else:
            messages.success(request, f"Competition {one.ref} is open for bids")
            return redirect("competition-page", ref=opened.ref)
    is_draft = opened.stage is Stage.DRAFT
    may_bid = None
    if is_draft and opened.referral is not None:
        match = matching.rank(one.referral_id, on=opened.on)
        may_bid = queries.eligible(match, one.lot_id)
    context = {
        **opened.frame,
        "form": form,
        "may_bid": may_bid,
        "unweighed": rules.weights_trouble(
            opened.criteria, one.price_weight, queries.bands(opened.on)
        ),
        "threshold": law.value(Key.COMPETITION_THRESHOLD, on=opened.on),
        "formula": actions.FORMULA,
        "refused": _why_fixed(opened),
    }
    return render(request, "council/competitions/publish.html", context)


def _windows(opened: Opened) -> list[tuple[str, str]]:
    """Each window with when bids would close, were it published now."""
    lengths, calendar = queries.lengths(opened.on), calendars.working_calendar()
    long = {
        Window.NORMAL: f"{lengths.normal_days} working days",
        Window.URGENT: f"{lengths.urgent_hours} hours of working days",
    }
    closes = {one: rules.earliest_close(one, opened.at, lengths, calendar) for one in Window}
    return [(one.value, f"{one.label}, {long[one]}: until {moment(closes[one])}") for one in Window]


def _why_fixed(opened: Opened) -> str:
    """Why nothing of it changes any more; empty while it is a draft."""
    if opened.stage is Stage.DRAFT:
        return ""
    return "It was published, so what it says does not change. You can add something for all."
