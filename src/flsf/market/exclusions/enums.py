from enum import IntEnum, StrEnum

from django.db.models import TextChoices


class Alike(TextChoices):
    """By what a provider was found on the debarment list."""

    NUMBER = "number", "The same company number"
    NAME = "name", "A name like it"


class MatchStatus(TextChoices):
    OPEN = "open", "To look at"
    THEM = "them", "It is them"
    NOT_THEM = "not_them", "It is somebody else"


class Weight(TextChoices):
    MANDATORY = "mandatory", "Mandatory: they must be excluded"
    DISCRETIONARY = "discretionary", "Discretionary: they may be excluded"


class CaseStatus(TextChoices):
    OPEN = "open", "They may answer"
    EXCLUDED = "excluded", "Excluded"
    NOT_EXCLUDED = "not_excluded", "Not excluded: it is put right"
    REPLACED = "replaced", "Not excluded: the person was replaced"
    ENDED = "ended", "The exclusion has ended"


class Bar(IntEnum):
    """Why nothing may be awarded to a supplier today (sections 45(6) and 57). Kept by number."""

    TO_SETTLE = 1
    EXCLUDED = 2
    BEING_DECIDED = 3

    @property
    def words(self) -> str:
        if self is Bar.BEING_DECIDED:
            return "It is being decided whether they are excluded (sections 57 and 58)"
        if self is Bar.EXCLUDED:
            return (
                "They are excluded from public contracts (Procurement Act 2023, sections 57 and 58)"
            )
        return "They may be on the debarment list: somebody has to say first whether it is them"


class Cause(TextChoices):
    """Why the list was gone through."""

    IMPORT = "import", "A new list was taken in"
    NIGHTLY = "nightly", "The nightly round"
    APPLIED = "applied", "Somebody applied or was put on the register"


class Tag(StrEnum):
    LIST_TAKEN_IN = "market:debarment:list-taken-in"
    SWEPT = "market:debarment:swept"
    SETTLED = "market:debarment:match-settled"
    OPENED = "market:exclusion:opened"
    ANSWERED = "market:exclusion:answered"
    DECIDED = "market:exclusion:decided"
    NOTIFIED = "market:exclusion:minister-told"
    ENDED = "market:exclusion:ended"
