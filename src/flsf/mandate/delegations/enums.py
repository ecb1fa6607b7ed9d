from enum import StrEnum

from django.db.models import TextChoices


class Power(TextChoices):
    """What is delegated (cabinet report, paragraph 4)."""

    JOIN = "join", "Award framework agreements: who joins"
    CALL_OFF = "call_off", "Award call-offs under the framework"
    EXTEND = "extend", "Extend the framework's term"


class Tag(StrEnum):
    RECORDED = "mandate:delegation:recorded"
    ENDED = "mandate:delegation:ended"
