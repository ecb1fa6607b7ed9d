"""The applications of a round, and telling all of them at one moment."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.jobs import heartbeat
from flsf.jobs.rounds import ask_to_tell, is_dead
from flsf.mandate.rounds import queries as rounds
from flsf.mandate.rounds.rules import RoundFacts
from flsf.market.evaluation import queries
from flsf.market.evaluation.enums import Outcome, Stage, Step
from flsf.market.evaluation.queries import InRound
from flsf.market.exclusions.enums import Bar
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components.lists import Asked, Column, Kind, ListPage
from flsf.web.council.applications.queue import stage_words
from flsf.web.council.framework_office.chosen import address, chosen, named
from flsf.web.demo_clock import days_ahead


def _round(asked: Asked) -> tuple[Any, RoundFacts]:
    framework = found(named(asked.query, asked.person, asked.on))
    number = asked.captured["number"]
    return framework, found(rounds.with_number(framework.pk, number, on=asked.on))


def _rows(asked: Asked) -> list[InRound]:
    return queries.in_round(_round(asked)[1], person=asked.person, on=asked.on)


def _context(asked: Asked) -> dict[str, Any]:
    framework, one = _round(asked)
    last = queries.telling(one.round_id, person=asked.person)
    may_tell = asked.person.may(Permission.DECIDE_ADMISSIONS) and one.summaries_sent_on is None
    is_under_way = last is not None and last.ended_at is None and not is_dead(last.pk)
    return {
        "title": f"Applications of round {one.number}",
        "round": one,
        "round_address": address("round-page", framework, number=one.number)
        if asked.person.may(Permission.VIEW_FRAMEWORK)
        else "",
        "tell_address": address("round-tell", framework, number=one.number)
        if may_tell and not is_under_way
        else "",
        "telling_address": address("round-telling", framework, number=one.number)
        if may_tell and last is not None
        else "",
        "last": last,
        "is_under_way": is_under_way,
    }


def _decision(row: InRound) -> str:
    """Whoever has an interest, or has yet to say, is not told here what was decided."""
    if row.is_kept:
        return "Not shown to you: your interest, or you have yet to say if you have one"
    return row.outcome.label if row.outcome else "Not decided"


APPLICATIONS = ListPage(
    name="round-applications",
    title="Applications of a round",
    section="framework",
    permission=Permission.VIEW_APPLICATIONS,
    columns=(
        Column(
            "Application",
            lambda row: row.listed.ref,
            link=lambda row: reverse("application-file", kwargs={"ref": row.listed.ref}),
        ),
        Column("From", lambda row: row.listed.organisation_name),
        Column("Where it is", lambda row: stage_words(row.stage), Kind.STATUS),
        Column("Decision", _decision),
        Column("Decided by", lambda row: "" if row.is_kept else row.decided_by),
        Column("Decided", lambda row: None if row.is_kept else row.decided_at, Kind.MOMENT),
        Column("Sent", lambda row: row.listed.submitted_at, Kind.MOMENT),
    ),
    rows=_rows,
    template="council/applications/round.html",
    context=_context,
    noun=("application", "applications"),
    empty="Nothing was sent in this round.",
    worked_out=(
        "Everything sent between the first and last day, but what was withdrawn. All are "
        "told at the same moment, once the round has closed and every one of them is decided."
    ),
)


@requires(Permission.DECIDE_ADMISSIONS)
def tell(request: HttpRequest, number: int) -> HttpResponse:
    """The numbers are named first; then the worker tells everybody, and the accepted join."""
    person, now = person_of(request), clock.now()
    today = clock.london_day(now)
    framework = chosen(request, person, today)
    one = found(rounds.with_number(framework.pk, number, on=today))
    progress = address("round-telling", framework, number=number)
    trouble = ""
    if request.method == "POST":
        try:
            is_new = ask_to_tell(round_of=one, by=person, at=now)
        except Refusal as refusal:
            trouble = str(refusal)
        else:
            if not is_new:
                messages.info(request, "Somebody asked for this just before you; it is done once")
            return redirect(progress)
    asked = queries.telling(one.round_id, person=person)
    if asked is not None and asked.ended_at is None and not is_dead(asked.pk):
        return redirect(progress)
    rows = queries.in_round(one, person=person, on=today)
    unclear = queries.unclear_applications(on=today)
    waiting = [row.listed.ref for row in rows if row.outcome is None]
    context = {
        "round": one,
        "counts": _counts(rows),
        "waiting": waiting,
        "barred": _barred(one, today) if not waiting else [],
        "unclear": [
            row.listed.ref
            for row in rows
            if row.listed.application_id in unclear and row.outcome not in (None, Outcome.DECLINE)
        ],
        "is_open": one.closes_on is None or today <= one.closes_on,
        "is_told": one.summaries_sent_on is not None,
        "places_from": rounds.in_pool_from(one.round_id, told_on=today),
        "today": today,
        "trouble": trouble,
        "title": f"Tell every applicant of round {one.number}?",
        "button": "Tell them all now",
        "cancel": address("round-applications", framework, number=number),
    }
    return render(request, "council/applications/tell.html", context)


@requires(Permission.DECIDE_ADMISSIONS)
def telling(request: HttpRequest, number: int) -> HttpResponse:
    """How far the telling is, how many were told, or why nobody was."""
    person, now = person_of(request), clock.now()
    today = clock.london_day(now)
    framework = chosen(request, person, today)
    one = found(rounds.with_number(framework.pk, number, on=today))
    asked = queries.telling(one.round_id, person=person)
    if asked is None:
        return redirect(address("round-tell", framework, number=number))
    is_waiting, is_under_way = asked.step == Step.ASKED, asked.ended_at is None
    is_stuck = is_under_way and is_dead(asked.pk)
    context = {
        "round": one,
        "asked": asked,
        "steps": _steps(Step(asked.step)),
        "is_under_way": is_under_way and not is_stuck,
        "is_stuck": is_stuck,
        "is_told": asked.step == Step.TOLD,
        "barred": _barred(one, today) if asked.step == Step.REFUSED else [],
        "nobody_works": is_waiting and not _is_heard(request),
        "title": f"Telling the applicants of round {one.number}",
        "here": request.get_full_path(),
        "again": address("round-tell", framework, number=number),
        "applications": address("round-applications", framework, number=number),
    }
    return render(request, "council/applications/telling.html", context)


def _is_heard(request: HttpRequest) -> bool:
    """Whether the worker lives. It goes by the real clock, whatever a demonstration pretends."""
    return heartbeat.told(clock.now() - timedelta(days=days_ahead(request)))["heard"]


def _barred(one: RoundFacts, on: date) -> list[tuple[str, str, bool]]:
    """(reference, why in words, whether they are excluded) of whoever holds the round up."""
    if one.summaries_sent_on is not None:
        return []
    found = queries.barred(one, on=on)
    return [(ref, bar.words, bar is Bar.EXCLUDED) for ref, bar in sorted(found.items())]


STEPS = (Step.ASKED, Step.DECISIONS, Step.EXCLUSIONS, Step.TELLING)


def _steps(reached: Step) -> list[dict[str, str]]:
    """Each step in words, and whether it is done; empty once it has ended."""
    if reached not in STEPS:
        return []
    at = STEPS.index(reached)
    said = (("Done", "good"), ("Now", "moving"), ("To come", "quiet"))
    return [
        dict(zip(("status", "kind"), said[(place >= at) + (place > at)], strict=True))
        | {"text": str(one.label)}
        for place, one in enumerate(STEPS)
    ]


def _counts(rows: list[InRound]) -> list[tuple[str, int]]:
    """How many have each outcome of those who are still to be told."""
    untold = [row.outcome for row in rows if row.outcome and row.stage is not Stage.RELEASED]
    count = Counter(untold)
    return [(str(one.label), count[one]) for one in Outcome if count[one]]
