from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.mandate.framework import queries as framework
from flsf.market.applications import actions, queries
from flsf.market.applications.actions import Breaks
from flsf.market.applications.rules import Question, breaches
from flsf.market.checks import queries as checks
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components.fields import posted
from flsf.web.council.framework_office.chosen import address, chosen
from flsf.web.council.question_sets.forms import PublishForm, QuestionForm

NEW = "new"


@requires(Permission.VIEW_FRAMEWORK)
def question_list(request: HttpRequest) -> HttpResponse:
    """Every version, the latest first; a new one can be begun."""
    person, now = person_of(request), clock.now()
    today = clock.london_day(now)
    current = chosen(request, person, today)
    if request.method == "POST":
        try:
            found(current if person.may(Permission.EDIT_FRAMEWORK) else None)
            made = actions.draft(framework_id=current.pk, by=person, at=now)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(address("questions", current))
        return redirect(address("question-set", current, version=made.version))
    versions = list(queries.question_sets(current.pk, person=person))
    in_force = queries.questions_in_force(current.pk, on=today)
    context = {
        **_whose(current),
        "others": [one for one in framework.frameworks(person=person) if one != current],
        "versions": versions,
        "in_force": in_force,
        "may_edit": person.may(Permission.EDIT_FRAMEWORK),
        "may_see_completion": person.may(Permission.VIEW_APPLICATIONS),
        "has_draft": any(one.published_at is None for one in versions),
    }
    return render(request, "council/question_sets/list.html", context)


@requires(Permission.VIEW_FRAMEWORK)
def question_set(request: HttpRequest, version: int) -> HttpResponse:
    """What a version asks. Of one being written: what the law would stop."""
    person = person_of(request)
    one = _version(request, version)
    content = one.questions
    is_draft = one.published_at is None
    context = {
        **_whose(one.framework),
        "one": one,
        "is_draft": is_draft,
        "sections": [
            (part, [each for each in content.questions if each.section == part.code])
            for part in content.sections
        ],
        "breaches": [str(each) for each in breaches(content)] if is_draft else [],
        "may_edit": is_draft and person.may(Permission.EDIT_FRAMEWORK),
    }
    return render(request, "council/question_sets/set.html", context)


@requires(Permission.EDIT_FRAMEWORK)
def question_set_question(request: HttpRequest, version: int, code: str) -> HttpResponse:
    """One question of a version being written; "new" adds one."""
    person, now = person_of(request), clock.now()
    one = _version(request, version)
    question = None if code == NEW else found(one.questions.question(code))
    form = _form(request, one, question)
    if request.method == "POST" and form.is_valid():
        verb = actions.change_question if question else actions.add_question
        try:
            verb(set_id=one.pk, question=form.question(), by=person, at=now)
        except Refusal as refusal:
            form.add_error(None if question else "code", str(refusal))
        else:
            messages.success(request, "You saved the question")
            return redirect(address("question-set", one.framework, version=version))
    context = {
        **_whose(one.framework),
        "one": one,
        "question": question,
        "form": form,
        "title": question.asks if question else "A new question",
    }
    return render(request, "council/question_sets/question.html", context)


@requires(Permission.EDIT_FRAMEWORK)
@require_POST
def question_set_remove(request: HttpRequest, version: int, code: str) -> HttpResponse:
    person = person_of(request)
    one = _version(request, version)
    try:
        actions.remove_question(set_id=one.pk, code=code, by=person, at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "You took the question away")
    return redirect(address("question-set", one.framework, version=version))


@requires(Permission.EDIT_FRAMEWORK)
def question_set_publish(request: HttpRequest, version: int) -> HttpResponse:
    """Once and for good; or every breach by the name of its question."""
    person, now = person_of(request), clock.now()
    one = _version(request, version)
    form = PublishForm(posted(request), today=clock.london_day(now))
    found_wrong: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish(set_id=one.pk, **form.cleaned_data, by=person, at=now)
        except Breaks as breaks:
            found_wrong = [str(each) for each in breaks.found]
            form.add_error(None, str(breaks))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "You published the questions. They do not change any more")
            return redirect(address("question-set", one.framework, version=version))
    context = {
        **_whose(one.framework),
        "one": one,
        "form": form,
        "found": found_wrong,
        "title": f"Publish version {one.version}",
    }
    return render(request, "council/question_sets/publish.html", context)


@requires(Permission.EDIT_FRAMEWORK)
@require_POST
def question_set_discard(request: HttpRequest, version: int) -> HttpResponse:
    person = person_of(request)
    one = _version(request, version)
    try:
        actions.discard(set_id=one.pk, by=person, at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(address("question-set", one.framework, version=version))
    messages.success(request, f"You threw version {version} away")
    return redirect(address("questions", one.framework))


def _whose(one: Any) -> dict[str, str]:
    """Which framework the page is about, and what its links end in, so that they stay with it."""
    return {"whose": one.name, "of": f"?framework={one.ref}"}


def _version(request: HttpRequest, version: int) -> Any:
    """Of the framework that the address names, or else of the one that runs today."""
    person = person_of(request)
    current = chosen(request, person, clock.london_day(clock.now()))
    return found(queries.question_set(current.pk, version, person=person))


def _form(request: HttpRequest, one: Any, question: Question | None) -> QuestionForm:
    lots = framework.lots(person=person_of(request)).filter(framework=one.framework_id)
    return QuestionForm(
        posted(request),
        within=one.questions,
        question=question,
        lots=[(lot.code, lot.name) for lot in lots],
        checks=[(check.code, check.name) for check in checks.every()],
    )
