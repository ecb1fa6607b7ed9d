"""What the feed says, in values."""

from flsf.market.feed.rules.identity import SPACE, uuid_of
from flsf.market.feed.rules.standing import STATUS_OF, alert_of, fees_of
from flsf.market.feed.rules.terms import FAMILIES, VERSION, Family, Term, terms

__all__ = [
    "FAMILIES",
    "SPACE",
    "STATUS_OF",
    "VERSION",
    "Family",
    "Term",
    "alert_of",
    "fees_of",
    "terms",
    "uuid_of",
]
