"""What is recommended, and what somebody else decides."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core.refusals import Refusal
from flsf.market.evaluation import actions
from flsf.market.evaluation.enums import Stage, Verdict, Whose
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, requires
from flsf.web.components.fields import posted
from flsf.web.council.applications.forms import DeclineExcludedForm, NumberForm, OutcomeForm
from flsf.web.council.applications.opened import Opened


def _verdicts(opened: Opened) -> list[Verdict]:
    return opened.seen.verdicts if opened.seen else []


def _judged(opened: Opened) -> list[Any]:
    return opened.seen.judged if opened.seen else []


@requires(Permission.EVALUATE_APPLICATIONS)
def report(request: HttpRequest, ref: str) -> HttpResponse:
    """The recommendation goes to whoever decides; what was agreed is fixed from then."""
    opened = Opened(request, ref)
    if opened.seen is None:
        return redirect("application-file", ref=opened.ref)
    form = OutcomeForm(
        posted(request),
        verdicts=_verdicts(opened),
        asks="What do you recommend?",
        why="Your report to whoever decides",
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.report(
                evaluation_id=opened.evaluation.pk,
                words=form.cleaned_data["words"],
                **form.said(),
                by=opened.person,
                at=opened.at,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Reported. It waits for a decision")
            return redirect("application-file", ref=opened.ref)
    is_there = getattr(opened.evaluation, "report", None) is not None
    early = (
        "You are not an evaluator of this application, so you do not report on it."
        if opened.mine is None
        else "The evaluators agree on every part first."
        if not _is_agreed(opened)
        else ""
    )
    context = {
        **opened.frame,
        "form": form,
        "judged": _judged(opened),
        "refused": "" if form.errors else "This has been reported already." if is_there else early,
    }
    return render(request, "council/applications/report.html", context)


def _is_agreed(opened: Opened) -> bool:
    seen = opened.seen
    return seen is not None and len(seen.judged) == len(seen.criteria)


@requires(Permission.DECIDE_ADMISSIONS)
def decision(request: HttpRequest, ref: str) -> HttpResponse:
    """Everything to decide on in one page, to whoever has said that they have no interest.

    Nobody outside is told before all of the round are.
    """
    opened = Opened(request, ref)
    if opened.seen is None:
        return redirect("application-file", ref=opened.ref)
    if opened.says_first:
        return redirect("application-interest", ref=opened.ref)
    reported = getattr(opened.evaluation, "report", None)
    form = OutcomeForm(
        posted(request),
        verdicts=_verdicts(opened),
        asks="What do you decide?",
        why="Reason for the decision, as the applicant reads it",
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide(
                evaluation_id=opened.evaluation.pk,
                reason=form.cleaned_data["words"],
                **form.said(),
                by=opened.person,
                at=opened.at,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Decided. The applicant is told with all of the round")
            return redirect("application-file", ref=opened.ref)
    context = {
        **opened.frame,
        "form": form,
        "judged": _judged(opened),
        "report": reported,
        "options": [label for _, label in form.fields["outcome"].choices],  # type: ignore[attr-defined]
        "refused": "" if form.errors else opened.why_not_decide,
        "authority": opened.authority,
        "criteria": opened.criteria_shown,
        "is_decided": opened.seen.stage in (Stage.DECIDED, Stage.RELEASED),
    }
    return render(request, "council/applications/decision.html", context)


@requires(Permission.DECIDE_ADMISSIONS)
def excluded(request: HttpRequest, ref: str) -> HttpResponse:
    """Whoever was accepted and is excluded is declined by a fresh decision, before the telling."""
    opened = Opened(request, ref)
    if opened.seen is None:
        return redirect("application-file", ref=opened.ref)
    form = DeclineExcludedForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.decline_excluded(
                evaluation_id=opened.evaluation.pk,
                reason=form.cleaned_data["reason"],
                by=opened.person,
                at=opened.at,
            )
        except Refusal as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, "Declined. The applicant is told with all of the round")
            return redirect("application-file", ref=opened.ref)
    context = {
        **opened.frame,
        "form": form,
        "decision": getattr(opened.evaluation, "decision", None),
        "refused": "" if form.errors else opened.why_not_decline_excluded,
    }
    return render(request, "council/applications/excluded.html", context)


@requires(Permission.DECIDE_ADMISSIONS)
def number(request: HttpRequest, ref: str, number: str) -> HttpResponse:
    """A named person says whose a number is that somebody else has too, and how they know."""
    opened = Opened(request, ref)
    one = found(next((one for one in opened.shared if one.number == number), None))
    form = NumberForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.settle_number(
                application_id=opened.application.pk,
                number=number,
                whose=Whose(form.cleaned_data["whose"]),
                reason=form.cleaned_data["reason"],
                by=opened.person,
                at=opened.at,
            )
        except Refusal as refusal:
            form.add_error("whose", str(refusal))
        else:
            messages.success(request, "It is on record whose the number is")
            return redirect("application-file", ref=opened.ref)
    context = {**opened.frame, "form": form, "one": one}
    return render(request, "council/applications/number.html", context)
