"""Reads of claims: their lists and lines, and what an open claim ought to say."""

from flsf.money.payments.queries.claims import (
    AwardSum,
    ClaimLine,
    Row,
    as_row,
    charged_by_child,
    claims,
    exceptions_first,
    months_of,
    sums_by_award,
    to_settle,
    with_ref,
)
from flsf.money.payments.queries.wanted import lines_wanted

__all__ = [
    "AwardSum",
    "ClaimLine",
    "Row",
    "as_row",
    "charged_by_child",
    "claims",
    "exceptions_first",
    "lines_wanted",
    "months_of",
    "sums_by_award",
    "to_settle",
    "with_ref",
]
