"""Reads of the public list. Who is in the pool and in date is asked for a day, never kept."""

from flsf.market.directory.queries.cards import Card
from flsf.market.directory.queries.pages import (
    Beside,
    ByArea,
    Gaps,
    LookedFor,
    Shown,
    compared,
    gaps,
    gaps_by_area,
    instead_of,
    provider,
    service,
    told,
)
from flsf.market.directory.queries.search import Heard, Results, cards, changed_on, heard, search
from flsf.market.directory.queries.spots import Spot, spots
from flsf.market.directory.queries.standing import standings
from flsf.market.directory.queries.words import Entry, NextDoor, next_door, phrases

__all__ = [
    "Beside",
    "ByArea",
    "Card",
    "Entry",
    "Gaps",
    "Heard",
    "LookedFor",
    "NextDoor",
    "Results",
    "Shown",
    "Spot",
    "cards",
    "changed_on",
    "compared",
    "gaps",
    "gaps_by_area",
    "heard",
    "instead_of",
    "next_door",
    "phrases",
    "provider",
    "search",
    "service",
    "spots",
    "standings",
    "told",
]
