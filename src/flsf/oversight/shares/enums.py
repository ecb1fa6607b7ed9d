from enum import StrEnum


class Trait(StrEnum):
    """What a provider is told apart by (P9)."""

    LOCAL = "Based in the borough"
    SMALL = "Small or medium-sized"
    VOLUNTARY = "Charity or community organisation"


class Crowding(StrEnum):
    """How much of the work few providers have, by the Herfindahl-Hirschman index."""

    NONE = "Nothing was paid"
    SPREAD = "Spread over many"
    CONCENTRATED = "Concentrated"
    HIGHLY = "Highly concentrated"
