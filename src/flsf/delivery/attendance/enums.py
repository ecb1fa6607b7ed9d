from enum import StrEnum

from django.db.models import TextChoices


class Came(TextChoices):
    YES = "yes", "Yes"
    LATE = "late", "Yes, late"
    NO = "no", "No"


class AbsentBecause(TextChoices):
    ILLNESS = "illness", "Ill"
    MEDICAL = "medical", "Medical appointment"
    NOT_ABLE = "not_able", "Was not able to attend"
    TRANSPORT = "transport", "Transport did not come"
    FAMILY = "family", "The family asked for the day off"
    SCHOOL = "school", "At school or elsewhere by agreement"
    NOT_KNOWN = "not_known", "Not known yet"


class NotHeldBecause(TextChoices):
    """Why the session itself did not take place. Who causes it decides who pays."""

    CHILD = "child", "The child did not come"
    PROVIDER = "provider", "We could not run it"
    SITE = "site", "The place was shut"
    WEATHER = "weather", "Weather or travel"
    CANCELLED_IN_TIME = "cancelled_in_time", "Cancelled a day or more before"


class Source(TextChoices):
    PHONE = "phone", "Marked by the worker"
    OFFICE = "office", "Marked by the provider's office"
    UPLOAD = "upload", "Uploaded register"


class Tag(StrEnum):
    MARKED = "delivery:mark:made"
    CORRECTED = "delivery:mark:corrected"
    UPLOADED = "delivery:mark:uploaded"
