"""The days that follow from an entry. A period "beginning with" a day counts that day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flsf.core.dates import last_day_beginning_with, last_day_of_months
from flsf.mandate.governance.enums import Kind
from flsf.mandate.law.enums import Key

ACT = "Procurement Act 2023"
ASKED = (
    Key.CHALLENGE_DAYS,
    Key.CHALLENGE_MOST_MONTHS,
    Key.CHALLENGE_SEED_MONTHS,
    Key.SET_ASIDE_MOST_MONTHS,
)
OVER = frozenset({"Settled", "Window closed, none came"})

MAY_COME = "May still come"


def has_come(told: Mapping[str, str]) -> bool:
    """Whether a challenge was made and is not over."""
    return told.get("standing", "") not in OVER | {"", MAY_COME}


@dataclass(frozen=True, slots=True)
class Clock:
    """A last day, what for, and by which rule. `presses`: somebody must do something by then."""

    what: str
    last_day: date
    source: str
    presses: bool = True


def clocks(kind: Kind, told: Mapping[str, str], numbers: Mapping[Key, int]) -> list[Clock]:
    """Every day that follows from what an entry says, the earliest first."""
    found = _challenge(told, numbers) if kind is Kind.CHALLENGE else _review(told)
    return sorted(found, key=lambda one: one.last_day)


def _review(told: Mapping[str, str]) -> list[Clock]:
    day = _day(told, "review_on")
    return [Clock("To be looked at again", day, "The council's own date")] if day else []


def _challenge(told: Mapping[str, str], numbers: Mapping[Key, int]) -> list[Clock]:
    """The law's windows, and beside them the one the cabinet report counts with (P35)."""
    presses = told.get("standing") not in OVER
    found = []
    if knew := _day(told, "knew_on"):
        days, months = numbers[Key.CHALLENGE_DAYS], numbers[Key.CHALLENGE_MOST_MONTHS]
        found += [
            Clock(
                f"{days} days to challenge, beginning with the day they knew",
                last_day_beginning_with(knew, days),
                f"{ACT}, section 106",
                presses,
            ),
            Clock(
                f"{months} months at most, if a court lengthens it",
                last_day_of_months(knew, months),
                f"{ACT}, section 106",
                presses=False,
            ),
        ]
    if published := _day(told, "published_on"):
        months = numbers[Key.CHALLENGE_SEED_MONTHS]
        found.append(
            Clock(
                f"{months} months from first publication, as the cabinet report counts",
                last_day_of_months(published, months),
                "Cabinet report, paragraph 47; the law counts otherwise",
                presses=False,
            )
        )
    entered = _day(told, "entered_on")
    if entered and told.get("details_notice") == "No":
        months = numbers[Key.SET_ASIDE_MOST_MONTHS]
        found.append(
            Clock(
                f"{months} months to ask that the contract be set aside: no UK7 is out",
                last_day_of_months(entered, months),
                f"{ACT}, sections 105 and 106",
                presses=False,
            )
        )
    return found


def _day(told: Mapping[str, str], name: str) -> date | None:
    said = told.get(name, "")
    return date.fromisoformat(said) if said else None
