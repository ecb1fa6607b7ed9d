"""The only writes of marks."""

from flsf.delivery.attendance.actions.marks import (
    AlreadyMarked,
    DoesNotFit,
    NeedsAgreement,
    NeedsReason,
    NotRunning,
    NotYet,
    correct,
    mark,
)
from flsf.delivery.attendance.actions.uploads import (
    COLUMNS,
    LATE_COLUMN,
    RowError,
    Uploaded,
    upload,
)

__all__ = [
    "COLUMNS",
    "LATE_COLUMN",
    "AlreadyMarked",
    "DoesNotFit",
    "NeedsAgreement",
    "NeedsReason",
    "NotRunning",
    "NotYet",
    "RowError",
    "Uploaded",
    "correct",
    "mark",
    "upload",
]
