from enum import StrEnum

from django.db.models import TextChoices


class Channel(TextChoices):
    EMAIL = "email", "Email"
    TEXT = "text", "Text message"
    LETTER = "letter", "Letter"


class Delivery(TextChoices):
    WAITING = "waiting", "Waiting to be sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Could not be sent"


class Tag(StrEnum):
    QUEUED = "shared:message:queued"
    SENT = "shared:message:sent"
    FAILED = "shared:message:failed"
