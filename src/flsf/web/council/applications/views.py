"""One application: where it is, who evaluates it, what was asked, what was answered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from flsf.core.refusals import Refusal
from flsf.flows.evaluate_application import ask_applicant, go_on_without_answer, name_evaluator
from flsf.market.evaluation import actions, queries, rules
from flsf.market.evaluation.enums import Stage
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Permission
from flsf.web.access import requires
from flsf.web.components.fields import posted
from flsf.web.council.applications.forms import (
    AskForm,
    CloseQuestionForm,
    EvaluatorForm,
    InterestForm,
    ReopenForm,
)
from flsf.web.council.applications.opened import Opened

ENOUGH = "Two evaluators are named already."


@requires(Permission.VIEW_APPLICATIONS)
def file(request: HttpRequest, ref: str) -> HttpResponse:
    """Everything there is of it, and the one thing to do next."""
    opened = Opened(request, ref)
    text, name = _next(opened)
    if opened.is_kept and opened.is_sent:
        kept = {**opened.frame, "next_text": text, "has_interest": opened.has_interest}
        return render(request, "council/applications/kept.html", kept)
    evaluation = opened.seen.evaluation if opened.seen else None
    context = {
        **opened.frame,
        "sections": opened.sections,
        "next_text": text,
        "next_href": reverse(name, kwargs={"ref": opened.ref}) if name else "",
        "may_close": not opened.why_not_ask and opened.is_unanswered,
        "may_ask": not opened.why_not_ask
        and opened.seen is not None
        and opened.seen.stage not in (Stage.QUESTION, Stage.DECIDED, Stage.RELEASED),
        "wants_evaluators": opened.may_evaluate and opened.wants_evaluators,
        "agreed": opened.seen.judged if opened.seen else [],
        "report": getattr(evaluation, "report", None),
        "decision": getattr(evaluation, "decision", None),
        "basis": opened.basis_kept if opened.seen else None,
        "shared": opened.shared if opened.full else (),
        "may_settle_numbers": opened.person.may(Permission.DECIDE_ADMISSIONS),
        "earlier": queries.earlier_decisions(evaluation) if evaluation else (),
    }
    return render(request, "council/applications/file.html", context)


def _next(opened: Opened) -> tuple[str, str]:
    """The button to show this person, and where it leads; empty if others go on."""
    seen, mine = opened.seen, opened.mine
    if opened.has_yet_to_say:
        return "Say whether you have an interest", "application-interest"
    if opened.full is None:
        return "", ""
    if seen is None or seen.stage is Stage.EVALUATORS:
        return ("Name an evaluator", "application-evaluators") if opened.may_evaluate else ("", "")
    if mine is not None and mine.finished_at is None:
        return "Mark it", "application-sheet"
    if seen.stage is Stage.MODERATION and mine is not None:
        return "Agree on the marks", "application-agree"
    if seen.stage is Stage.REPORT and mine is not None:
        return "Write the report", "application-report"
    if seen.stage is Stage.DECISION and not opened.why_not_decide:
        return "Decide", "application-decision"
    if not opened.why_not_decline_excluded:
        return "Decline: they are excluded", "application-excluded"
    return "", ""


@requires(Permission.EVALUATE_APPLICATIONS)
def evaluators(request: HttpRequest, ref: str) -> HttpResponse:
    """Somebody is named; the application counts as opened from then."""
    opened = Opened(request, ref)
    if not opened.is_sent or opened.has_interest:
        return redirect("application-file", ref=opened.ref)
    there = {one.person_id for one in opened.named}
    people = accounts.staff_with(Permission.EVALUATE_APPLICATIONS).exclude(pk__in=there)
    choices = [(str(one.pk), one.name) for one in people]
    form = EvaluatorForm(posted(request), people=choices)
    if request.method == "POST" and form.is_valid():
        try:
            name_evaluator(
                application_id=opened.application.pk,
                person_id=int(form.cleaned_data["person"]),
                by=opened.person,
                at=opened.at,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            name = dict(choices)[form.cleaned_data["person"]]
            messages.success(request, f"{name} is an evaluator of it")
            return redirect("application-file", ref=opened.ref)
    context = {
        **opened.frame,
        "form": form,
        "refused": "" if opened.wants_evaluators or form.errors else ENOUGH,
        "others": [one.person.name for one in opened.free],
        "wanted": rules.EVALUATORS - len(opened.free),
    }
    return render(request, "council/applications/evaluators.html", context)


@requires(Permission.VIEW_APPLICATIONS)
def interest(request: HttpRequest, ref: str) -> HttpResponse:
    """Nothing is marked and nothing is decided before whoever does it has said whether they have
    an interest.
    """
    opened = Opened(request, ref)
    if opened.mine is None and not opened.says_first:
        return redirect("application-file", ref=opened.ref)
    declare = actions.declare if opened.mine is not None else actions.declare_to_decide
    form = InterestForm(posted(request))
    if request.method == "POST" and form.is_valid():
        has_interest = form.cleaned_data["has_interest"] == "yes"
        try:
            declare(
                evaluation_id=opened.evaluation.pk,
                has_interest=has_interest,
                interest=form.cleaned_data["interest"],
                by=opened.person,
                at=opened.at,
            )
        except actions.InterestMissing as refusal:
            form.add_error("interest", str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _declared(request, opened, has_interest=has_interest)
    elif request.method != "POST" and opened.mine is not None and not opened.has_yet_to_say:
        return redirect("application-file", ref=opened.ref)
    context = {
        **opened.frame,
        "form": form,
        "marks": opened.mine is not None,
        "title": "Before you read it" if opened.mine is not None else "Before you decide",
        "button": "Record what I said",
        "cancel": reverse("application-file", kwargs={"ref": opened.ref}),
    }
    return render(request, "council/applications/interest.html", context)


def _declared(request: HttpRequest, opened: Opened, *, has_interest: bool) -> HttpResponse:
    if has_interest:
        instead = "will be named in your place" if opened.mine is not None else "decides"
        messages.success(request, f"Thank you. Somebody else {instead}")
        return redirect("application-file", ref=opened.ref)
    page = "application-sheet" if opened.mine is not None else "application-decision"
    return redirect(page, ref=opened.ref)


@requires(Permission.EVALUATE_APPLICATIONS)
def ask(request: HttpRequest, ref: str) -> HttpResponse:
    """An evaluator free of interest asks; others read why they do not."""
    opened = Opened(request, ref)
    if opened.seen is None:
        return redirect("application-file", ref=opened.ref)
    form = AskForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            ask_applicant(
                evaluation_id=opened.evaluation.pk,
                words=form.cleaned_data["words"],
                by=opened.person,
                at=opened.at,
            )
        except Refusal as refusal:
            form.add_error("words", str(refusal))
        else:
            messages.success(request, "You asked the applicant. The clock stands still")
            return redirect("application-file", ref=opened.ref)
    context = {**opened.frame, "form": form, "refused": opened.why_not_ask}
    return render(request, "council/applications/ask.html", context)


@requires(Permission.EVALUATE_APPLICATIONS)
def close_question(request: HttpRequest, ref: str) -> HttpResponse:
    """Nobody answered in time: the evaluation goes on, for a reason the applicant reads."""
    opened = Opened(request, ref)
    asked = queries.open_question(opened.application.pk)
    if opened.seen is None or asked is None:
        return redirect("application-file", ref=opened.ref)
    form = CloseQuestionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            go_on_without_answer(
                clarification_id=asked.pk,
                because=form.cleaned_data["because"],
                by=opened.person,
                at=opened.at,
            )
        except Refusal as refusal:
            form.add_error("because", str(refusal))
        else:
            messages.success(request, "You went on without the answer. The clock goes on")
            return redirect("application-file", ref=opened.ref)
    context = {**opened.frame, "form": form, "asked": asked}
    return render(request, "council/applications/close_question.html", context)


@requires(Permission.EVALUATE_APPLICATIONS)
def reopen(request: HttpRequest, ref: str, criterion: str) -> HttpResponse:
    """A part that stands from an earlier decision is judged anew, for a reason that is kept."""
    opened = Opened(request, ref)
    stood = opened.seen.standing.get(criterion) if opened.seen else None
    if stood is None:
        return redirect("application-file", ref=opened.ref)
    form = ReopenForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.reopen(
                evaluation_id=opened.evaluation.pk,
                criterion=criterion,
                because=form.cleaned_data["because"],
                by=opened.person,
                at=opened.at,
            )
        except Refusal as refusal:
            form.add_error("because", str(refusal))
        else:
            messages.success(request, f"{stood.title} is judged anew")
            return redirect("application-file", ref=opened.ref)
    context = {**opened.frame, "form": form, "stood": stood, "title": f"Judge anew: {stood.title}"}
    return render(request, "council/applications/reopen.html", context)
