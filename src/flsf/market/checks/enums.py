from enum import StrEnum

from django.db.models import IntegerChoices, TextChoices


class Theme(TextChoices):
    """The four check groups of the cabinet report and DfE's voluntary standards (E21)."""

    LEGAL = "legal", "Legal and financial"
    SAFEGUARDING = "safeguarding", "Safeguarding"
    HEALTH_AND_SAFETY = "health_and_safety", "Health and safety"
    ADMISSIONS = "admissions", "Admissions, guidance and support"
    QUALITY = "quality", "Quality of education"


class Group(TextChoices):
    """The check groups of the cabinet report, paragraph 24 (S108-S111)."""

    NONE = "", "None: it says who you are"
    SAFEGUARDING = "safeguarding", "Safeguarding compliance"
    POLICIES = "policies", "Policy review"
    STAFF = "staff", "Staff suitability"
    GUIDANCE = "guidance", "Alignment with statutory guidance"


class Standing(TextChoices):
    IN_DATE = "in_date", "In date"
    DUE_SOON = "due_soon", "Due soon"
    OVERDUE = "overdue", "Overdue"
    NOT_NEEDED = "not_needed", "Not needed"


class Step(IntegerChoices):
    """When a provider is written to: so many days before evidence runs out, and once it has."""

    SIXTY = 60, "60 days before"
    THIRTY = 30, "30 days before"
    WEEK = 7, "A week before"
    LAST_DAY = 0, "On its last day"
    LAPSED = -1, "When it had lapsed"


class Outcome(TextChoices):
    """What became of something a provider said it can show."""

    ACCEPTED = "accepted", "Accepted"
    SENT_BACK = "sent_back", "Sent back"


class Tag(StrEnum):
    REQUIRED = "market:check:required"
    SEEN = "market:evidence:seen"
    TOLD = "market:evidence:told"
    ACCEPTED = "market:evidence:accepted"
    SENT_BACK = "market:evidence:sent-back"
    REMINDED = "market:evidence:reminded"
