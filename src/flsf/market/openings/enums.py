from enum import StrEnum


class Tag(StrEnum):
    TOLD = "market:opening:told"
    WITHDRAWN = "market:opening:withdrawn"
