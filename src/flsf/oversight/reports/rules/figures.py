"""The figures of the cabinet report of 29 January 2026, each held against its own sum.

A figure is exact, rounds to what is stated, implies something the report leaves out, or
contradicts another figure. The state is worked out here, never typed in. £68.5 million does
not follow from £3.37 million, and nothing here says that it does (design decision 7).
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from flsf.oversight.reports.enums import State

# How many more places than the report's a sum is shown to, by the unit.
CLOSER = {"million": 3, "£": 2, "%": 2}


@dataclass(frozen=True, slots=True)
class Check:
    """A stated figure, the sum behind it, and what the sum comes to.

    `stated` is the figure in the same unit as `comes_to`, given to `places` decimal places;
    None: the report does not state it, so the sum only shows what it implies.
    """

    key: str
    where: str
    says: str
    formula: str
    inputs: str
    comes_to: Fraction
    unit: str
    places: int
    stated: Fraction | None = None
    meaning: str = ""


def judged(check: Check) -> State:
    """How the stated figure stands to the sum."""
    if check.stated is None:
        return State.IMPLIES
    if check.comes_to == check.stated:
        return State.EXACT
    if rounded(check.comes_to, check.places) == rounded(check.stated, check.places):
        return State.ROUNDS_TO
    return State.CONTRADICTS


def rounded(value: Fraction, places: int) -> Decimal:
    """To so many decimal places, a half away from nothing; below no places, to tens."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def in_words(check: Check, value: Fraction) -> str:
    """A value with its unit, to a few more places than the report states."""
    before, _, after = check.unit.partition("{}")
    kind = next((word for word in CLOSER if word in check.unit), "")
    places = check.places
    if value != rounded(value, places):
        places += CLOSER.get(kind, 1)
    number = rounded(value, places)
    if before.startswith("the year"):
        return f"{before}{number}{after}"
    text = f"{number:,}"
    if kind != "£" and "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{before}{text}{after}"
