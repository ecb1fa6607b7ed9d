from enum import StrEnum


class Tag(StrEnum):
    BEGUN = "mandate:retender:begun"
    ENDED = "mandate:retender:ended"
