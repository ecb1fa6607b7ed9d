from enum import StrEnum

from django.db.models import TextChoices


class Hold(TextChoices):
    HELD = "held", "Held while a decision is made"
    BOOKED = "booked", "Booked"


class Tag(StrEnum):
    HELD = "casework:booking:held"
    BOOKED = "casework:booking:booked"
    RELEASED = "casework:booking:released"
