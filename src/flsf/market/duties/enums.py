from enum import StrEnum


class Standing(StrEnum):
    PUBLISHED = "Published"
    OLD = "Not looked at for a year"
    MISSING = "Missing"


class Tag(StrEnum):
    CHECKED = "market:duty:checked"
