"""Reads of the public list. Who is in the pool and in date is asked for a day, never kept."""

from flsf.market.directory.queries.cards import Card
from flsf.market.directory.queries.pages import Gaps, LookedFor, Shown, gaps, provider, service
from flsf.market.directory.queries.search import Results, cards, search
from flsf.market.directory.queries.spots import Spot, spots
from flsf.market.directory.queries.standing import standings

__all__ = [
    "Card",
    "Gaps",
    "LookedFor",
    "Results",
    "Shown",
    "Spot",
    "cards",
    "gaps",
    "provider",
    "search",
    "service",
    "spots",
    "standings",
]
