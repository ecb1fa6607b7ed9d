from enum import StrEnum

from django.db.models import TextChoices


class Theme(TextChoices):
    """The four check groups of the cabinet report and DfE's voluntary standards (E21)."""

    LEGAL = "legal", "Legal and financial"
    SAFEGUARDING = "safeguarding", "Safeguarding"
    HEALTH_AND_SAFETY = "health_and_safety", "Health and safety"
    ADMISSIONS = "admissions", "Admissions, guidance and support"
    QUALITY = "quality", "Quality of education"


class Standing(TextChoices):
    IN_DATE = "in_date", "In date"
    DUE_SOON = "due_soon", "Due soon"
    OVERDUE = "overdue", "Overdue"
    NOT_NEEDED = "not_needed", "Not needed"


class Tag(StrEnum):
    REQUIRED = "market:check:required"
    SEEN = "market:evidence:seen"
