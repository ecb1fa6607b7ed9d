from enum import StrEnum

from django.db.models import TextChoices


class Kind(TextChoices):
    POSITION = "position", "Position on compliance"
    CHALLENGE = "challenge", "Challenge"
    CONFLICT = "conflict", "Conflicts assessment"
    RISK = "risk", "Risk"
    WATCH = "watch", "Guidance to watch"
    APPRAISAL = "appraisal", "Options appraisal"
    ADVICE = "advice", "Legal advice"
    DISCUSSION = "discussion", "Discussion"
    PRINCIPLE = "principle", "Finding on a principle"
    DRIVER = "driver", "Policy driver"


class RequirementKind(TextChoices):
    """What the framework asks for, and may answer a policy driver."""

    CRITERION = "criterion", "Criterion"
    THEME = "theme", "Theme of the questions"
    STANDARD = "standard", "Standard"
    LOT = "lot", "Lot"


class FieldKind(StrEnum):
    LINE = "line"
    WORDS = "words"  # several lines
    DAY = "day"
    CHOICE = "choice"


class Tag(StrEnum):
    ADDED = "mandate:entry:added"
    CHANGED = "mandate:entry:changed"
    CLOSED = "mandate:entry:closed"
    DECLARED = "mandate:conflict:declared"
    ANSWERS_SAID = "mandate:driver:answers-said"
