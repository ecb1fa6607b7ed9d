"""What a change of model does to agreements, who is a party to one, and what one says."""

from flsf.market.agreements.rules.changing import (
    LEFT_OUT,
    MOVES,
    OUTCOMES,
    Line,
    Standing,
    counts,
    lines,
    may_move,
)
from flsf.market.agreements.rules.parties import (
    ACCEPTABLE,
    OPEN,
    REMIND_AFTER_DAYS,
    Held,
    NotParty,
    is_party,
    is_reminder_due,
    status,
)
from flsf.market.agreements.rules.wording import (
    WORDING,
    LotLine,
    Price,
    Terms,
    writing,
)

__all__ = [
    "ACCEPTABLE", "LEFT_OUT", "MOVES", "OPEN", "OUTCOMES", "REMIND_AFTER_DAYS", "WORDING", "Held",
    "Line", "LotLine", "NotParty", "Price", "Standing", "Terms", "counts", "is_party",
    "is_reminder_due", "lines", "may_move", "status", "writing",
]  # fmt: skip
