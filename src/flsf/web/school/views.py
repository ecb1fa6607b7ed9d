from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from flsf.casework.children import queries as children
from flsf.casework.children.rules import Named, shows_name
from flsf.casework.referrals import actions, queries
from flsf.casework.referrals.enums import FAMILY_WORDS, ClockKind, Route, Status
from flsf.casework.referrals.rules import due_in_words
from flsf.core import clock
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.delivery.placements import queries as placements
from flsf.flows.refer_child import refer_child
from flsf.shared.accounts.enums import Permission
from flsf.shared.audit import actions as audit
from flsf.shared.places import queries as places
from flsf.web.access import found, person_of, requires
from flsf.web.components import attendance, weeks
from flsf.web.components.steps import Draft, shown, typed_in
from flsf.web.school import questions
from flsf.web.school.forms import AddForm


def _draft(person: Person) -> Draft:
    """The referral the person is writing: one at a time, whichever computer they sit at."""
    now = clock.now()
    steps = questions.steps(clock.london_day(now))
    return Draft(steps, Route.SCHOOL, f"school-{person.pk}", by=person, at=now)


@never_cache
@requires(Permission.REFER_AS_SCHOOL)
def refer(request: HttpRequest) -> HttpResponse:
    """The pages of the referral, and which are done."""
    draft = _draft(person_of(request))
    tasks = [
        {
            "text": one.step.title,
            "href": reverse("school-refer-step", args=[one.step.slug]),
            "status": "Done" if one.is_done else ("In progress" if one.form.is_bound else "To do"),
        }
        for one in draft.asked
    ]
    context = {
        "tasks": tasks,
        "is_ready": draft.next_slug() is None,
        "next": draft.next_slug(),
        "is_begun": draft.is_begun,
    }
    return render(request, "school/refer.html", context)


@never_cache
@requires(Permission.REFER_AS_SCHOOL)
def step(request: HttpRequest, slug: str) -> HttpResponse:
    person, now = person_of(request), clock.now()
    today = clock.london_day(now)
    draft = _draft(person)
    found(draft.find(slug))
    if request.method == "POST":
        draft.keep(slug, typed_in(request.POST))
    one = found(draft.find(slug))
    said = draft.said
    if request.method == "POST" and one.is_done:
        seen = _already_open(said, person, today) if slug == "pupil" else None
        if seen is not None:
            return redirect("pupil-page", ref=seen.ref)
        hints = questions.hints_of(one.form.cleaned_data | _names(said)) if slug != "pupil" else []
        if not hints or "go-on" in request.POST:
            following = draft.next_slug(slug)
            to = ("school-refer-step", following) if following else ("school-refer-check",)
            return redirect(*to)
    else:
        hints = []
    context = {"step": one.step, "title": one.step.title, "form": one.form, "hints": hints}
    return render(request, "school/step.html", context)


@never_cache
@requires(Permission.REFER_AS_SCHOOL)
def check(request: HttpRequest) -> HttpResponse:
    person, now = person_of(request), clock.now()
    draft = _draft(person)
    if draft.next_slug() is not None:
        return redirect("school-refer")
    said, trouble = draft.said, ""
    if request.method == "POST":
        school = found(places.school_of(person.reach.organisation_ids))
        try:
            receipt = refer_child(
                facts=questions.facts_of(said, school.pk),
                asked=questions.asked_of(
                    said, organisation_id=found(school.organisation_id), once=draft.once
                ),
                contact=questions.contact_of(said),
                by=person,
                at=now,
            )
        except Refusal as refusal:
            trouble = str(refusal)
        else:
            draft.discard()
            return redirect("school-refer-sent", ref=receipt.ref)
    rows = [(one.step.title, one.step.slug, shown(one.form)) for one in draft.asked]
    context = {"rows": rows, "trouble": trouble, "hints": questions.hints_of(said)}
    return render(request, "school/check.html", context)


