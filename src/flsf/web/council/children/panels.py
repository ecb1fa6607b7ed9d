"""What stands on a child's pages besides the record itself. Later stages add to both lists."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flsf.casework.referrals import queries as referrals
from flsf.core import clock
from flsf.core.people import Person
from flsf.web.components import attendance, weeks


@dataclass(frozen=True, slots=True)
class Panel:
    """A piece of the summary page: a template, and what it is given.

    `reads` is handed the child's id, who looks and the day. The page has already found the
    child through `visible_to`, and written down that it was opened.
    """

    template: str
    reads: Callable[[int, Person, date], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class SubPage:
    """A page beside the summary, in the child's own navigation."""

    label: str
    url_name: str


def week(child_id: int, _: Person, on: date) -> Mapping[str, Any]:
    """The half-days of a school week and who has the child in each."""
    return weeks.week(child_id, on)


def strip(child_id: int, _: Person, on: date) -> Mapping[str, Any]:
    """The last six weeks by half-day, and school days without support."""
    return attendance.strip(child_id, on, clock.now())


def timeline(child_id: int, person: Person, on: date) -> Mapping[str, Any]:
    """What happened to the child's support, newest first."""
    asked_for = [
        (clock.london_day(one.received_at), one.ref)
        for one in referrals.listed(person=person, on=on, child_ids=[child_id])
    ]
    return {"events": attendance.timeline(child_id, on, asked_for=asked_for)}


PANELS: tuple[Panel, ...] = (
    Panel("components/week.html", week),
    Panel("components/attendance_strip.html", strip),
    Panel("components/timeline.html", timeline),
)

SUB_PAGES: tuple[SubPage, ...] = (
    SubPage("Summary", "child-page"),
    SubPage("Needs", "child-needs"),
    SubPage("Contacts", "child-contacts"),
    SubPage("Who may see", "child-who-may-see"),
    SubPage("History", "child-history"),
)
