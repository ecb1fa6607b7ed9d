from enum import StrEnum

from django.db.models import TextChoices


class Status(TextChoices):
    TO_COME = "to_come", "Not open yet"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    ANSWERED = "answered", "Everyone has been told"
    WITHDRAWN = "withdrawn", "Will not be held"


class Notice(TextChoices):
    """The procurement notices that may be published of a round (Procurement Act 2023)."""

    ENGAGEMENT = "UK2", "UK2 Preliminary market engagement"
    PLANNED = "UK3", "UK3 Planned procurement"
    TENDER = "UK4", "UK4 Tender"
    TRANSPARENCY = "UK5", "UK5 Transparency"
    AWARD = "UK6", "UK6 Contract award"
    DETAILS = "UK7", "UK7 Contract details"
    TERMINATION = "UK11", "UK11 Contract termination"
    PROCUREMENT_TERMINATION = "UK12", "UK12 Procurement termination"
    MARKET = "UK13", "UK13 Dynamic market"


class Tag(StrEnum):
    OPENED = "mandate:round:opened"
    REOPENED = "mandate:round:framework-reopened"
    CLOSED = "mandate:round:closed"
    STOPPED = "mandate:round:stopped"
    ROLLED = "mandate:round:rolled-on"
    ANSWERED = "mandate:round:summaries-sent"
    NOTICE_RECORDED = "mandate:round:notice-recorded"
    TAKEN_IN = "mandate:round:taken-in"
