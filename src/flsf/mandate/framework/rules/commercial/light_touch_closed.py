"""A light-touch framework with a fixed list: once its only round has closed, nobody joins."""

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

ROLLS = False
FIXED = "Cabinet report, paragraph 30(2); Procurement Act 2023, section 45"
FIRST = 1


def may_apply(pool: Pool) -> Answer:
    if stopped := needs_running(pool):
        return stopped
    if pool.open_round == FIRST:
        return allowed("The only round is open", FIXED)
    return refused("The list is fixed: nobody joins once the first round has closed", FIXED)


def may_decide(pool: Pool) -> Answer:
    if stopped := needs_running(pool):
        return stopped
    if not pool.deciding_round_is_closed:
        return refused("Everybody is assessed together once the round has closed", FIXED)
    return allowed("The round has closed", FIXED)


def may_call_off(asked: CallOff, numbers: Numbers) -> Answer:
    return off_framework(asked) or allowed(
        "Call-offs of any value are allowed", f"{ACT}, section 45(9)"
    )


def reopening(years: Years, numbers: Numbers) -> Reopening:
    return Reopening(
        lets_newcomers_in=False,
        ends_agreements=False,
        must_happen_by=None,
        words="It does not reopen. Newcomers wait for a new framework",
        source=FIXED,
    )


def longest_term(years: Years, numbers: Numbers) -> date:
    return council_years(years, numbers)


def take_over() -> TakenOver:
    return TakenOver(
        Carrying.ROLLED_OVER, "Those admitted are the fixed list, after fresh checks", FIXED
    )


def dues(begins: date, numbers: Numbers, working: WorkingCalendar) -> list[Due]:
    return framework_dues(begins, numbers, working)
