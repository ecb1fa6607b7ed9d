"""The applications of a round, and telling all of them at one moment."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.flows.release_round import release_round
from flsf.mandate.rounds import queries as rounds
from flsf.mandate.rounds.rules import RoundFacts
from flsf.market.evaluation import queries
from flsf.market.evaluation.enums import Outcome, Stage
from flsf.market.evaluation.queries import InRound
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components.lists import Asked, Column, Kind, ListPage
from flsf.web.council.applications.queue import stage_words
from flsf.web.council.framework_office.chosen import address, chosen, named

TOLD = "The applicants of this round have been told."


def _round(asked: Asked) -> tuple[Any, RoundFacts]:
    framework = found(named(asked.query, asked.person, asked.on))
    number = asked.captured["number"]
    return framework, found(rounds.with_number(framework.pk, number, on=asked.on))


def _rows(asked: Asked) -> list[InRound]:
    return queries.in_round(_round(asked)[1], person=asked.person, on=asked.on)


def _context(asked: Asked) -> dict[str, Any]:
    framework, one = _round(asked)
    return {
        "title": f"Applications of round {one.number}",
        "round": one,
        "round_address": address("round-page", framework, number=one.number)
        if asked.person.may(Permission.VIEW_FRAMEWORK)
        else "",
        "tell_address": address("round-tell", framework, number=one.number)
        if asked.person.may(Permission.DECIDE_ADMISSIONS) and one.summaries_sent_on is None
        else "",
    }


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
        Column("Decision", lambda row: row.outcome.label if row.outcome else "Not decided"),
        Column("Decided by", "decided_by"),
        Column("Decided", "decided_at", Kind.MOMENT),
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
    """The numbers are named first; then everybody is told, and the accepted join."""
    person, now = person_of(request), clock.now()
    today = clock.london_day(now)
    framework = chosen(request, person, today)
    one = found(rounds.with_number(framework.pk, number, on=today))
    there = address("round-applications", framework, number=number)
    trouble = ""
    if request.method == "POST":
        try:
            count = release_round(round_of=one, by=person, at=now)
        except Refusal as refusal:
            trouble = str(refusal)
        else:
            people = "applicant was" if count == 1 else "applicants were"
            messages.success(request, f"{count} {people} told")
            return redirect(there)
    rows = queries.in_round(one, person=person, on=today)
    waiting = [row.listed.ref for row in rows if row.outcome is None]
    context = {
        "round": one,
        "counts": _counts(rows),
        "waiting": waiting,
        "is_open": one.closes_on is None or today <= one.closes_on,
        "is_told": one.summaries_sent_on is not None,
        "trouble": trouble,
        "title": f"Tell every applicant of round {one.number}?",
        "button": "Tell them all now",
        "cancel": there,
    }
    return render(request, "council/applications/tell.html", context)


def _counts(rows: list[InRound]) -> list[tuple[str, int]]:
    """How many have each outcome of those who are still to be told."""
    untold = [row.outcome for row in rows if row.outcome and row.stage is not Stage.RELEASED]
    count = Counter(untold)
    return [(str(one.label), count[one]) for one in Outcome if count[one]]
