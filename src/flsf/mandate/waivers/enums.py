from enum import StrEnum

from django.db.models import TextChoices


class Standing(TextChoices):
    TO_COME = "to_come", "Not started yet"
    LIVE = "live", "Live"
    OVERDUE = "overdue", "Overdue"
    ENDED = "ended", "Ended"


class Tag(StrEnum):
    GRANTED = "mandate:waiver:granted"
    ENDED = "mandate:waiver:ended"
    TAKEN_BACK = "mandate:waiver:taken-back"
