"""Reads of competitions."""

from flsf.casework.competitions.queries.bidding import (
    BidSeen,
    Marked,
    Own,
    Seen,
    about,
    asked_of,
    bid_for_by,
    live_bids,
    low_refs,
    own,
    ranking,
    seen,
)
from flsf.casework.competitions.queries.eligible import (
    Eligible,
    distances,
    eligible,
    stands_in_the_way,
)
from flsf.casework.competitions.queries.finding import (
    bands,
    came_to_nothing,
    counts,
    counts_of,
    criteria_to_choose,
    is_as_published,
    is_running,
    lengths,
    listed,
    of_referral,
    stage_of,
    under_way,
    with_id,
    with_ref,
)
from flsf.casework.competitions.queries.winning import Won, measured, scored_by, won, would_win

__all__ = [
    "BidSeen", "Eligible", "Marked", "Own", "Seen", "Won", "about", "asked_of", "bands",
    "bid_for_by", "came_to_nothing", "counts", "counts_of", "criteria_to_choose", "distances",
    "eligible", "is_as_published", "is_running", "lengths", "listed", "live_bids", "low_refs",
    "measured", "of_referral", "own", "ranking", "scored_by", "seen", "stage_of",
    "stands_in_the_way", "under_way", "with_id", "with_ref", "won", "would_win",
]  # fmt: skip
