"""What the council asks of the applicant, and what it found once everybody of a round is told."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from flsf.core import clock
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.mandate.rounds import queries as rounds
from flsf.market.applications import queries as applications
from flsf.market.applications.enums import Status
from flsf.market.applications.queries import Working
from flsf.market.evaluation import actions, queries
from flsf.market.evaluation.enums import Outcome, Verdict
from flsf.market.evaluation.queries import Line, Summary
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components.fields import GovukForm, long_text, posted

TOLD = frozenset({Status.ACCEPTED, Status.NOT_ACCEPTED})


class AnswerForm(GovukForm):
    words = long_text("Your answer", missing="Write your answer", max_length=8_000)


@never_cache
@requires(Permission.APPLY)
def application_question(request: HttpRequest, ref: str) -> HttpResponse:
    """The question and a place to answer it. Answered twice, the first answer stands."""
    person = person_of(request)
    application = found(applications.with_ref(ref, person=person))
    if application.organisation_id not in person.reach.organisation_ids:
        found(None)
    asked = _asked(request, application.pk)
    if asked is None:
        return redirect("application-tasks", ref=application.ref)
    form = AnswerForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(
                clarification_id=asked.pk,
                words=form.cleaned_data["words"],
                by=person,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.add_error("words", str(refusal))
        else:
            messages.success(request, "Thank you. We go on reading your application")
            return redirect("application-tasks", ref=application.ref)
    context = {
        "ref": application.ref,
        "caption": f"{application.organisation.name}, {application.ref}",
        "asked": asked,
        "form": form,
        "title": "We have a question",
        "button": "Send my answer",
        "cancel": reverse("application-tasks", kwargs={"ref": application.ref}),
    }
    return render(request, "provider/application/question.html", context)


def _asked(request: HttpRequest, application_id: int) -> Any:
    """The question the form was about, or else the one that is open."""
    typed = request.POST.get("asked", "")
    if typed.isascii() and typed.isdigit() and len(typed) < 19:
        return found(queries.questions_to(application_id).filter(pk=int(typed)).first())
    return queries.open_question(application_id)


def told(application_id: int, status: Status, person: Person) -> dict[str, Any]:
    """What the applicant's page shows of the evaluation."""
    summary = queries.summary(application_id, person=person) if status in TOLD else None
    return {
        "asked": list(queries.questions_to(application_id)),
        "summary": summary,
        "places_from": _places_from(summary),
        "not_met": [one for one in summary.lines if one.verdict is Verdict.NOT_YET]
        if summary
        else [],
    }


def _places_from(summary: Summary | None) -> date | None:
    """The first day after the standstill, for whoever was accepted in a round that has one."""
    if summary is None or summary.released_at is None or summary.round_id is None:
        return None
    if summary.outcome is Outcome.DECLINE:
        return None
    told_on = clock.london_day(summary.released_at)
    first = rounds.in_pool_from(summary.round_id, told_on=told_on)
    return first if first > told_on else None


def to_redo(working: Working, person: Person) -> list[tuple[Line, str]]:
    """The parts that did not pass when it was last decided and told, and where to change each."""
    return _not_met(working, queries.summary(working.application.pk, person=person))


def reason_before(working: Working, section: str, person: Person) -> Line | None:
    """What was found of a section when it was last decided and told."""
    summary = queries.summary(working.application.pk, person=person)
    lines = summary.lines if summary else ()
    return next((one for one in lines if one.code == section), None)


def _not_met(working: Working, summary: Summary | None) -> list[tuple[Line, str]]:
    if summary is None:
        return []
    first = dict(reversed(working.sheet.pages()))
    ref = working.application.ref
    return [
        (one, reverse("application-page", args=(ref, one.code, first[one.code])))
        for one in summary.lines
        if one.verdict is Verdict.NOT_YET and one.code in first
    ]
