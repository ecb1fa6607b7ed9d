"""Reads of question sets, applications, and what was sent."""

from flsf.market.applications.queries.joining import Sent, completion, sent_between
from flsf.market.applications.queries.reading import (
    Frozen,
    Full,
    Listed,
    Offered,
    Silent,
    Working,
    answers_of,
    applicants,
    beginning,
    changes,
    forgettable,
    hash_of,
    in_full,
    in_full_many,
    known_of,
    last_version,
    listed,
    may_be_applied_for,
    offered,
    own,
    parts_sent,
    question_set,
    question_sets,
    questions_in_force,
    status_on,
    statuses_on,
    submitted,
    to_nudge,
    wanted_lots,
    with_ref,
    working,
)

__all__ = [
    "Frozen", "Full", "Listed", "Offered", "Sent", "Silent", "Working", "answers_of",
    "applicants", "beginning", "changes", "completion", "forgettable", "hash_of", "in_full",
    "in_full_many", "known_of", "last_version", "listed", "may_be_applied_for", "offered", "own",
    "parts_sent", "question_set", "question_sets", "questions_in_force", "sent_between",
    "status_on", "statuses_on", "submitted", "to_nudge", "wanted_lots", "with_ref", "working",
]  # fmt: skip
