"""When a round is open, when the next one of a pool that is never shut begins. Days inclusive."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from flsf.core.dates import first_of_next_month
from flsf.mandate.rounds.enums import Notice, Status

ONE_DAY = timedelta(days=1)
# Notices that say that the conflicts assessment was prepared and is kept up (section 83).
CONFIRMS_CONFLICTS = frozenset({Notice.TENDER, Notice.TRANSPARENCY, Notice.DETAILS, Notice.MARKET})


@dataclass(frozen=True, slots=True)
class Window:
    """The days on which a round takes applications; no last day: until it is closed."""

    opens_on: date
    closes_on: date | None = None

    def contains(self, day: date) -> bool:
        return self.opens_on <= day and (self.closes_on is None or day <= self.closes_on)

    def overlaps(self, other: "Window") -> bool:
        """Whether some day is in both, so that an applicant would be in two rounds."""
        first = max(self.opens_on, other.opens_on)
        return self.contains(first) and other.contains(first)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRound:
    """A round as it was or will be held. The standstill is working days, or none is stated."""

    opens_on: date
    closes_on: date | None
    decide_by: date | None
    standstill_days: int | None = None
    reopening_authority: str = ""
    reopening_reason: str = ""

    @property
    def window(self) -> Window:
        return Window(self.opens_on, self.closes_on)


@dataclass(frozen=True, slots=True)
class PublishedNotice:
    """A notice of a round, as the national platform knows it."""

    kind: str
    reference: str
    published_on: date


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A round as it stands on a day, for later stages and pages.

    `model` is the commercial model it was opened under. `summaries_sent_on` is the day on
    which everybody assessed in it was told, all at the same moment.
    """

    round_id: int
    framework_id: int
    number: int
    model: str
    opens_on: date
    closes_on: date | None
    decide_by: date | None
    standstill_days: int | None
    status: Status
    summaries_sent_on: date | None
    notices: tuple[PublishedNotice, ...] = ()
    reopening_authority: str = ""
    reopening_reason: str = ""

    @property
    def reopens(self) -> bool:
        """Whether the whole open framework reopens in it, and every agreement is issued again."""
        return bool(self.reopening_authority)

    @property
    def window(self) -> Window:
        return Window(self.opens_on, self.closes_on)


def tender_days(window: Window) -> int | None:
    """How many days there are to tender, the first and the last counted; None: without end."""
    if window.closes_on is None:
        return None
    return (window.closes_on - window.opens_on).days + 1


class WorkingDays(Protocol):
    """What is needed of a calendar."""

    def nth_working_day(self, first: date, n: int) -> date: ...


def after_standstill(told_on: date, standstill_days: int | None, calendar: WorkingDays) -> date:
    """The day from which those accepted are in the pool: the first after the standstill.

    It is so many working days beginning with the day on which everybody is told (section 51).
    No standstill: that day itself.
    """
    if not standstill_days:
        return told_on
    return calendar.nth_working_day(told_on, standstill_days) + ONE_DAY


def clash(windows: Sequence[Window], new: Window) -> bool:
    """Whether the new window shares a day with one that there is."""
    return any(new.overlaps(one) for one in windows)


def decides_in_time(new: NewRound) -> bool:
    """Whether the decision is expected after the last application may come in."""
    if new.decide_by is None:
        return True
    return new.decide_by > (new.closes_on or new.opens_on)


def rolling(windows: Sequence[Window], *, on: date, first: date, last: date) -> list[Window]:
    """The windows still to be opened so that no day until the end of next month is shut.

    Each ends with its calendar month, and none runs past the framework's first or last day.
    One month is always opened ahead, so that a clock that stood still shuts nobody out.
    """
    until = min(last, first_of_next_month(first_of_next_month(on)) - ONE_DAY)
    day, missing = max(on, first), list[Window]()
    while day <= until:
        covering = next((one for one in windows if one.contains(day)), None)
        if covering is None:
            missing.append(_month_from(day, windows, last))
            covering = missing[-1]
        if covering.closes_on is None:
            break
        day = covering.closes_on + ONE_DAY
    return missing


def _month_from(day: date, windows: Sequence[Window], last: date) -> Window:
    """From a day to the end of its month, or to the eve of a window that begins before."""
    ends = min(last, first_of_next_month(day) - ONE_DAY)
    later = [one.opens_on - ONE_DAY for one in windows if day < one.opens_on <= ends]
    return Window(day, min([ends, *later]))