@requires(Permission.REFER_AS_SCHOOL)
def sent(request: HttpRequest, ref: str) -> HttpResponse:
    person, today = person_of(request), clock.london_day(clock.now())
    one = queries.with_ref(ref, person=person, on=today)
    joined = queries.joined_by(organisation_ids=person.reach.organisation_ids)
    if one is None:
        found(joined.filter(ref=ref).first())
    named = children.named([one.child_id], person=person, on=today) if one else {}
    clocks = list(queries.clocks(one.pk)) if one else []
    is_ours = any(shows_name(child.detail) for child in named.values())
    context = {"ref": ref, "one": one, "clocks": clocks, "is_ours": is_ours}
    return render(request, "school/sent.html", context)


@requires(Permission.VIEW_OWN_PUPILS)
def pupils(request: HttpRequest) -> HttpResponse:
    """Where each pupil's referral is, in words."""
    person, now = person_of(request), clock.now()
    today = clock.london_day(now)
    sent_by_us = list(queries.listed(person=person, on=today))
    named = children.named({one.child_id for one in sent_by_us}, person=person, on=today)
    audit.record_views(
        subjects=[f"child {one.ref}" for one in named.values()],
        page="pupil-list",
        by=person,
        at=now,
    )
    clocks = queries.clocks_of([one.pk for one in sent_by_us])
    rows = [
        {
            "ref": one.ref,
            "name": str(named[one.child_id]) if one.child_id in named else "",
            "status": Status(one.status).label,
            "means": FAMILY_WORDS[Status(one.status)],
            "worker": one.worker.name if one.worker else "Nobody yet",
            "received": one.received_at,
            "next": _next_of(clocks[one.pk], today),
        }
        for one in sent_by_us
    ]
    joined = queries.joined_by(organisation_ids=person.reach.organisation_ids)
    return render(request, "school/pupils.html", {"rows": rows, "joined": list(joined)})


@requires(Permission.VIEW_OWN_PUPILS)
def pupil(request: HttpRequest, ref: str) -> HttpResponse:
    """One referral of ours: where it is, what happens next, and room to add something.

    Until an officer has found the child to be ours, no week, no sessions, and not the team:
    that the Virtual School has it tells that a child is in care.
    """
    person, now = person_of(request), clock.now()
    today = clock.london_day(now)
    one = found(queries.with_ref(ref, person=person, on=today))
    named: Named = found(children.named([one.child_id], person=person, on=today).get(one.child_id))
    audit.record_view(subject=f"child {named.ref}", page="pupil-page", by=person, at=now)
    form = AddForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_note(
            referral_id=one.pk,
            words=form.cleaned_data["words"],
            organisation_id=one.organisation_id,
            needs_reading=True,
            by=person,
            at=now,
        )
        messages.success(request, "What you wrote is with the team.")
        return redirect("pupil-page", ref=one.ref)
    own = [note for note in queries.notes(one.pk) if note.by_id == person.pk]
    is_ours = shows_name(named.detail)
    has_support = is_ours and bool(placements.of_child(one.child_id, on=today))
    context: dict[str, Any] = {
        "week": weeks.week(one.child_id, today) if has_support else None,
        "strip": attendance.strip(one.child_id, today, now) if has_support else None,
        "one": one,
        "name": str(named),
        "is_ours": is_ours,
        "status": Status(one.status).label,
        "means": FAMILY_WORDS[Status(one.status)],
        "next": _next_of(list(queries.clocks(one.pk)), today),
        "form": form,
        "notes": own,
    }
    return render(request, "school/pupil.html", context)


def _already_open(said: dict[str, Any], person: Person, today: Any) -> Any:
    """The pupil's open referral, if this school sent it: then it is added to, not sent again."""
    same = children.possible_duplicates(
        first_name=said["first_name"],
        last_name=said["last_name"],
        birth_date=said["birth_date"],
        upn=said["upn"],
        person=person,
        on=today,
    )
    return queries.open_for(same[0].pk, person=person, on=today) if same else None


def _names(said: dict[str, Any]) -> dict[str, Any]:
    return {name: said.get(name, "") for name in ("first_name", "last_name", "contact_name")}


def _next_of(clocks: list[Any], today: Any) -> str:
    for one in clocks:
        if one.met_on is None and one.kind == ClockKind.DECISION:
            return f"We tell you what happens next: {due_in_words(one.due_on, today)}"
    return "Nothing is due now. You see here when something changes."
