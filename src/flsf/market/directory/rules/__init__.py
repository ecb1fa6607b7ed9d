"""How the public's words become a question, and how a question is answered."""

from flsf.market.directory.rules.engine import Columns, Facets, Found, find
from flsf.market.directory.rules.listing import ageing, availability, text_of
from flsf.market.directory.rules.question import Asked, Loosened, loosened
from flsf.market.directory.rules.words import (
    Term,
    nearest_word,
    plain_words,
    similarity,
    terms_of,
    tokens_of,
)

__all__ = [
    "Asked",
    "Columns",
    "Facets",
    "Found",
    "Loosened",
    "Term",
    "ageing",
    "availability",
    "find",
    "loosened",
    "nearest_word",
    "plain_words",
    "similarity",
    "terms_of",
    "text_of",
    "tokens_of",
]
