from enum import StrEnum

from django.db.models import TextChoices


class Status(TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    QUERY = "query", "Query"
    APPROVED = "approved", "Approved"
    PAID = "paid", "Paid"


# While a claim has one of these, its lines still follow the marks.
OPEN = frozenset({Status.DRAFT, Status.QUERY})


class LineKind(TextChoices):
    SESSION = "session", "Session"
    ADJUSTMENT = "adjustment", "Correction of an earlier claim"


class Flag(TextChoices):
    """Why a line wants an officer's eye before it is approved."""

    OVER_AWARD = "over_award", "More than the award allows"
    OUTSIDE_DATES = "outside_dates", "Outside the award's dates"
    EXTRA = "extra", "Outside the agreed timetable"
    RATE_CHANGED = "rate_changed", "Not the rate the award was made at"
    LATE_MARK = "late_mark", "Marked more than seven days after the session"
    ABSENT_PAID = "absent_paid", "The child did not come and the session is charged"
    PROVIDER_QUERY = "provider_query", "The provider asks about this line"


class Tag(StrEnum):
    DRAFTED = "money:claim:drafted"
    QUERIED = "money:claim:queried"
    SUBMITTED = "money:claim:submitted"
    SENT_BACK = "money:claim:sent-back"
    APPROVED = "money:claim:approved"
    PAID = "money:claim:paid"
