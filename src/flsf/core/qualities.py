"""What families look for in a place besides needs: how it is, and for whom (S85, S89)."""

from flsf.core.masks import Bit, of_mask, to_mask


class Quality(Bit):
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


def from_mask(mask: int) -> list[Quality]:
    """The qualities of a bit mask, in their fixed order."""
    return of_mask(Quality, mask)


__all__ = ["CHOICES", "ORDER", "PLAIN", "Quality", "from_mask", "to_mask"]
