"""Pure rules of attendance: what fits together, the school's code, what typed words mean."""

from flsf.casework.timetable.rules import Agreed
from flsf.delivery.attendance.rules.codes import CODES, Coded, coded, school_code
from flsf.delivery.attendance.rules.days import (
    agreed_minutes,
    days_out_of_learning,
    giver,
    has_begun,
    is_late_mark,
    sessions,
)
from flsf.delivery.attendance.rules.facts import (
    MOST_MINUTES,
    Facts,
    Fault,
    fault_of,
    settled_minutes,
)

__all__ = [
    "CODES",
    "MOST_MINUTES",
    "Agreed",
    "Coded",
    "Facts",
    "Fault",
    "agreed_minutes",
    "coded",
    "days_out_of_learning",
    "fault_of",
    "giver",
    "has_begun",
    "is_late_mark",
    "school_code",
    "sessions",
    "settled_minutes",
]
