from enum import StrEnum


class Tag(StrEnum):
    LOOKED_FOR = "market:search:found-nothing"
    LISTED = "market:listing:listed"
