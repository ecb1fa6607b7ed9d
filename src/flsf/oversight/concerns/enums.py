from enum import StrEnum

from django.db.models import TextChoices


class Status(TextChoices):
    NEW = "new", "New"
    BEING_HANDLED = "being_handled", "Being handled"
    CLOSED = "closed", "Closed"


class Tag(StrEnum):
    RAISED = "oversight:concern:raised"
    TAKEN = "oversight:concern:taken"
    NOTED = "oversight:concern:noted"
    CLOSED = "oversight:concern:closed"
