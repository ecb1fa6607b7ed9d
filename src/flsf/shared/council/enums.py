from enum import StrEnum


class Tag(StrEnum):
    TOLD = "shared:council:told"
