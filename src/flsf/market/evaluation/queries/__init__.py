"""Reads of evaluations."""

from flsf.market.evaluation.queries.decided import (
    Decided,
    Line,
    Summary,
    are_in,
    decided_in,
    summary,
    undecided_in,
)
from flsf.market.evaluation.queries.evaluating import (
    Clock,
    InRound,
    Seen,
    Waiting,
    criteria,
    in_round,
    is_kept_from,
    marks_of,
    of_application,
    open_question,
    questions_to,
    queue,
    seen,
)

__all__ = [
    "Clock", "Decided", "InRound", "Line", "Seen", "Summary", "Waiting", "are_in", "criteria",
    "decided_in", "in_round", "is_kept_from", "marks_of", "of_application", "open_question",
    "questions_to", "queue", "seen", "summary", "undecided_in",
]  # fmt: skip
