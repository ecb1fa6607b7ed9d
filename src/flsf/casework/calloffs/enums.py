from enum import StrEnum

from django.db.models import TextChoices


class DirectGround(TextChoices):
    """Why this provider without a competition (rules 1.5; peers 8.4)."""

    BEST_FIT = "best_fit", "Ranked first by the published rules"
    CONTINUITY = "continuity", "The child already has this support"
    ONLY_ONE = "only_one", "The only service that can meet the need"
    PREFERENCE = "preference", "The child or parent prefers this provider"
    URGENT = "urgent", "The child is out of education and cannot wait"
    PLAN = "plan", "Named in the child's plan"
    NO_BIDS = "no_bids", "A competition was held and brought no bid that can be taken"


class Decision(TextChoices):
    AWARDED = "awarded", "Awarded"
    NOT_AWARDED = "not_awarded", "Not awarded"
    RETURNED = "returned", "Returned for changes"


class AwardStatus(TextChoices):
    AWAITING = "awaiting", "Awaiting decision"
    AWARDED = "awarded", "Awarded"
    RETURNED = "returned", "Returned for changes"
    NOT_AWARDED = "not_awarded", "Not awarded"
    ENDED = "ended", "Ended early"


class ValueRule(StrEnum):
    """The value rules looked at before support is called off, in the order they are shown."""

    MODEL = "model"
    METHOD = "method"
    RANK = "rank"
    REGISTRATION = "registration"
    CHECKS = "checks"
    HEADROOM = "headroom"
    CEILING = "ceiling"
    AGGREGATE = "aggregate"
    LIMIT = "limit"
    DETAILS_NOTICE = "details-notice"
    RETROSPECTIVE = "retrospective"


class Verdict(StrEnum):
    """Met, or a thing to weigh: what is not allowed at all is refused before it is shown."""

    MET = "met"
    NOTE = "note"
    WARNING = "warning"


class Tag(StrEnum):
    PROPOSED = "casework:award:proposed"
    AWARDED = "casework:award:awarded"
    RETURNED = "casework:award:returned"
    DECLINED = "casework:award:not-awarded"
    ENDED = "casework:award:ended"
    RECORDED = "casework:award:recorded-as-found"
    TAKEN_BACK = "casework:award:taken-back"
