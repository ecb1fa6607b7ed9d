from enum import StrEnum

from django.db.models import TextChoices


class Outcome(TextChoices):
    """What becomes of an agreement when the commercial model changes."""

    REISSUED = "reissued", "Issued again"
    OPTED_OUT = "opted_out", "Opted out"
    EXCLUDED = "excluded", "Left out: excluded or debarred"
    MUST_APPLY = "must_apply", "Must apply again"
    ENDED = "ended", "Ends"


class Stage(TextChoices):
    """How far a change of model has come."""

    REHEARSED = "rehearsed", "Rehearsed"
    CARRIED_OUT = "carried_out", "Carried out, not confirmed"
    UNDONE = "undone", "Undone"
    CONFIRMED = "confirmed", "Confirmed"


class Tag(StrEnum):
    ISSUED = "market:agreement:issued"
    REHEARSED = "market:transition:rehearsed"
    LEFT_OUT = "market:transition:provider-left-out"
    TAKEN_BACK_IN = "market:transition:provider-taken-back-in"
    CARRIED_OUT = "market:transition:carried-out"
    UNDONE = "market:transition:undone"
    CONFIRMED = "market:transition:confirmed"
