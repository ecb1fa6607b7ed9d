"""Reads of evaluations."""

from flsf.market.evaluation.queries.basis import judged_by, not_judged, shown_by, shown_in
from flsf.market.evaluation.queries.decided import (
    Decided,
    Line,
    Summary,
    are_in,
    decided_in,
    earlier_decisions,
    summary,
    undecided_in,
)
from flsf.market.evaluation.queries.evaluating import (
    ClarificationRow,
    Clock,
    InRound,
    Seen,
    Stood,
    Waiting,
    agreed_before,
    criteria,
    final_of,
    in_round,
    marks_of,
    of_application,
    open_question,
    questions_to,
    queue,
    seen,
    standing,
    to_mark,
)
from flsf.market.evaluation.queries.interests import (
    KeptFromIt,
    has_interest_in,
    is_kept_from,
    kept_from,
    refuse_if_kept,
    says_of_deciding,
)
from flsf.market.evaluation.queries.numbers import (
    NumberSettledRow,
    Shared,
    is_settled,
    numbers_of,
    settled_numbers,
    shared_numbers,
    unclear_applications,
)
from flsf.market.evaluation.queries.telling import (
    TellingRow,
    barred,
    decisions_of,
    hold_telling,
    is_barred_for_good,
    look_at_decisions,
    look_at_exclusions,
    refuse_excluded,
    refuse_unclear,
    refuse_undecided,
    telling,
    telling_with_id,
    tellings,
)
from flsf.market.evaluation.queries.times import (
    Joining,
    Measured,
    acknowledgement_times,
    decision_times,
    joining_times,
    measured,
)
from flsf.market.evaluation.queries.trail import (
    Declared,
    Judged,
    Trail,
    declared,
    judged,
    questions_put,
    told_at,
    trails,
)

__all__ = [
    "ClarificationRow", "Clock", "Decided", "Declared", "InRound", "Joining", "Judged",
    "KeptFromIt", "Line", "Measured", "NumberSettledRow", "Seen", "Shared", "Stood", "Summary",
    "TellingRow", "Trail", "Waiting", "acknowledgement_times", "agreed_before", "are_in", "barred",
    "criteria", "decided_in", "decision_times", "decisions_of", "declared", "earlier_decisions",
    "final_of", "has_interest_in", "hold_telling", "in_round", "is_barred_for_good",
    "is_kept_from", "is_settled", "joining_times", "judged", "judged_by", "kept_from",
    "look_at_decisions", "look_at_exclusions", "marks_of", "measured", "not_judged", "numbers_of",
    "of_application", "open_question", "questions_put", "questions_to", "queue", "refuse_excluded",
    "refuse_if_kept", "refuse_unclear", "refuse_undecided", "says_of_deciding", "seen",
    "settled_numbers", "shared_numbers", "shown_by", "shown_in", "standing", "summary", "telling",
    "telling_with_id", "tellings", "to_mark", "told_at", "trails", "unclear_applications",
    "undecided_in",
]  # fmt: skip
