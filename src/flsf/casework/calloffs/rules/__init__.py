"""What a call-off costs, which value rules it meets, and who may decide it."""

from flsf.casework.calloffs.rules.findings import DETAILS_DAYS, Facts, Finding, findings
from flsf.casework.calloffs.rules.terms import (
    DECIDES,
    MINUTES_AN_HOUR,
    SCHOOL_DAYS_A_YEAR,
    WHOLE,
    Cost,
    Found,
    Proposal,
    Terms,
    cost,
    dates_in_words,
    ground_fits,
    is_retrospective,
    may_decide,
    may_end,
    needs_override_reason,
    rolling_window,
    session_days,
)
from flsf.casework.calloffs.rules.years import Share, YearAsked, shares

__all__ = [
    "DECIDES", "DETAILS_DAYS", "MINUTES_AN_HOUR", "SCHOOL_DAYS_A_YEAR", "WHOLE", "Cost", "Facts",
    "Finding", "Found", "Proposal", "Share", "Terms", "YearAsked", "cost", "dates_in_words",
    "findings", "ground_fits", "is_retrospective", "may_decide", "may_end",
    "needs_override_reason", "rolling_window", "session_days", "shares",
]  # fmt: skip
