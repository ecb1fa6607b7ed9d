"""A competition whole, and the award that comes of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.casework.calloffs import queries as calloffs
from flsf.casework.calloffs.queries import Assessment
from flsf.casework.children import queries as children
from flsf.casework.competitions import queries
from flsf.casework.competitions.actions import FORMULA
from flsf.casework.competitions.enums import Stage
from flsf.casework.competitions.queries import Won
from flsf.core.refusals import Refusal
from flsf.flows.award_competition import Settled, settle_and_propose, wanted_of
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.shared.accounts.enums import Permission
from flsf.web.access import requires
from flsf.web.components.competition_words import moment
from flsf.web.components.fields import posted
from flsf.web.components.refused import say
from flsf.web.council.awards.propose import funds_with_what_is_left
from flsf.web.council.competitions.forms import FIELDS, SettleForm
from flsf.web.council.competitions.opened import Opened


@requires(Permission.VIEW_AWARDS)
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """Where it is, all it says, who bid once that may be seen, and what decided it."""
    opened = Opened(request, ref)
    one = opened.competition
    context = {
        **opened.frame,
        "steps": opened.next_steps,
        "referral": opened.referral if opened.person.may(Permission.WORK_REFERRALS) else None,
        "threshold": one.published.get("threshold")
        or law.value(Key.COMPETITION_THRESHOLD, on=opened.on),
        "formula": one.published.get("formula", FORMULA),
        "questions": sorted(one.questions.all(), key=lambda asked: asked.pk),
        "addenda": [
            (added, moment(added.closes_at))
            for added in sorted(one.addenda.all(), key=lambda added: added.pk)
        ],
        "may_answer": opened.holds and opened.stage is Stage.OPEN,
        "ranked": opened.ranked,
        "decided": opened.decided,
        "named": opened.named,
        "has_ended_without": opened.stage is Stage.NOTHING,
    }
    return render(request, "council/competitions/page.html", context)


@requires(Permission.WORK_REFERRALS)
def award(request: HttpRequest, ref: str) -> HttpResponse:
    """What the first bid comes to, the tests, and why it is taken: then it waits for a decision."""
    opened = Opened(request, ref)
    one = opened.competition
    if opened.stage not in (Stage.RANKED, Stage.SETTLED) or opened.referral is None:
        return redirect("competition-page", ref=ref)
    first = queries.would_win(one)
    if first is None:
        return redirect("competition-page", ref=ref)
    form = _form(request, opened, first)
    found = _assess(opened, first, form)
    if request.method == "POST" and form.is_valid():
        try:
            made = settle_and_propose(
                competition_id=one.pk,
                settled=_settled(form, found),
                by=opened.person,
                at=opened.at,
            )
        except Refusal as refusal:
            say(form, refusal, FIELDS)
        else:
            messages.success(request, f"Award {made} waits for a decision. The place is held.")
            return redirect("award-page", ref=made)
    context = {
        **opened.frame,
        "form": form,
        "found": found,
        "first": opened.seen.of(opened.seen.placed[0]),
        "decided": opened.decided,
        "low": _is_low(opened),
    }
    return render(request, "council/competitions/award.html", context)


def _form(request: HttpRequest, opened: Opened, first: Won) -> SettleForm:
    one = opened.competition
    is_settled = opened.stage is Stage.SETTLED
    return SettleForm(
        posted(request),
        budgets=funds_with_what_is_left(opened.person, opened.on),
        single=not is_settled and sum(each.place is not None for each in opened.seen.placed) == 1,
        low=not is_settled and _is_low(opened),
        initial={"because": one.settled_because},
    )


def _is_low(opened: Opened) -> bool:
    return opened.seen.of(opened.seen.placed[0]).is_low


def _settled(form: SettleForm, found: Assessment | None) -> Settled:
    given = form.cleaned_data
    reason = given["going_on_reason"].strip()
    asks = found.asks_reasons if found else []
    return Settled(
        budget_id=given["budget"],
        because=given["because"],
        value_words=given.get("value_words", ""),
        low_words=given.get("low_words", ""),
        reasons={one.test: reason for one in asks} if reason else {},
    )


def _assess(opened: Opened, first: Won, form: SettleForm) -> Assessment | None:
    form.is_valid()
    budget_id: Any = getattr(form, "cleaned_data", {}).get("budget") or None
    child_id = opened.referral.child_id
    return calloffs.assess(
        opened.competition.referral_id,
        wanted_of(first, budget_id),
        school_id=children.school_ids([child_id])[child_id],
        person=opened.person,
        on=opened.on,
        won=first,
    )
