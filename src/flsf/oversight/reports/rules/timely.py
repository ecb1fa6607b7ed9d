"""How soon support begins, and whether it is the child's own (S117; cabinet report, paragraph 25).

Days are calendar days. A median of nothing is None.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from flsf.casework.referrals.enums import Ground


@dataclass(frozen=True, slots=True)
class Began:
    """A referral: why it was made, when it came, and what came of it."""

    ground: Ground
    received_on: date
    first_session_on: date | None
    has_placement: bool
    has_goals: bool  # of this child's own, on a placement that came of it
    is_open: bool

    @property
    def days(self) -> int | None:
        """From the day it came to the first session that took place, not below nothing."""
        if self.first_session_on is None:
            return None
        return max((self.first_session_on - self.received_on).days, 0)


@dataclass(frozen=True, slots=True)
class Timely:
    """Of several referrals. `median` is exact, to half a day."""

    asked: int
    began: int
    median: Fraction | None
    longest: int | None
    waiting: int  # open, and no session yet
    placed: int
    tailored: int


def timely(every: Iterable[Began]) -> Timely:
    """The figures of those referrals."""
    found = list(every)
    days = sorted(one.days for one in found if one.days is not None)
    placed = [one for one in found if one.has_placement]
    return Timely(
        asked=len(found),
        began=len(days),
        median=_median(days),
        longest=days[-1] if days else None,
        waiting=sum(one.is_open and one.days is None for one in found),
        placed=len(placed),
        tailored=sum(one.has_goals for one in placed),
    )


def _median(days: list[int]) -> Fraction | None:
    if not days:
        return None
    middle = len(days) // 2
    return Fraction(days[middle] + days[-middle - 1], 2)
