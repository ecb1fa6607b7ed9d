"""When a question is asked, asked again, and how it stands."""

from dataclasses import dataclass
from datetime import date

from flsf.delivery.continuity.enums import Cause, Choice, Ended, Standing

# A place kept without what protects the child is looked at again within a school half-term.
MOST_DAYS_KEPT = 42


@dataclass(frozen=True, slots=True)
class Needed:
    """A placement about which somebody must decide, and why in words."""

    placement_id: int
    cause: Cause
    about: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was asked and still stands: what was decided, and until when."""

    choice: Choice | None
    review_on: date | None


def standing(*, choice: Choice | None, ended: Ended | None) -> Standing:
    """How a question stands: over if its cause is gone, else by what was decided."""
    if ended is not None:
        return Standing.OVER
    if choice is None:
        return Standing.TO_DECIDE
    return Standing.KEPT if choice is Choice.KEEP else Standing.TO_MOVE


def must_ask(asked: Asked | None, *, on: date) -> bool:
    """Whether a question is to be asked on a day, after the one that stands, if any does.

    Never twice at a time; again on the day to which a child was kept.
    """
    if asked is None:
        return True
    return asked.choice is Choice.KEEP and asked.review_on is not None and asked.review_on <= on


def review_fits(review_on: date, *, on: date) -> bool:
    """Whether a place may be kept until that day."""
    return 0 < (review_on - on).days <= MOST_DAYS_KEPT
