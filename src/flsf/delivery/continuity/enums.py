from enum import StrEnum

from django.db.models import TextChoices


class Cause(TextChoices):
    """Why somebody must decide whether the child stays."""

    CHECK_LAPSED = "check_lapsed", "A check has lapsed"
    SUSPENDED = "suspended", "The provider is suspended"


class Choice(TextChoices):
    KEEP = "keep", "Keep the place for now"
    MOVE = "move", "Move the child"


class Ended(TextChoices):
    """Why the question stands no longer."""

    EVIDENCE = "evidence", "New evidence was seen"
    LIFTED = "lifted", "The suspension was lifted"
    PLACEMENT_ENDED = "placement_ended", "The placement ended"
    REVIEW_DUE = "review_due", "The review was due"


class Standing(TextChoices):
    """How a question stands on a day, in one word."""

    TO_DECIDE = "to_decide", "Decision due"
    KEPT = "kept", "Kept for now"
    TO_MOVE = "to_move", "To be moved"
    OVER = "over", "Over"


class Tag(StrEnum):
    ASKED = "delivery:continuity:asked"
    DECIDED = "delivery:continuity:decided"
    ENDED = "delivery:continuity:ended"
