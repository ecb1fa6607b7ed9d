from enum import StrEnum

from django.db.models import TextChoices


class Rung(TextChoices):
    """The steps of the ladder, in their order."""

    NOTE = "note", "Informal note"
    ACTION_PLAN = "action_plan", "Action plan"
    NOTICE = "notice", "Formal improvement notice"
    SUSPENDED = "suspended", "Suspended from new placements"
    REMOVED = "removed", "Removed from the pool"


class Signal(TextChoices):
    """What made us look."""

    VISIT = "visit", "A visit"
    COMPLAINT = "complaint", "A complaint"
    INCIDENT = "incident", "Something that happened"
    FIGURES = "figures", "Figures: attendance, outcomes, claims"
    EVIDENCE = "evidence", "Evidence that ran out"
    STANDARDS = "standards", "Standards are not met"
    SAFEGUARDING = "safeguarding", "A safeguarding concern"


class Tag(StrEnum):
    STEP_TAKEN = "oversight:escalation:step-taken"
    REPLIED = "oversight:escalation:replied"
    CLOSED = "oversight:escalation:closed"
