"""What is bought from a provider between two days. Days are inclusive, money integer pence."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil


@dataclass(frozen=True, slots=True)
class Bought:
    """An award: its days, and the most it can cost with VAT."""

    starts_on: date
    ends_on: date
    gross_pence: int


def share(one: Bought, *, first: date, last: date) -> int:
    """The part of an award's price that falls between two days, by calendar days, rounded up.

    Rounded up so that a waiver is never for less than may be spent under it.
    """
    days = _days(max(one.starts_on, first), min(one.ends_on, last))
    whole = _days(one.starts_on, one.ends_on)
    return ceil(Fraction(one.gross_pence * days, whole)) if whole else 0


def _days(first: date, last: date) -> int:
    return max((last - first).days + 1, 0)
