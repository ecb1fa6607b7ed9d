"""An open framework: it reopens on the law's cycle, and each time every agreement is re-issued.

Section 49 has no exception for light touch (rules P15 to P17).
"""

from datetime import date

from flsf.core.dates import last_day_of_years
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
    ending_due,
    framework_dues,
    needs_running,
    off_framework,
    refused,
)
from flsf.mandate.law.enums import Key
from flsf.shared.calendars.rules import WorkingCalendar

ROLLS = False
OPEN = f"{ACT}, section 49"


def may_apply(pool: Pool) -> Answer:
    if stopped := needs_running(pool):
        return stopped
    if pool.open_round is None:
        return refused("Nobody joins until the framework reopens", OPEN)
    return allowed(f"Round {pool.open_round} is open", OPEN)


def may_decide(pool: Pool) -> Answer:
    if stopped := needs_running(pool):
        return stopped
    if not pool.deciding_round_is_closed:
        return refused("Everybody is assessed together once the round has closed", OPEN)
    return allowed("The round has closed", OPEN)


def may_call_off(asked: CallOff, numbers: Numbers) -> Answer:
    return off_framework(asked) or allowed(
        "Call-offs of any value are allowed", f"{ACT}, section 45(9)"
    )


def reopening(years: Years, numbers: Numbers) -> Reopening:
    """Once in the first three years, then at least once in each five."""
    since, key = (years.since, Key.OPEN_FRAMEWORK_FIRST_YEARS)
    if years.reopened_on is not None:
        since, key = years.reopened_on, Key.OPEN_FRAMEWORK_NEXT_YEARS
    by = min(last_day_of_years(since, numbers[key]), longest_term(years, numbers))
    return Reopening(
        lets_newcomers_in=True,
        ends_agreements=True,
        must_happen_by=by,
        words="The whole scheme reopens: every agreement ends and is issued again",
        source=OPEN,
    )


def longest_term(years: Years, numbers: Numbers) -> date:
    scheme = last_day_of_years(years.since, numbers[Key.OPEN_FRAMEWORK_MOST_YEARS])
    return min(scheme, years.latest_last_day)


def take_over() -> TakenOver:
    return TakenOver(
        Carrying.ROLLED_OVER,
        "Those admitted roll over because they are already on it, unless they opt out",
        f"{ACT}, section 49(4)",
    )


def dues(begins: date, numbers: Numbers, working: WorkingCalendar) -> list[Due]:
    first = last_day_of_years(begins, numbers[Key.OPEN_FRAMEWORK_FIRST_YEARS])
    scheme = last_day_of_years(begins, numbers[Key.OPEN_FRAMEWORK_MOST_YEARS])
    return [
        *framework_dues(begins, numbers, working),
        ending_due(begins, numbers),
        Due("Reopen the whole scheme for the first time", first, OPEN),
        Due("The scheme ends", scheme, OPEN),
    ]
