"""The eight-year plan of the cabinet report, and two others to hold it against."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from flsf.core.dates import anniversary
from flsf.oversight.reports.rules.projection import Plan, by_year, years_of

YEARS = 8
PROJECTED_PENCE = 6_850_000_000  # paragraph 14
SPENT_PENCE = 337_000_000  # paragraph 9, 2024/25
BASE_PENCE = 800_000_000  # implied: the report does not state it

LOW, CENTRAL, HIGH = "Low", "Central", "High"
PLANS: Mapping[str, Plan] = {
    LOW: Plan(SPENT_PENCE, Fraction(15, 1000), YEARS),
    CENTRAL: Plan(BASE_PENCE, Fraction(15, 1000), YEARS),
    HIGH: Plan(BASE_PENCE, Fraction(50, 1000), YEARS),
}
IN_WORDS: Mapping[str, str] = {
    LOW: "what was spent in 2024/25, £3.37 million, growing by 1.5 % a year",
    CENTRAL: "£8.0 million a year, the base that £68.5 million implies, growing by 1.5 % a year",
    HIGH: "the same base growing by 5 % a year",
}


@dataclass(frozen=True, slots=True)
class Bridge:
    """What was spent, the blocks an officer accounts for, and what nobody does. Pence."""

    spent: int
    blocks: tuple[tuple[str, int], ...]
    base: int

    @property
    def unexplained(self) -> int:
        return self.base - self.spent - sum(pence for _, pence in self.blocks)


def bridge(blocks: tuple[tuple[str, int], ...]) -> Bridge:
    """From the year's spending that the report states to the base it implies (P2)."""
    return Bridge(SPENT_PENCE, blocks, BASE_PENCE)


def year_labels(starts_on: date) -> list[str]:
    """The plan's eight years as the axis names them."""
    return years_of(starts_on, YEARS)


def year_number(day: date, *, starts_on: date) -> int | None:
    """Which year of the plan a day is in, 0 the first; None outside it."""
    for number in range(YEARS):
        if anniversary(starts_on, number) <= day < anniversary(starts_on, number + 1):
            return number
    return None


def planned_to(day: date, *, starts_on: date) -> int | None:
    """What the central plan has spent from its year's first day to this one, in pence.

    Evenly over the days of the year, both ends counted, a half penny up; None outside it.
    """
    number = year_number(day, starts_on=starts_on)
    if number is None:
        return None
    first, following = anniversary(starts_on, number), anniversary(starts_on, number + 1)
    share = Fraction((day - first).days + 1, (following - first).days)
    return (by_year(PLANS[CENTRAL])[number] * share + Fraction(1, 2)).__floor__()
