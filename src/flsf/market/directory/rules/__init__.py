"""How the public's words become a question, and how a question is answered."""

from flsf.market.directory.rules.engine import Columns, Facets, Found, find
from flsf.market.directory.rules.listing import ageing, availability, group_size, sector_of, text_of
from flsf.market.directory.rules.question import Asked, Loosened, loosened
from flsf.market.directory.rules.words import (
    SHIPPED,
    Phrasebook,
    Term,
    nearest_word,
    phrasebook,
    plain_words,
    similarity,
    terms_of,
    tokens_of,
)

__all__ = [
    "SHIPPED",
    "Asked",
    "Columns",
    "Facets",
    "Found",
    "Loosened",
    "Phrasebook",
    "Term",
    "ageing",
    "availability",
    "find",
    "group_size",
    "loosened",
    "nearest_word",
    "phrasebook",
    "plain_words",
    "sector_of",
    "similarity",
    "terms_of",
    "text_of",
    "tokens_of",
]
