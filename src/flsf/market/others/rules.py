"""What is told of help that is not on the framework."""

from dataclasses import dataclass

from flsf.core.geo import Point
from flsf.market.providers.enums import Cost, Mode, Sector

OLDEST = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherFacts:
    """What it is, how to get it, what to expect, and who runs it. Sets are bit masks (core)."""

    name: str
    run_by: str
    sector: Sector
    mode: Mode
    cost: Cost
    what_it_is: str
    how_to_get_it: str = ""
    what_to_expect: str = ""
    link: str = ""
    phone: str = ""
    email: str = ""
    lowest_age: int = 0
    highest_age: int = OLDEST
    needs_mask: int = 0  # nothing: for any need
    access_mask: int = 0
    qualities_mask: int = 0
    when: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOther:
    """Help to take in from another list: which list, and what it is called there."""

    facts: OtherFacts
    source: str
    source_id: str
    point: Point | None = None


def ages_fit(lowest: int, highest: int) -> bool:
    """Whether somebody up to 25 could use it."""
    return 0 <= lowest <= highest <= OLDEST
