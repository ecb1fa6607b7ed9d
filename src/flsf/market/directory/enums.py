from enum import StrEnum


class Availability(StrEnum):
    """Whether a service may be offered to a child on a day, in the public's words."""

    TAKING = "Taking new children"
    FULL = "Full for now"
    OUTSIDE = "Not on the council's list"  # S306: shown, and marked
    PAUSED = "Not taking new children at the moment"


# The order fixes each word's number in the columns a search scans.
AVAILABILITY_ORDER: tuple[Availability, ...] = tuple(Availability)


class Ageing(StrEnum):
    """How long ago somebody said that a listing is right (S7)."""

    FRESH = "fresh"
    AGEING = "ageing"
    OLD = "old"


class Tag(StrEnum):
    LOOKED_FOR = "market:search:found-nothing"
    LISTED = "market:listing:listed"
