"""Places for supported internships against those who want one, for those who answer for waiting."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from flsf.oversight.internships import queries, rules
from flsf.oversight.internships.queries import Supply
from flsf.shared.accounts.enums import Permission
from flsf.web.components.lists import Asked, Column, ListPage
from flsf.web.components.lists import Kind as Shows

IN_MONTHS = tuple(f"Open in {months} months" for months in rules.MONTHS_AHEAD)


def _then(at: int) -> Callable[[Supply], int]:
    return lambda row: row.open_then[at]


def _rows(asked: Asked) -> list[Supply]:
    return list(queries.internships(asked.on).services)


def _context(asked: Asked) -> dict[str, Any]:
    may_keep = asked.person.may(Permission.EDIT_PROVIDERS)
    return {"there": queries.internships(asked.on), "may_keep": may_keep}


INTERNSHIPS = ListPage(
    name="internship-list",
    title="Supported internships: places and demand",
    section="waiting",
    permission=Permission.VIEW_WAITING,
    columns=(
        Column(
            "Service",
            "name",
            link=lambda row: reverse("directory-service", kwargs={"slug": row.slug}),
            hint="provider_name",
        ),
        Column("Takes new people", "word", Shows.STATUS),
        Column("Places", "places", Shows.NUMBER),
        Column("Taken", "taken", Shows.NUMBER),
        Column("Open today", "open_now", Shows.NUMBER),
        *(Column(heading, _then(at), Shows.NUMBER) for at, heading in enumerate(IN_MONTHS)),
    ),
    rows=_rows,
    template="council/training/internships.html",
    context=_context,
    noun=("service", "services"),
    empty="No service gives supported internships.",
    worked_out=(
        "Services of every lot with the code supported-internships. Places: the fewest in a "
        "half-day in which the service works, as a year at work takes all of them. Open: free in "
        "every such half-day, of a service that takes new people that day. Later days count a "
        "place as free when the booking of today ends by then. Wants one: a request for the lot "
        "without an offer. On track: a place is open for each who wants one, with our services or "
        "as others told us; monitor: there will "
        "be within a year; at risk: there will not. Counts are shown as they are: the public page "
        "hides those under five."
    ),
)
