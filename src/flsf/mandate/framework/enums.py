from enum import StrEnum

from django.db.models import TextChoices


class CommercialModel(TextChoices):
    PSEUDO_DPS = "pseudo_dps", "Pseudo-dynamic purchasing system"
    LIGHT_TOUCH_CLOSED = "light_touch_closed", "Light-touch framework, closed"
    OPEN_FRAMEWORK = "open_framework", "Open framework"
    DYNAMIC_MARKET = "dynamic_market", "Dynamic market"
    SPOT = "spot", "Spot purchase below threshold"


class Regime(TextChoices):
    LIGHT_TOUCH = "light_touch", "Procurement Act 2023, light touch"
    PROVIDER_SELECTION = "provider_selection", "Provider Selection Regime (health care)"
    BELOW_THRESHOLD = "below_threshold", "Below threshold"


class PublishedKind(TextChoices):
    CRITERIA = "criteria", "What a provider must show"
    CALL_OFF_METHOD = "call_off_method", "How call-offs are made"
    MEASURES = "measures", "How performance is measured"


class Unit(TextChoices):
    HOUR = "hour", "an hour"
    SESSION = "session", "a half-day session"
    DAY = "day", "a day"
    WEEK = "week", "a week"
    PLACE_YEAR = "place_year", "a place for a year"


class SpendLine(TextChoices):
    """The types of provision of the cabinet report, paragraph 9."""

    AP = "ap", "Alternative provision"
    ONLINE = "online", "Online tutoring and mentoring"
    IN_PERSON = "in_person", "In-person tutoring and mentoring"
    POST_16 = "post_16", "Post-16 support"
    MENTORING = "mentoring", "Dedicated mentoring"
    TUTORING = "tutoring", "Tutoring"
    PERSONAL_BUDGET = "personal_budget", "Personal budgets"
    EOTAS = "eotas", "Education otherwise than at school"
    THERAPY = "therapy", "Therapy"
    OTHER = "other", "Other"


class Tag(StrEnum):
    ESTABLISHED = "mandate:framework:established"
    CHANGED = "mandate:framework:changed"
    EXTENDED = "mandate:framework:extended"
    MODEL_SET = "mandate:framework:model-set"
    REOPENED = "mandate:framework:reopened"
    MODEL_WITHDRAWN = "mandate:framework:model-withdrawn"
    CRITERIA_PUBLISHED = "mandate:framework:criteria-published"
    MEASURES_PUBLISHED = "mandate:framework:measures-published"
    LOT_OPENED = "mandate:lot:opened"
    LOT_CHANGED = "mandate:lot:changed"
