"""What may be told of support that will be needed."""

from dataclasses import dataclass
from datetime import date

LONGEST_AHEAD_YEARS = 8  # no framework lasts longer


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningFacts:
    """What will be needed, of which lot and from when. No child can be told from it."""

    lot_id: int
    title: str
    words: str
    needed_from: date
    how_to_prepare: str = ""


def is_in_time(needed_from: date, *, on: date) -> bool:
    """Whether a day is still to come, and near enough to plan for."""
    return on <= needed_from and needed_from.year <= on.year + LONGEST_AHEAD_YEARS
