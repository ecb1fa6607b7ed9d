"""Reads of agreements, of what they say, of who accepted them, and of changes of model."""

from flsf.market.agreements.queries.changing import (
    Change,
    Step,
    admissions_with,
    changes,
    found_word,
    in_force,
    line,
    lines,
    of_admissions,
    of_round,
    provider_outcomes,
    standings,
    with_ref,
)
from flsf.market.agreements.queries.papers import (
    Accepted,
    Addressed,
    Issued,
    Said,
    addressed,
    addressed_to,
    file_of,
    own_paper_with_ref,
    own_papers,
    paper_with_ref,
    papers,
    to_remind,
    writing_of,
)
from flsf.market.agreements.queries.parties import (
    NoAgreement,
    refuse_unless_party,
    why_none,
    without,
)
from flsf.market.agreements.queries.terms import ToWrite, terms

__all__ = [
    "Accepted", "Addressed", "Change", "Issued", "NoAgreement", "Said", "Step", "ToWrite",
    "addressed", "addressed_to", "admissions_with", "changes", "file_of", "found_word",
    "in_force", "line", "lines", "of_admissions", "of_round",
    "own_paper_with_ref", "own_papers", "paper_with_ref", "papers", "provider_outcomes",
    "refuse_unless_party", "standings", "terms", "to_remind",
    "why_none", "with_ref", "without", "writing_of",
]  # fmt: skip
