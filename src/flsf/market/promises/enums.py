from enum import StrEnum

from django.db.models import TextChoices


class Measure(TextChoices):
    """What social value is counted in (cabinet report, paragraph 37; S152)."""

    JOBS = "jobs", "Local people in work"
    APPRENTICES = "apprentices", "Apprenticeships"
    TRAINING = "training", "Training or work experience places"


class Outcome(TextChoices):
    """What became of a report."""

    ACCEPTED = "accepted", "Accepted"
    SENT_BACK = "sent_back", "Sent back"


class Standing(TextChoices):
    """What was delivered beside what was promised, of one measure in one year."""

    DELIVERED = "delivered", "Delivered"
    IN_PART = "in_part", "Delivered in part"
    NOT_DELIVERED = "not_delivered", "Not delivered"
    NOT_REPORTED = "not_reported", "Not reported yet"
    MORE = "more", "Delivered without a promise"
    NOTHING = "nothing", "Nothing promised"


class Tag(StrEnum):
    PROMISED = "market:social-value:promised"
    PLAN_TOLD = "market:sustainability:plan-told"
    REPORTED = "market:social-value:reported"
    ACCEPTED = "market:social-value:accepted"
    SENT_BACK = "market:social-value:sent-back"
    REMINDED = "market:social-value:reminded"
