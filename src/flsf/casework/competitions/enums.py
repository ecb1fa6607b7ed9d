from enum import StrEnum

from django.db.models import TextChoices


class Window(TextChoices):
    """How long providers have to bid (peers 8.4)."""

    NORMAL = "normal", "Normal"
    URGENT = "urgent", "Urgent"


class Stage(TextChoices):
    """Where a competition is, told from what has been done and what time it is."""

    DRAFT = "draft", "Draft"
    OPEN = "open", "Open for bids"
    CLOSED = "closed", "Closed, bids not opened"
    SCORING = "scoring", "Being scored"
    MODERATION = "moderation", "To be agreed on"
    RANKED = "ranked", "Ranked, not settled"
    SETTLED = "settled", "Settled, award not made"
    AWARDED = "awarded", "Awarded"
    NOTHING = "nothing", "No bid that can be taken"
    STOPPED = "stopped", "Stopped"


class Tie(StrEnum):
    """What put one bid before another, in the published order."""

    THRESHOLD = "threshold"  # the other's score on a criterion is too low to be taken
    TOTAL = "total"
    QUALITY = "quality"
    DISTANCE = "distance"
    DRAW = "draw"


class Tag(StrEnum):
    DRAFTED = "casework:competition:drafted"
    CHANGED = "casework:competition:changed"
    WEIGHED = "casework:competition:weighed"
    PUBLISHED = "casework:competition:published"
    ADDED_TO = "casework:competition:added-to"
    ASKED = "casework:competition:asked"
    ANSWERED = "casework:competition:answered"
    BID_SEALED = "casework:bid:sealed"
    BID_LATE = "casework:bid:late"
    BID_WITHDRAWN = "casework:bid:withdrawn"
    OPENED = "casework:competition:opened"
    SCORER_NAMED = "casework:competition:scorer-named"
    MARKED = "casework:bid:marked"
    FINISHED = "casework:competition:scorer-finished"
    MODERATED = "casework:competition:moderated"
    PASSED_OVER = "casework:bid:passed-over"
    SETTLED = "casework:competition:settled"
    AWARDED = "casework:competition:awarded"
    STOPPED = "casework:competition:stopped"
