"""How a service stands, in the standard's four words and in a sentence for people."""

from collections.abc import Mapping

from flsf.market.directory.enums import Availability

STATUS_OF: Mapping[Availability, str] = {
    Availability.TAKING: "active",
    Availability.FULL: "active",
    Availability.OUTSIDE: "active",
    Availability.PAUSED: "temporarily closed",
}
FEES = "Nothing for the family, if the council agrees the support."


def alert_of(availability: Availability) -> str:
    """What a reader should know first; empty when there is nothing out of the ordinary."""
    return "" if availability is Availability.TAKING else f"{availability.value}."


def fees_of(availability: Availability) -> str:
    """What a family pays; empty where that is not the council's to say."""
    return "" if availability is Availability.OUTSIDE else FEES
