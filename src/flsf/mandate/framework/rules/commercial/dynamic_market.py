"""A dynamic market: anybody may join at any time, but only public contracts are bought from it."""

from datetime import date

from flsf.core.money import Money
from flsf.mandate.framework.rules.commercial.shared import (
    ACT,
    ONE_DAY,
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
    needs_running,
    off_framework,
    refused,
)
from flsf.mandate.law.enums import Key
from flsf.shared.calendars.rules import WorkingCalendar

ROLLS = False
MARKET = f"{ACT}, sections 34 to 39"


def may_apply(pool: Pool) -> Answer:
    return needs_running(pool) or allowed("Applications are taken at any time", MARKET)


def may_decide(pool: Pool) -> Answer:
    return needs_running(pool) or allowed("Each application is decided by itself", MARKET)


def may_call_off(asked: CallOff, numbers: Numbers) -> Answer:
    if stopped := off_framework(asked):
        return stopped
    threshold = numbers[Key.LIGHT_TOUCH_THRESHOLD]
    if asked.is_on_framework and not asked.reaches(threshold):
        return refused(
            f"A dynamic market is for contracts of {Money(threshold)} or more, VAT included",
            f"{ACT}, section 34; Cabinet report, paragraph 30(3)",
        )
    return allowed("Bought after a tender notice of its own", MARKET)


def reopening(years: Years, numbers: Numbers) -> Reopening:
    return Reopening(
        lets_newcomers_in=True,
        ends_agreements=False,
        must_happen_by=None,
        words="It never shuts: the number of members may not be limited",
        source=MARKET,
    )


def longest_term(years: Years, numbers: Numbers) -> date:
    return council_years(years, numbers)


def take_over() -> TakenOver:
    return TakenOver(
        Carrying.MUST_APPLY,
        "Those admitted must apply for membership: nothing lets them roll over",
        MARKET,
    )


def dues(begins: date, numbers: Numbers, working: WorkingCalendar) -> list[Due]:
    return [
        Due("Dynamic market notice, before applications are taken", begins - ONE_DAY, MARKET),
        Due("A tender notice for each call-off", None, f"{ACT}, section 40"),
        ending_due(begins, numbers),
    ]
