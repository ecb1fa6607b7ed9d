"""Reads of question sets, applications, and what was sent."""

from flsf.market.applications.queries.accepted import has_left_since, lots_joined, lots_left
from flsf.market.applications.queries.before import told_before
from flsf.market.applications.queries.joining import Sent, completion, sent_between
from flsf.market.applications.queries.reading import (
    Frozen,
    Full,
    Listed,
    Offered,
    Working,
    answers_of,
    applicants,
    asking,
    beginning,
    changes,
    hash_of,
    in_full,
    in_full_many,
    known_of,
    last_version,
    listed,
    may_be_added,
    may_be_applied_for,
    offered,
    offered_by,
    own,
    parts_sent,
    question_set,
    question_sets,
    questions_in_force,
    status_on,
    statuses_on,
    submitted,
    wanted_lots,
    with_ref,
    working,
)
from flsf.market.applications.queries.silence import Silent, forgettable, to_nudge
from flsf.market.applications.queries.told import ToldPublicly, told_publicly

__all__ = [
    "Frozen", "Full", "Listed", "Offered", "Sent", "Silent", "ToldPublicly", "Working",
    "answers_of", "applicants", "asking", "beginning", "changes", "completion", "forgettable",
    "has_left_since", "hash_of", "in_full", "in_full_many", "known_of", "last_version", "listed",
    "lots_joined", "lots_left", "may_be_added", "may_be_applied_for", "offered", "offered_by",
    "own", "parts_sent", "question_set", "question_sets", "questions_in_force", "sent_between",
    "status_on", "statuses_on", "submitted", "to_nudge", "told_before", "told_publicly",
    "wanted_lots", "with_ref", "working",
]  # fmt: skip
