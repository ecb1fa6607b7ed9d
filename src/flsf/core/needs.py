"""The needs a service can meet and a child can have, and how a set of them is kept.

The codes are those of the SEN2 and school census collections, grouped in the four broad
areas of the SEND Code of Practice 2015 (6.28-6.35); two more are ours, for children who
are out of school for reasons that have no code of their own. A set of needs is kept as a
bit mask, so that a database and an array ask the same question in the same words.
"""

from enum import StrEnum

from flsf.core.masks import Bit, of_mask, to_mask


class Area(StrEnum):
    COMMUNICATION = "Communication and interaction"
    COGNITION = "Thinking and learning"
    SEMH = "Feelings and mental health"
    SENSORY = "Senses and body"
    OTHER = "Other reasons"


class Need(Bit):
    ASD = "ASD"
    SLCN = "SLCN"
    SPLD = "SPLD"
    MLD = "MLD"
    SLD = "SLD"
    PMLD = "PMLD"
    DS = "DS"
    SEMH = "SEMH"
    HI = "HI"
    VI = "VI"
    MSI = "MSI"
    PD = "PD"
    OTH = "OTH"
    EBSA = "EBSA"
    MED = "MED"

    @property
    def label(self) -> str:
        return PLAIN[self]

    @property
    def area(self) -> Area:
        return AREAS[self]


ORDER: tuple[Need, ...] = tuple(Need)

PLAIN: dict[Need, str] = {
    Need.ASD: "Autism",
    Need.SLCN: "Speech, language and communication",
    Need.SPLD: "Specific learning difficulty, such as dyslexia",
    Need.MLD: "Moderate learning difficulty",
    Need.SLD: "Severe learning difficulty",
    Need.PMLD: "Profound and multiple learning difficulty",
    Need.DS: "Down syndrome",
    Need.SEMH: "Social, emotional and mental health",
    Need.HI: "Hearing",
    Need.VI: "Sight",
    Need.MSI: "Hearing and sight together",
    Need.PD: "Physical disability",
    Need.OTH: "Another need",
    Need.EBSA: "Anxious about going to school",
    Need.MED: "A medical condition",
}

AREAS: dict[Need, Area] = {
    Need.ASD: Area.COMMUNICATION,
    Need.SLCN: Area.COMMUNICATION,
    Need.SPLD: Area.COGNITION,
    Need.MLD: Area.COGNITION,
    Need.SLD: Area.COGNITION,
    Need.PMLD: Area.COGNITION,
    Need.DS: Area.COGNITION,
    Need.SEMH: Area.SEMH,
    Need.HI: Area.SENSORY,
    Need.VI: Area.SENSORY,
    Need.MSI: Area.SENSORY,
    Need.PD: Area.SENSORY,
    Need.OTH: Area.OTHER,
    Need.EBSA: Area.SEMH,
    Need.MED: Area.OTHER,
}

CHOICES: list[tuple[str, str]] = [(need.value, need.label) for need in ORDER]


def from_mask(mask: int) -> list[Need]:
    """The needs of a bit mask, in their fixed order."""
    return of_mask(Need, mask)


__all__ = ["AREAS", "CHOICES", "ORDER", "PLAIN", "Area", "Need", "from_mask", "to_mask"]
