"""What asking for support means: what is handed over, statuses, clocks, waits and words."""

from flsf.casework.referrals.rules.asked import (
    Asked,
    in_words,
    is_more_urgent,
    legal_basis_for,
    team_for,
)
from flsf.casework.referrals.rules.clocks import Duty, days_left, due_in_words, duties_of
from flsf.casework.referrals.rules.statuses import (
    FINISHED,
    STEPS,
    WAITING,
    may_move,
    may_move_to,
    steps_of,
)
from flsf.casework.referrals.rules.waits import BANDS, Waiting, band_of
from flsf.casework.referrals.rules.words import Hint, looks_dangerous, others_details

__all__ = [
    "BANDS",
    "FINISHED",
    "STEPS",
    "WAITING",
    "Asked",
    "Duty",
    "Hint",
    "Waiting",
    "band_of",
    "days_left",
    "due_in_words",
    "duties_of",
    "in_words",
    "is_more_urgent",
    "legal_basis_for",
    "looks_dangerous",
    "may_move",
    "may_move_to",
    "others_details",
    "steps_of",
    "team_for",
]
