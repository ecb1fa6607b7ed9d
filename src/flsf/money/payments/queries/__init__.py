"""Reads of claims: their lists and lines, and what an open claim ought to say."""

from flsf.money.payments.queries.claims import (
    AwardSum,
    Charged,
    ClaimLine,
    Row,
    as_row,
    charged_by_child,
    claims,
    exceptions_first,
    last_charged,
    months_of,
    sums_by_award,
    to_settle,
    waits,
    with_ref,
)
from flsf.money.payments.queries.wanted import lines_wanted

__all__ = [
    "AwardSum",
    "Charged",
    "ClaimLine",
    "Row",
    "as_row",
    "charged_by_child",
    "claims",
    "exceptions_first",
    "last_charged",
    "lines_wanted",
    "months_of",
    "sums_by_award",
    "to_settle",
    "waits",
    "with_ref",
]
