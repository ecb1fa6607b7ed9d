from enum import StrEnum

from django.db.models import TextChoices


class Status(TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    QUERY = "query", "Query"
    APPROVED = "approved", "Approved"
    PAID = "paid", "Paid"


class LineKind(TextChoices):
    SESSION = "session", "Session"
    ADJUSTMENT = "adjustment", "Correction of an earlier claim"


class Flag(TextChoices):
    """Why a line wants an officer's eye before it is approved."""

    OVER_AWARD = "over_award", "More than the award allows"
    EXTRA = "extra", "Outside the agreed timetable"
    LATE_MARK = "late_mark", "Marked more than seven days after the session"
    ABSENT_PAID = "absent_paid", "The child did not come and the session is charged"
    PROVIDER_QUERY = "provider_query", "The provider asks about this line"


class Tag(StrEnum):
    DRAFTED = "money:claim:drafted"
    QUERIED = "money:claim:queried"
    SUBMITTED = "money:claim:submitted"
    APPROVED = "money:claim:approved"
    PAID = "money:claim:paid"
