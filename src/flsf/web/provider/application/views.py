"""The list of tasks, a page of questions, checking, sending, and leaving."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from flsf.core import clock
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.flows.answer_questions import answer_questions
from flsf.flows.send_application import send_application
from flsf.mandate.framework import queries as framework
from flsf.market.applications import actions, queries
from flsf.market.applications.enums import Result, Status
from flsf.market.applications.queries import Working
from flsf.market.applications.rules import OPEN, WITH_US, models_for
from flsf.market.evaluation.rules import THRESHOLD
from flsf.market.providers import queries as providers
from flsf.shared.accounts.enums import Permission
from flsf.shared.documents.rules import MOST_BYTES
from flsf.web.access import found, person_of, requires
from flsf.web.components import asking
from flsf.web.components.fields import posted
from flsf.web.provider.application import answering, forms, tasks

LATER = "later"


@requires(Permission.APPLY)
def own_application(request: HttpRequest) -> HttpResponse:
    """One's own application, or the way to begin one; of several frameworks, each."""
    person, today = person_of(request), clock.london_day(clock.now())
    mine, shown = queries.own(person=person), asking.frameworks(today)
    shown += [own.framework for own in mine.values() if own.framework not in shown]
    if len(shown) == 1 and (own := mine.get(shown[0].pk)):
        return redirect("application-tasks", ref=own.ref)
    current = shown[0] if shown else framework.current(today)
    trouble = ""
    if request.method == "POST" and current is not None:
        wanted = _wanted(request, shown) if len(shown) > 1 else current
        try:
            made = _begin(person, wanted.pk)
        except Refusal as refusal:
            trouble = str(refusal)
        else:
            return redirect("application-tasks", ref=made.ref)
    if len(shown) > 1:
        return _several(request, shown, mine, trouble)
    context = {"current": current, "trouble": trouble}
    return render(request, "provider/application/begin.html", context)


def _wanted(request: HttpRequest, shown: list[Any]) -> Any:
    ref = request.POST.get("framework", "")
    return found(next((one for one in shown if one.ref == ref), None))


def _several(
    request: HttpRequest, shown: list[Any], mine: Mapping[int, Any], trouble: str
) -> HttpResponse:
    """Each framework, with how the application to it stands or a way to begin one."""
    today = clock.london_day(clock.now())
    statuses = queries.statuses_on(today, application_ids=[one.pk for one in mine.values()])
    rows = [
        (one, own, statuses.get(own.pk, Status.IN_PROGRESS) if own else None)
        for one in shown
        for own in [mine.get(one.pk)]
    ]
    context = {"rows": rows, "trouble": trouble}
    return render(request, "provider/application/several.html", context)


@never_cache
@requires(Permission.APPLY)
def application_tasks(request: HttpRequest, ref: str) -> HttpResponse:
    """What is done and what is left; once sent, how it stands."""
    working = _working(request, ref)
    if request.method == "POST":
        return _take_newest(request, working)
    if working.status not in OPEN:
        return _standing(request, working)
    redo = answering.to_redo(working, person_of(request))
    every = tasks.of(working)
    context = {
        **_frame(working),
        "tasks": every,
        "newer": working.has_newer_questions,
        "spared": [one.not_needed for one in working.sheet.spared],
        "redo": redo,
        "told_on": tasks.told_on(working),
        "joined": _joined(working),
        **tasks.again(every, {one.title for one, _ in redo}),
    }
    return render(request, "provider/application/tasks.html", context)


