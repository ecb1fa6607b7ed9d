from enum import StrEnum


class Tag(StrEnum):
    ADDED = "market:other:added"
    CHANGED = "market:other:changed"
    TAKEN_OFF = "market:other:taken-off"
    CHECKED = "market:other:checked"
    FOLLOWED = "market:other:followed"
    TAKEN_OUT = "market:other:taken-out"
