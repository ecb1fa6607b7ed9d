from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.delivery.outcomes import actions as outcomes
from flsf.delivery.outcomes import queries as find_goals
from flsf.delivery.placements import actions as placements
from flsf.delivery.placements import queries as find_placements
from flsf.delivery.placements import rules
from flsf.delivery.placements.enums import Status
from flsf.flows.end_placement import end_placement
from flsf.flows.start_placement import start_placement
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Permission
from flsf.shared.audit import actions as audit
from flsf.web.access import found, person_of, requires
from flsf.web.provider import own
from flsf.web.provider.placements.forms import (
    BeginForm,
    EndForm,
    ExtraForm,
    GoalForm,
    WorkerForm,
)
from flsf.web.provider.register import rows

BACK, AHEAD = timedelta(days=28), timedelta(days=7)


@requires(Permission.VIEW_OWN_PLACEMENTS)
def placement_list(request: HttpRequest) -> HttpResponse:
    """The placements the person works on, those to begin first."""
    person, now = person_of(request), clock.now()
    mine = own.mine(person, on=clock.london_day(now))
    own.note_views(mine, page="provider-placements", by=person, at=now)
    order = list(Status)
    mine.sort(key=lambda one: (order.index(one.placement.status), str(one.child)))
    context = {"title": "Placements", "section": "placements", "mine": mine}
    return render(request, "provider/placements/list.html", context)


@requires(Permission.VIEW_OWN_PLACEMENTS)
def placement(request: HttpRequest, ref: str) -> HttpResponse:
    """One placement: goals from where the child began, sessions and who works on it."""
    person, now = person_of(request), clock.now()
    day = clock.london_day(now)
    mine = found(own.one_of_mine(person, ref, on=day))
    audit.record_view(
        subject=f"child {mine.child.ref}", page="provider-placement", by=person, at=now
    )
    sessions = rows.sessions_of([mine], day - BACK, day + AHEAD, at=now)
    return render(
        request,
        "provider/placements/page.html",
        {
            "title": str(mine.child),
            "section": "placements",
            "mine": mine,
            "goals": find_goals.of_placement(mine.placement.id),
            "workers": find_placements.workers(mine.placement.id),
            "past": [row for row in reversed(sessions) if row.has_begun],
            "coming": [row for row in sessions if not row.has_begun],
            "manages": own.manages(person),
            "may_begin": rules.may_move(mine.placement.status, Status.ACTIVE),
        },
    )


@requires(Permission.MANAGE_OWN_SERVICES)
def placement_begin(request: HttpRequest, ref: str) -> HttpResponse:
    """An introduction or the support itself begins on a day."""
    person, now = person_of(request), clock.now()
    mine = found(own.one_of_mine(person, ref, on=clock.london_day(now)))
    form = BeginForm(own.posted(request), initial={"begins_on": clock.london_day(now)})

    def begin() -> None:
        said = form.cleaned_data
        if said["status"] == Status.ACTIVE:
            start_placement(
                placement_id=mine.placement.id, begins_on=said["begins_on"], by=person, at=now
            )
            return
        placements.move(
            placement_id=mine.placement.id,
            status=Status.INTRODUCTION,
            takes_effect_on=said["begins_on"],
            by=person,
            at=now,
        )

    return _answered(request, mine, form, begin, "Begin the placement", "The placement begins.")


@requires(Permission.MANAGE_OWN_SERVICES)
def placement_end(request: HttpRequest, ref: str) -> HttpResponse:
    """The placement ends after its last day, and the provider sees the child no longer."""
    person, now = person_of(request), clock.now()
    mine = found(own.one_of_mine(person, ref, on=clock.london_day(now)))
    form = EndForm(own.posted(request))

    def end() -> None:
        end_placement(placement_id=mine.placement.id, **form.cleaned_data, by=person, at=now)

    return _answered(request, mine, form, end, "End the placement", "The placement ends.")


@requires(Permission.MANAGE_OWN_SERVICES)
def placement_worker(request: HttpRequest, ref: str) -> HttpResponse:
    """Somebody of the provider works with the child, and may mark the sessions."""
    person, now = person_of(request), clock.now()
    mine = found(own.one_of_mine(person, ref, on=clock.london_day(now)))
    people = [
        (str(one.pk), one.name) for one in accounts.members_at(mine.placement.organisation_id)
    ]
    start = min(mine.placement.starts_on, clock.london_day(now))
    form = WorkerForm(own.posted(request), people=people, initial={"since": start})

    def name() -> None:
        placements.name_worker(
            placement_id=mine.placement.id,
            user_id=int(form.cleaned_data["person"]),
            since=form.cleaned_data["since"],
            by=person,
            at=now,
        )

    return _answered(request, mine, form, name, "Name who works with the child", "Saved.")


@requires(Permission.RECORD_SESSIONS)
def placement_goal(request: HttpRequest, ref: str) -> HttpResponse:
    """The child works towards something, from where they are now."""
    person, now = person_of(request), clock.now()
    mine = found(own.one_of_mine(person, ref, on=clock.london_day(now)))
    form = GoalForm(own.posted(request))

    def add() -> None:
        outcomes.set_goal(
            placement_id=mine.placement.id,
            words=form.cleaned_data["words"],
            baseline=form.rung("baseline"),
            target=form.rung("target") or 0,
            set_on=clock.london_day(now),
            by=person,
            at=now,
        )

    return _answered(request, mine, form, add, "Add a goal", "The goal is set.")


@requires(Permission.RECORD_SESSIONS)
def placement_extra(request: HttpRequest, ref: str) -> HttpResponse:
    """Which session outside the timetable is to be marked."""
    person, now = person_of(request), clock.now()
    mine = found(own.one_of_mine(person, ref, on=clock.london_day(now)))
    form = ExtraForm(own.posted(request))
    if request.method == "POST" and form.is_valid():
        return redirect("session-mark", ref=ref, session=form.code())
    return render(request, "layouts/question.html", _page(mine, form, "Mark an extra session"))


def _answered(
    request: HttpRequest,
    mine: own.Mine,
    form: BaseForm,
    act: Callable[[], None],
    title: str,
    done: str,
) -> HttpResponse:
    """The form's page; once it is filled in and nothing is refused, back to the placement."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("provider-placement", ref=mine.ref)
    return render(request, "layouts/question.html", _page(mine, form, title))


def _page(mine: own.Mine, form: BaseForm, title: str) -> dict[str, object]:
    address = reverse("provider-placement", kwargs={"ref": mine.ref})
    return {
        "title": title,
        "caption": f"Placement {mine.ref}",
        "section": "placements",
        "form": form,
        "button": "Save",
        "cancel": address,
        "back": {"href": address, "text": f"Placement {mine.ref}"},
    }
