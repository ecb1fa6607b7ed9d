from enum import StrEnum

from django.db.models import TextChoices


class StaffRole(TextChoices):
    """What somebody does there: it decides which checks they need."""

    LEADER = "leader", "Leads or manages"
    TEACHER = "teacher", "Teaches"
    MENTOR = "mentor", "Mentors, coaches or supports"
    THERAPIST = "therapist", "Gives therapy"
    VOLUNTEER = "volunteer", "Volunteers"
    GOVERNOR = "governor", "Proprietor, trustee or board member"
    OFFICE = "office", "Works in the office"


ROLE_ORDER = tuple(StaffRole)


def role_bit(role: StaffRole) -> int:
    """A role as one bit, for masks of several."""
    return 1 << ROLE_ORDER.index(role)


class Level(TextChoices):
    """The level of a disclosure and barring check."""

    ENHANCED_BARRED = "enhanced_barred", "Enhanced, with the barred list"
    ENHANCED = "enhanced", "Enhanced"
    STANDARD = "standard", "Standard"
    BASIC = "basic", "Basic"


class Confirmation(TextChoices):
    CONFIRMED = "confirmed", "Confirmed"
    NOT_CONFIRMED = "not_confirmed", "Not confirmed yet"


class Tag(StrEnum):
    ADDED = "market:staff:added"
    LEFT = "market:staff:left"
    CHECK_RECORDED = "market:staff:check-recorded"
    CONFIRMED = "market:staff:confirmed"
    TAKEN_IN = "market:staff:taken-in"
    ASSURED = "market:assurance:given"
