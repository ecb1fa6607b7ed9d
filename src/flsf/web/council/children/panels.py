"""What stands on a child's pages besides the record itself. Later stages add to both lists."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flsf.casework.referrals import queries as referrals
from flsf.casework.timetable import queries as timetable
from flsf.core import clock
from flsf.core.half_days import DAYS, Half
from flsf.core.people import Person
from flsf.market.providers import queries as providers
from flsf.web.components import attendance

FULL_WEEK_HOURS = 25
MINUTES = 60


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
    entries = timetable.week(child_id, on=on)
    names = providers.names({entry.service_id for entry in entries})
    cells = {
        (half, weekday): [
            (names[entry.service_id].provider_name, str(entry.hold.label))
            for entry in entries
            if (entry.half_day.half, entry.half_day.weekday) == (half, weekday)
        ]
        for half in Half
        for weekday in range(len(DAYS))
    }
    minutes = sum(entry.minutes for entry in entries)
    return {
        "days": DAYS,
        "rows": [
            (half.label, [cells[half, weekday] for weekday in range(len(DAYS))]) for half in Half
        ],
        "provider_count": len({entry.provider_id for entry in entries}),
        "hours": f"{minutes / MINUTES:g}",
        "full_week_hours": FULL_WEEK_HOURS,
    }


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
    Panel("council/children/_week.html", week),
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
