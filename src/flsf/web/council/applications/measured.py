"""How joining goes: what was promised of it, and where those who stop stop (K8, K9)."""

from datetime import timedelta
from typing import Any

from flsf.core.dates import anniversary
from flsf.market.applications import queries as applications
from flsf.market.applications.rules import NUDGE_AFTER_DAYS, Completion, SectionCount
from flsf.market.evaluation import queries
from flsf.market.evaluation.queries import Joining, Measured
from flsf.market.evaluation.rules import Times
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found
from flsf.web.components.lists import Asked, Column, Kind, ListPage
from flsf.web.council.framework_office.chosen import named

YEAR = "in the last twelve months"


def said(measured: Measured) -> list[str]:
    """Each promise of joining with how it was kept; too few are not told in numbers."""
    return [
        acknowledged_words(measured.acknowledged),
        decided_words(measured.decided),
        small_words(measured.small),
    ]


def acknowledged_words(times: Times) -> str:
    """How long the receipt took."""
    if not times.is_telling:
        return f"Too few were sent {YEAR} to say how long it takes until we say that we have them."
    return (
        f"Sent {YEAR}: {times.counted}, of which we told {times.within} within {_of(times)} "
        f"promised that we have it. Half were told within {_days(times.half_within)}; "
        f"the longest wait was {times.longest}."
    )


def decided_words(times: Times) -> str:
    """How long deciding took."""
    if not times.is_telling:
        return f"Too few were decided {YEAR} to say how long it takes."
    return (
        f"Decided {YEAR}: {times.counted}, of which {times.within} within {_of(times)} promised. "
        f"Half were decided within {_days(times.half_within)}; the longest took {times.longest}."
    )


def small_words(joined: Joining) -> str:
    """How long joining took small providers, from beginning until they were told."""
    every = joined.altogether
    if not every.is_telling:
        return f"Too few small providers joined {YEAR} to say how long it took them."
    return (
        f"Small providers that joined {YEAR}: {every.counted}, of which {every.within} were "
        f"told so within {_of(every)} from beginning that we aim for. Half knew within "
        f"{_days(every.half_within)}; the longest took {every.longest}. "
        f"Half sent it within {_days(joined.writing.half_within)} of beginning; half were decided "
        f"on within {_days(joined.deciding.half_within)} of sending."
    )


def _of(times: Times) -> str:
    return f"the {_days(times.promised)}" if times.promised else "the working days"


def _days(count: int) -> str:
    return f"{count} working day{'' if count == 1 else 's'}"


def became(completion: Completion) -> str:
    """What became of the applications that were begun."""
    if not completion.begun:
        return f"Nobody began an application {YEAR}."
    return (
        f"Begun {YEAR}: {completion.begun}. Sent: {completion.sent}, which is "
        f"{completion.percent_sent}%. Stopped: {completion.stopped}. "
        f"Withdrawn without being sent: {completion.withdrawn}. "
        f"Going on: {completion.going_on}."
    )


def _completion(asked: Asked) -> Completion | None:
    framework = found(named(asked.query, asked.person, asked.on))
    return applications.completion(
        framework.pk,
        since=anniversary(asked.on, -1) + timedelta(days=1),
        until=asked.on,
        person=asked.person,
        on=asked.on,
    )


def _rows(asked: Asked) -> list[SectionCount]:
    completion = _completion(asked)
    return list(completion.sections) if completion else []


def _context(asked: Asked) -> dict[str, Any]:
    framework = found(named(asked.query, asked.person, asked.on))
    completion = _completion(asked)
    return {
        "measured": said(queries.measured(framework.pk, on=asked.on)),
        "became": became(completion) if completion else "",
    }


COMPLETION = ListPage(
    name="application-completion",
    title="How joining goes",
    section="applications",
    permission=Permission.VIEW_APPLICATIONS,
    columns=(
        Column("Part", lambda row: row.section.title),
        Column("Answered something", "answered", Kind.NUMBER),
        Column("Finished it", "finished", Kind.NUMBER),
        Column("Stopped there", "stopped", Kind.NUMBER),
        Column("Of those who stopped, percent", "percent_of_stopped", Kind.NUMBER),
    ),
    rows=_rows,
    template="council/applications/completion.html",
    context=_context,
    noun=("part", "parts"),
    empty="No questions are published yet, so nobody can begin.",
    worked_out=(
        "Counted are the applications begun in the last twelve months; asking for the link and "
        "never opening it is not beginning. Stopped: never sent nor withdrawn, and nothing "
        f"touched for {NUDGE_AFTER_DAYS[0]} days. Somebody stopped in the part of their last "
        "answer. What we filled in for them is no answer of theirs. Finished: sent, or every "
        "question of the part is answered as it has to be. A part in which many stop is one to "
        "look at: is it clear, is all of it needed, can the paper be shown later? "
        "Working days count from the day after; a receipt counts to the day its email left; days "
        "on which we had asked the applicant something do not count. Small is who the register "
        "says is small or medium-sized."
    ),
)
