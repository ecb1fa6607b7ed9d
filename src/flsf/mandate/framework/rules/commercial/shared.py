"""The values in which every commercial model is asked and answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeAlias

from flsf.core.dates import last_day_beginning_with, last_day_of_years
from flsf.mandate.law.enums import Key
from flsf.shared.calendars.rules import WorkingCalendar

ACT = "Procurement Act 2023"
ONE_DAY = timedelta(days=1)

Numbers: TypeAlias = Mapping[Key, int]  # the law's, in force on the day

# What the models ask of the law.
ASKED = (
    Key.LIGHT_TOUCH_THRESHOLD,
    Key.FRAMEWORK_MOST_YEARS,
    Key.OPEN_FRAMEWORK_MOST_YEARS,
    Key.OPEN_FRAMEWORK_FIRST_YEARS,
    Key.OPEN_FRAMEWORK_NEXT_YEARS,
    Key.STANDSTILL_LEAST_DAYS,
    Key.DETAILS_NOTICE_DAYS,
    Key.TERMINATION_NOTICE_DAYS,
    Key.CHALLENGE_DAYS,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether it is allowed, why in words, and by which rule."""

    is_allowed: bool
    why: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """What is true of the framework on the day that is asked about."""

    is_running: bool  # the term has not ended
    open_round: int | None  # the number of the round that takes applications today
    deciding_round_is_closed: bool = True  # of the application that would be decided


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOff:
    """What would be bought. No value: it cannot be estimated, so counts as above (rule P7)."""

    gross_pence: int | None
    is_on_framework: bool
    has_waiver: bool = False

    def reaches(self, threshold_pence: int) -> bool:
        return self.gross_pence is None or self.gross_pence >= threshold_pence


@dataclass(frozen=True, slots=True, kw_only=True)
class Years:
    """Since when the model holds, and how long Cabinet lets the framework run at most."""

    since: date
    latest_last_day: date
    reopened_on: date | None = None  # last, under this model


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    """What happens when the framework takes newcomers again."""

    lets_newcomers_in: bool
    ends_agreements: bool  # every agreement ends and is issued again
    must_happen_by: date | None
    words: str
    source: str


class Carrying(StrEnum):
    """What becomes of those already admitted when the framework changes to the model."""

    ROLLED_OVER = "rolled-over"
    MUST_APPLY = "must-apply"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What becomes of those already admitted, why in words, and by which rule."""

    carrying: Carrying
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Due:
    """A notice or a clock that follows, and the last day for it, if it has one."""

    what: str
    last_day: date | None
    source: str


def allowed(why: str, source: str) -> Answer:
    return Answer(is_allowed=True, why=why, source=source)


def refused(why: str, source: str) -> Answer:
    return Answer(is_allowed=False, why=why, source=source)


def off_framework(asked: CallOff) -> Answer | None:
    """Nothing is bought outside the framework without a waiver, whatever the model (S134)."""
    if asked.is_on_framework or asked.has_waiver:
        return None
    return refused(
        "Nothing is bought outside the framework without a recorded waiver",
        "Cabinet report, paragraph 30(4); contract standing orders",
    )


def needs_running(pool: Pool) -> Answer | None:
    """Nobody joins what has ended."""
    if pool.is_running:
        return None
    return refused("The framework has ended", "The framework's term")


def council_years(years: Years, numbers: Numbers) -> date:
    """Cabinet's own cap: light touch has none in law (rule P12)."""
    most = last_day_of_years(years.since, numbers[Key.FRAMEWORK_MOST_YEARS])
    return min(most, years.latest_last_day)


def framework_dues(begins: date, numbers: Numbers, working: WorkingCalendar) -> list[Due]:
    """The notices and clocks of every framework that is awarded, from the day it begins."""
    eve = begins - ONE_DAY
    standstill = numbers[Key.STANDSTILL_LEAST_DAYS]
    return [
        Due("Conflicts assessment reviewed, before the tender notice", eve, f"{ACT}, section 82"),
        Due("UK4 tender notice, before applications are taken", eve, f"{ACT}, section 21"),
        Due(
            "Assessment summaries to everybody assessed, all at once, before UK6",
            eve,
            f"{ACT}, section 50(3)",
        ),
        Due("UK6 contract award notice, before anybody signs", eve, f"{ACT}, section 50"),
        Due(
            f"Standstill of {standstill} working days: not required for light touch, advised",
            working.nth_working_day(begins, standstill),
            f"{ACT}, section 51",
        ),
        Due(
            "UK7 contract details notice",
            last_day_beginning_with(begins, numbers[Key.DETAILS_NOTICE_DAYS]),
            f"{ACT}, section 53",
        ),
        Due(
            "Last day of an ordinary challenge, if everybody is told on the first day",
            last_day_beginning_with(begins, numbers[Key.CHALLENGE_DAYS]),
            f"{ACT}, section 106",
        ),
    ]


def ending_due(begins: date, numbers: Numbers) -> Due:
    """The earlier agreements end, and that is published."""
    return Due(
        "UK11 contract termination notice for the agreements that end",
        last_day_beginning_with(begins, numbers[Key.TERMINATION_NOTICE_DAYS]),
        f"{ACT}, section 80",
    )
