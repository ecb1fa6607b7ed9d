"""Where the services found are, gathered into squares for a map."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from flsf.core.geo import Point
from flsf.market.directory import rules
from flsf.market.directory.queries.index import current
from flsf.market.directory.queries.search import corrected_terms
from flsf.market.directory.rules import Asked


@dataclass(frozen=True, slots=True)
class Spot:
    """How many services found are in a square of the grid, and its middle."""

    middle: Point
    count: int


def spots(asked: Asked, *, at: Point | None, on: date, metres: int = 500) -> list[Spot]:
    """The services found by where they are; those without a place are not among them."""
    index = current(on)
    terms, _ = corrected_terms(asked.words, index)
    found = rules.find(index.columns, asked, at=at, terms=terms)
    east, north = index.columns.easting[found.rows], index.columns.northing[found.rows]
    placed = east >= 0
    squares = np.stack([east[placed] // metres, north[placed] // metres], axis=1)
    if not len(squares):
        return []
    unique, counts = np.unique(squares, axis=0, return_counts=True)
    half = metres // 2
    return [
        Spot(Point(int(x) * metres + half, int(y) * metres + half), int(count))
        for (x, y), count in zip(unique, counts, strict=True)
    ]
