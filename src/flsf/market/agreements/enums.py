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


class How(TextChoices):
    """How a provider became a party to its agreement."""

    ONLINE = "online", "Accepted"
    ON_PAPER = "on_paper", "Signed on paper"


class ReplyKind(TextChoices):
    """What a provider says instead of accepting."""

    ASKED = "asked", "We have a question, or something in it is wrong"
    DECLINED = "declined", "We do not accept it"


class PaperStatus(TextChoices):
    """How an agreement stands, as it was issued to one provider."""

    WAITING = "waiting", "Not accepted yet"
    ASKED = "asked", "They have asked about it"
    DECLINED = "declined", "Declined"
    CARRIED_OVER = "carried_over", "Carried over, not accepted yet"
    ACCEPTED = "accepted", "Accepted"
    ON_PAPER = "on_paper", "Signed on paper"
    ENDED = "ended", "No longer in force"


class Tag(StrEnum):
    ISSUED = "market:agreement:issued"
    ISSUED_AGAIN = "market:agreement:issued-again"
    ACCEPTED = "market:agreement:accepted"
    SIGNED_ON_PAPER = "market:agreement:signed-on-paper"
    REPLIED = "market:agreement:replied"
    ANSWERED = "market:agreement:answered"
    REMINDED = "market:agreement:reminded"
    REHEARSED = "market:transition:rehearsed"
    LEFT_OUT = "market:transition:provider-left-out"
    TAKEN_BACK_IN = "market:transition:provider-taken-back-in"
    CARRIED_OUT = "market:transition:carried-out"
    UNDONE = "market:transition:undone"
    CONFIRMED = "market:transition:confirmed"
