"""How the public's words become a question, and how a question is answered."""

from flsf.market.directory.rules.engine import Columns, Facets, Found, find
from flsf.market.directory.rules.listing import (
    ageing,
    availability,
    changed_on,
    fingerprint,
    group_size,
    sector_of,
    text_of,
)
from flsf.market.directory.rules.question import Asked, Loosened, loosened
from flsf.market.directory.rules.slips import Vocabulary, vocabulary
from flsf.market.directory.rules.text import Nothing, Postings, Query, postings, read_query
from flsf.market.directory.rules.words import (
    SHIPPED,
    Phrasebook,
    Term,
    phrasebook,
    plain_words,
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
    "Nothing",
    "Phrasebook",
    "Postings",
    "Query",
    "Term",
    "Vocabulary",
    "ageing",
    "availability",
    "changed_on",
    "find",
    "fingerprint",
    "group_size",
    "loosened",
    "phrasebook",
    "plain_words",
    "postings",
    "read_query",
    "sector_of",
    "terms_of",
    "text_of",
    "tokens_of",
    "vocabulary",
]
