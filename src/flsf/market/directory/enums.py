from enum import StrEnum

from django.db.models import TextChoices


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


class Source(TextChoices):
    """Where we know from that something is missing."""

    SEARCH = "search", "A search that found nothing"
    REFERRAL = "referral", "A referral that nothing fits"


class GroupSize(StrEnum):
    """How many children there are at most, in the words families choose by."""

    ONE = "one"
    FEW = "few"
    MORE = "more"

    @property
    def label(self) -> str:
        return GROUP_WORDS[self]


GROUP_ORDER: tuple[GroupSize, ...] = tuple(GroupSize)
GROUP_WORDS = {
    GroupSize.ONE: "One to one",
    GroupSize.FEW: "Up to 6 together",
    GroupSize.MORE: "7 or more together",
}


class Tag(StrEnum):
    PHRASE_ADDED = "market:directory:phrase-added"
    PHRASE_RETIRED = "market:directory:phrase-retired"
    NEIGHBOUR_ADDED = "market:directory:neighbour-added"
    NEIGHBOUR_RETIRED = "market:directory:neighbour-retired"
    TOLD = "market:search:told"
    NO_MATCH = "market:search:no-match"
    LOOKED_FOR = "market:search:found-nothing"
    LISTED = "market:listing:listed"
