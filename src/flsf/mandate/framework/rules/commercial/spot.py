"""No framework: each purchase stands alone, below the threshold and under a waiver."""

from datetime import date

from flsf.core.money import Money
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
    ending_due,
    refused,
)
from flsf.mandate.law.enums import Key
from flsf.shared.calendars.rules import WorkingCalendar

ROLLS = False
ALONE = f"{ACT}, section 85; Cabinet report, paragraph 30(4)"


def may_apply(pool: Pool) -> Answer:
    return refused("There is no pool to join: below threshold nobody is chosen first", ALONE)


def may_decide(pool: Pool) -> Answer:
    return refused("There is no pool to be admitted to", ALONE)


def may_call_off(asked: CallOff, numbers: Numbers) -> Answer:
    threshold = numbers[Key.LIGHT_TOUCH_THRESHOLD]
    if not asked.has_waiver:
        return refused("A spot purchase needs a recorded waiver", ALONE)
    if asked.reaches(threshold):
        return refused(
            f"From {Money(threshold)} on, VAT included, it is a public contract: advertise it",
            f"{ACT}, Schedule 1",
        )
    return allowed("Below the threshold and under a waiver", ALONE)


def reopening(years: Years, numbers: Numbers) -> Reopening:
    return Reopening(
        lets_newcomers_in=False,
        ends_agreements=False,
        must_happen_by=None,
        words="There is nothing to reopen",
        source=ALONE,
    )


def longest_term(years: Years, numbers: Numbers) -> date:
    return council_years(years, numbers)


def take_over() -> TakenOver:
    return TakenOver(
        Carrying.ENDED,
        "The agreements end. Children stay where they are, on the call-offs already made",
        ALONE,
    )


def dues(begins: date, numbers: Numbers, working: WorkingCalendar) -> list[Due]:
    return [
        Due("A waiver for every purchase", None, "Contract standing orders"),
        ending_due(begins, numbers),
    ]
