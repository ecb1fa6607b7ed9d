from enum import StrEnum

from django.db.models import TextChoices


class Kind(TextChoices):
    STANDARDS = "standards", "Standards"
    SAFEGUARDING = "safeguarding", "Safeguarding procedure"
    SUSTAINABILITY = "sustainability", "Sustainability expectations"


class Outcome(TextChoices):
    """What somebody of the council found when they checked a provider against a version."""

    MET = "met", "Meets the standards"
    PARTLY = "partly", "Meets them in part"
    NOT_MET = "not_met", "Does not meet them"


class Tag(StrEnum):
    PUBLISHED = "market:standard:published"
    ACKNOWLEDGED = "market:standard:acknowledged"
    CHECKED = "market:standard:provider-checked"