@never_cache
@requires(Permission.APPLY)
def application_lots(request: HttpRequest, ref: str) -> HttpResponse:
    working, person, now = _open(request, ref), person_of(request), clock.now()
    day = clock.london_day(now)
    offered = queries.may_be_added(working.application, on=day)
    chosen = [one.code for one in working.lots]
    form = forms.LotsForm(
        posted(request), lots=[(one.code, one.name) for one in offered], chosen=chosen
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_lots(
                application_id=working.application.pk,
                codes=form.cleaned_data["lots"],
                by=person,
                at=now,
            )
        except Refusal as refusal:
            form.add_error("lots", str(refusal))
        else:
            return redirect("application-tasks", ref=ref)
    context = {
        **_frame(working),
        "title": form.fields["lots"].label,
        "form": form,
        "joined": _joined(working),
    }
    return render(request, "provider/application/lots.html", context)


@never_cache
@requires(Permission.APPLY)
def application_page(request: HttpRequest, ref: str, section: str, page: int) -> HttpResponse:
    """Some questions. What is typed is kept before it is judged."""
    working = _open(request, ref)
    found(working.sheet.of_section(section, page) or None)
    troubles: dict[str, str] = {}
    is_sent = request.method == "POST"
    if is_sent:
        troubles = _keep(request, working, section, page)
        working = _working(request, ref)
        if LATER in request.POST and not troubles:
            return redirect("application-tasks", ref=ref)
    judged = working.sheet.of_section(section, page)
    files = tasks.files_of(judged, person_of(request))
    form = forms.PageForm(judged, complains=is_sent, files=files, troubles=troubles)
    onward = tasks.after(working, section, page)
    if is_sent and form.is_valid():
        return redirect(onward)
    title = next(one.title for one in working.sheet.sections if one.code == section)
    context = {
        **_frame(working),
        "title": title,
        "before": answering.reason_before(working, section, person_of(request)),
        "says": next(one.says for one in working.sheet.sections if one.code == section),
        "models": models_for({one.question.check for one in judged} - {""}),
        "form": form,
        "files": files,
        "spared": [o.not_needed for o in working.sheet.spared if o.section == section],
        "onward": onward
        if any(one.value and one.result is Result.FAILED for one in judged)
        else "",
    }
    return render(request, "provider/application/page.html", context)


@never_cache
@requires(Permission.APPLY)
def application_check(request: HttpRequest, ref: str) -> HttpResponse:
    """Everything that will be sent, to read once more."""
    working, person, now = _working(request, ref), person_of(request), clock.now()
    trouble = ""
    if request.method == "POST":
        try:
            send_application(
                application_id=working.application.pk,
                version=_whole(request.POST.get("version", "")),
                address=request.user.email,  # type: ignore[union-attr]
                by=person,
                at=now,
            )
        except Refusal as refusal:
            trouble = str(refusal)
        else:
            return redirect("application-sent", ref=ref)
    elif working.status not in OPEN:
        return redirect("application-tasks", ref=ref)
    context = {
        **_frame(working),
        "sections": tasks.to_check(working),
        "waiting": tasks.waiting(working),
        "version": working.question_set.version,
        "trouble": trouble,
        "files": tasks.files_of(working.sheet.judged, person),
    }
    return render(request, "provider/application/check.html", context)


@requires(Permission.APPLY)
def application_sent(request: HttpRequest, ref: str) -> HttpResponse:
    """It is with us: what happens next and by when."""
    working = _working(request, ref)
    if working.status not in WITH_US:
        return redirect("application-tasks", ref=ref)
    return render(request, "provider/application/sent.html", _sent(request, working))


@requires(Permission.APPLY)
def application_withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    working, person, now = _working(request, ref), person_of(request), clock.now()
    form = forms.WithdrawForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(
                application_id=working.application.pk,
                because=form.cleaned_data["because"],
                by=person,
                at=now,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "You have withdrawn. Your answers are kept.")
            return redirect("application-tasks", ref=ref)
    context = {
        **_frame(working),
        "title": "Withdraw your application?",
        "form": form,
        "button": "Yes, withdraw",
        "cancel": reverse("application-tasks", kwargs={"ref": ref}),
    }
    return render(request, "provider/application/withdraw.html", context)


def _begin(person: Person, framework_id: int) -> Any:
    """With what we know of the provider filled in, if it is one already."""
    provider = providers.own(person=person)
    organisation_id = found(next(iter(sorted(person.reach.organisation_ids)), None))
    return actions.begin(
        organisation_id=provider.organisation_id if provider else organisation_id,
        framework_id=framework_id,
        provider_id=provider.pk if provider else None,
        by=person,
        at=clock.now(),
    )


def _working(request: HttpRequest, ref: str) -> Working:
    """The application if it is the person's own organisation's, with what is asked of it."""
    person = person_of(request)
    application = found(queries.with_ref(ref, person=person))
    if application.organisation_id not in person.reach.organisation_ids:
        found(None)
    return found(queries.working(application, on=clock.london_day(clock.now())))


def _open(request: HttpRequest, ref: str) -> Working:
    working = _working(request, ref)
    return found(working if working.status in OPEN else None)


def _keep(request: HttpRequest, working: Working, section: str, page: int) -> dict[str, str]:
    """What was sent is kept. Answers with what was wrong with files, by question."""
    judged = working.sheet.of_section(section, page)
    files = {
        one.code: [
            (str(file.name), file.read(MOST_BYTES + 1)) for file in request.FILES.getlist(one.code)
        ]
        for one in judged
    }
    try:
        troubles = answer_questions(
            application_id=working.application.pk,
            organisation_id=working.application.organisation_id,
            typed=forms.typed_in(request.POST, judged),
            mitigations=forms.mitigations_in(request.POST, judged),
            files={code: handed for code, handed in files.items() if handed},
            by=person_of(request),
            at=clock.now(),
        )
    except Refusal as refusal:
        return {judged[0].code: str(refusal)}
    return dict(troubles)


def _take_newest(request: HttpRequest, working: Working) -> HttpResponse:
    try:
        if "more" in request.POST:
            actions.apply_for_more(
                application_id=working.application.pk, by=person_of(request), at=clock.now()
            )
            return redirect("application-lots", ref=working.application.ref)
        if "again" in request.POST:
            actions.move(
                application_id=working.application.pk,
                status=Status.IN_PROGRESS,
                by=person_of(request),
                at=clock.now(),
            )
        else:
            actions.follow_questions(
                application_id=working.application.pk, by=person_of(request), at=clock.now()
            )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("application-tasks", ref=working.application.ref)


def _standing(request: HttpRequest, working: Working) -> HttpResponse:
    changes = queries.changes(working.application.pk, person=person_of(request))
    today = clock.london_day(clock.now())
    more = (
        queries.may_be_added(working.application, on=today)
        if working.status is Status.ACCEPTED
        else []
    )
    context = {
        **_sent(request, working),
        **answering.told(working.application.pk, working.status, person_of(request)),
        "threshold": THRESHOLD,
        "changes": changes,
        "may_withdraw": working.status in WITH_US,
        "may_go_on": working.status is Status.WITHDRAWN,
        "joined": _joined(working),
        "more": [one.name for one in more],
    }
    return render(request, "provider/application/standing.html", context)


def _sent(request: HttpRequest, working: Working) -> dict[str, Any]:
    full = queries.in_full(
        working.application.pk, person=person_of(request), on=clock.london_day(clock.now())
    )
    return {**_frame(working), "full": full, "status": working.status}


def _joined(working: Working) -> list[str]:
    """The lots that it was accepted for."""
    today = clock.london_day(clock.now())
    return list(queries.lots_joined(working.application.pk, on=today).values())


def _frame(working: Working) -> dict[str, Any]:
    return {"application": working.application, "ref": working.application.ref}


def _whole(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
