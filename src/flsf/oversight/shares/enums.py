from enum import StrEnum


class Trait(StrEnum):
    """What a provider is told apart by (P9)."""

    LOCAL = "Local"
    SMALL = "Small or medium"
    VOLUNTARY = "Voluntary"


class Crowding(StrEnum):
    """How much of the work few providers have, by the Herfindahl-Hirschman index."""

    NONE = "Nothing was paid"
    SPREAD = "Spread over many"
    CONCENTRATED = "Concentrated"
    HIGHLY = "Highly concentrated"
