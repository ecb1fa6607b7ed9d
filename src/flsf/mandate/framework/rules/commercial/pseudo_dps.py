"""A light-touch framework in rounds that follow each other, so that the pool is never shut.

Not a technique the Act lists: each admission is an award of its own round (rule P19).
"""

from datetime import date

from flsf.mandate.framework.rules.commercial.shared import (
    ACT,
    Answer,
    CallOff,
    Carrying,
    Due,
    Numbers,
    Pool,
    Reopening,
    TakenOver,
    Years,
    allowed,
    council_years,
    framework_dues,
    needs_running,
    off_framework,
    refused,
)
from flsf.shared.calendars.rules import WorkingCalendar

ROLLS = True
ROUNDS = f"{ACT}, sections 20(4) and 74(9): each admission is an award of its round"


def may_apply(pool: Pool) -> Answer:
    if stopped := needs_running(pool):
        return stopped
    if pool.open_round is None:
        return refused("No round is open today. One should always be", ROUNDS)
    return allowed(f"Round {pool.open_round} is open, and another follows it", ROUNDS)


def may_decide(pool: Pool) -> Answer:
    if stopped := needs_running(pool):
        return stopped
    return allowed("Decided on any day; all of a round are told at once", ROUNDS)


def may_call_off(asked: CallOff, numbers: Numbers) -> Answer:
    return off_framework(asked) or allowed(
        "Call-offs of any value are allowed", f"{ACT}, section 45(9)"
    )


def reopening(years: Years, numbers: Numbers) -> Reopening:
    return Reopening(
        lets_newcomers_in=True,
        ends_agreements=False,
        must_happen_by=None,
        words="It never shuts: each round lets newcomers in and changes nobody's agreement",
        source=ROUNDS,
    )


def longest_term(years: Years, numbers: Numbers) -> date:
    return council_years(years, numbers)


def take_over() -> TakenOver:
    return TakenOver(
        Carrying.ROLLED_OVER,
        "Those admitted are awarded again in the first round, after fresh checks",
        ROUNDS,
    )


def dues(begins: date, numbers: Numbers, working: WorkingCalendar) -> list[Due]:
    return framework_dues(begins, numbers, working)
