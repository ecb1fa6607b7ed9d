"""What families look for in a place besides needs: how it is, and for whom (S85, S89)."""

from collections.abc import Iterable
from enum import StrEnum


class Quality(StrEnum):
    FEELINGS = "feelings"
    CALM = "calm"
    SMALL = "small"
    DIFFERENT = "different"
    HOME_EDUCATED = "home_educated"
    COMPLEX = "complex"
    SPECIALIST = "specialist"
    BESPOKE = "bespoke"
    BLENDED = "blended"

    @property
    def label(self) -> str:
        return PLAIN[self]

    @property
    def bit(self) -> int:
        return 1 << ORDER.index(self)


# The order fixes each quality's bit for good: add at the end, never move.
ORDER: tuple[Quality, ...] = tuple(Quality)

PLAIN: dict[Quality, str] = {
    Quality.FEELINGS: "Help with feelings and mental health",
    Quality.CALM: "A calm space",
    Quality.SMALL: "A small setting",
    Quality.DIFFERENT: "A place that is not like school",
    Quality.HOME_EDUCATED: "For children taught at home by their family",
    Quality.COMPLEX: "For complex needs",
    Quality.SPECIALIST: "Specialist staff",
    Quality.BESPOKE: "Shaped around one child",
    Quality.BLENDED: "Part in person, part online",
}

CHOICES: list[tuple[str, str]] = [(one.value, one.label) for one in ORDER]


def to_mask(qualities: Iterable[Quality]) -> int:
    """The set as a bit mask."""
    mask = 0
    for one in qualities:
        mask |= one.bit
    return mask


def from_mask(mask: int) -> list[Quality]:
    """The qualities of a bit mask, in their fixed order."""
    return [one for one in ORDER if mask & one.bit]
