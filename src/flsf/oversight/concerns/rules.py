"""How a concern moves, and by when an allegation about an adult must reach the LADO."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from flsf.oversight.concerns.enums import Status

MOVES: Mapping[Status, frozenset[Status]] = {
    Status.NEW: frozenset({Status.BEING_HANDLED}),
    Status.BEING_HANDLED: frozenset({Status.CLOSED}),
    Status.CLOSED: frozenset(),
}

# Working Together 2023 and Keeping Children Safe in Education: within one working day (E26).
LADO_WORKING_DAYS = 1


class WorkingDays(Protocol):
    """The part of the calendar that these rules ask."""

    def nth_working_day(self, first: date, n: int) -> date: ...


def may_move(before: Status, to: Status) -> bool:
    """Whether a concern with the one status may have the other next."""
    return to in MOVES[before]


def lado_by(raised_on: date, calendar: WorkingDays) -> date:
    """The last day to tell the local authority designated officer.

    The day it was raised does not count: a concern of Friday evening has Monday.
    """
    following = date.fromordinal(raised_on.toordinal() + 1)
    return calendar.nth_working_day(following, LADO_WORKING_DAYS)
