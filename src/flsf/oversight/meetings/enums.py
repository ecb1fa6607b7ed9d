from enum import StrEnum

from django.db.models import TextChoices


class Topic(TextChoices):
    """What a contract review meeting may look at."""

    QUALITY = "quality", "Quality of the support, and what children say of it"
    SAFEGUARDING = "safeguarding", "Safeguarding and checks"
    ATTENDANCE = "attendance", "Attendance and outcomes"
    STAFF = "staff", "Staff: who came, who left, who is hard to find"
    MONEY = "money", "Prices, claims and when they are paid"
    PLACES = "places", "Places, and what is needed next"
    PROMISES = "promises", "Social value and climate"
    FUTURE = "future", "How safe their future is"
    ACTIONS = "actions", "What was agreed last time"


class Side(TextChoices):
    """Who is to do what was agreed."""

    COUNCIL = "council", "The council"
    PROVIDER = "provider", "The provider"


class Status(TextChoices):
    """Where an agreed action stands."""

    OPEN = "open", "To be done"
    SAID_DONE = "said_done", "The provider says it is done"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"


SETTLED = frozenset({Status.DONE, Status.DROPPED})


class Standing(TextChoices):
    """Whether a provider's next meeting presses."""

    IN_TIME = "in_time", "Not due yet"
    DUE_SOON = "due_soon", "Due soon"
    OVERDUE = "overdue", "Overdue"


class Tag(StrEnum):
    HELD = "oversight:meeting:held"
    CORRECTED = "oversight:meeting:corrected"
    AGREED = "oversight:meeting:action-agreed"
    CHANGED = "oversight:meeting:action-changed"
    SAID_DONE = "oversight:meeting:action-said-done"
    SETTLED = "oversight:meeting:action-settled"
    SENT_BACK = "oversight:meeting:action-not-done"
