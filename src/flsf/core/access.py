"""What a place or a worker can offer so that a child can take part, kept as a bit mask."""

from flsf.core.masks import Bit, of_mask, to_mask


class Access(Bit):
    STEP_FREE = "step_free"
    QUIET_SPACE = "quiet_space"
    HEARING_LOOP = "hearing_loop"
    ACCESSIBLE_TOILET = "accessible_toilet"
    FEMALE_WORKER = "female_worker"
    MALE_WORKER = "male_worker"
    SIGN_LANGUAGE = "sign_language"
    TRANSPORT_HELP = "transport_help"

    @property
    def label(self) -> str:
        return PLAIN[self]


ORDER: tuple[Access, ...] = tuple(Access)

PLAIN: dict[Access, str] = {
    Access.STEP_FREE: "No steps",
    Access.QUIET_SPACE: "A quiet space",
    Access.HEARING_LOOP: "A hearing loop",
    Access.ACCESSIBLE_TOILET: "An accessible toilet",
    Access.FEMALE_WORKER: "A female worker",
    Access.MALE_WORKER: "A male worker",
    Access.SIGN_LANGUAGE: "British Sign Language",
    Access.TRANSPORT_HELP: "Help with getting there",
}

CHOICES: list[tuple[str, str]] = [(one.value, one.label) for one in ORDER]


def from_mask(mask: int) -> list[Access]:
    """The features of a bit mask, in their fixed order."""
    return of_mask(Access, mask)


__all__ = ["CHOICES", "ORDER", "PLAIN", "Access", "from_mask", "to_mask"]
