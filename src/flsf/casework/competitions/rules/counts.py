"""How many providers could have bid, were asked and did (K10)."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one competition. `bids` are those in time and not withdrawn before the deadline."""

    eligible: int
    invited: int
    bids: int


@dataclass(frozen=True, slots=True)
class Measured:
    """Of several competitions: the medians, and how many brought a single bid."""

    counted: int
    eligible: Fraction
    bids: Fraction
    single: int


def measured(every: Iterable[Counts]) -> Measured | None:
    """What K10 asks for; None of none."""
    found = list(every)
    if not found:
        return None
    return Measured(
        counted=len(found),
        eligible=median([one.eligible for one in found]),
        bids=median([one.bids for one in found]),
        single=sum(one.bids == 1 for one in found),
    )


def median(numbers: Iterable[int]) -> Fraction:
    """The middle of them, or half way between the two in the middle."""
    found = sorted(numbers)
    middle = len(found) // 2
    return Fraction(found[middle] + found[-middle - 1], 2)
