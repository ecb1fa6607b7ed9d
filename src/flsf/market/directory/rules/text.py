"""Full text search in memory: the stems PostgreSQL keeps, asked the way PostgreSQL asks them.

What a word's stem is, and which words say nothing, is PostgreSQL's to tell: it sends a question
as a tree, and we only walk the tree over lists of where each stem is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from flsf.market.directory.rules.engine import Ints, Mask

# PostgreSQL counts positions and distances to 2**14: their sum stays clear of the next row.
POSITION_BITS = 15

IS_WORD, IS_OPERATOR = 1, 2
NOT, AND, OR, PHRASE = 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class Nothing:
    """Words too common to be kept: nobody has them, and nobody lacks them."""


@dataclass(frozen=True, slots=True)
class Word:
    stem: str


@dataclass(frozen=True, slots=True)
class Not:
    of: "Query"


@dataclass(frozen=True, slots=True)
class Both:
    left: "Query"
    right: "Query"


@dataclass(frozen=True, slots=True)
class Either:
    left: "Query"
    right: "Query"


@dataclass(frozen=True, slots=True)
class Phrase:
    """The right begins so many words after the left ends."""

    left: "Query"
    right: "Query"
    distance: int


Query: TypeAlias = Nothing | Word | Not | Both | Either | Phrase


def read_query(sent: bytes) -> Query:
    """The question that PostgreSQL sent (`tsquerysend`).

    Raises ValueError of beginnings of words and of weights, which nobody here asks for.
    """
    return _read(sent, 4)[0] if int.from_bytes(sent[:4]) else Nothing()


def _read(sent: bytes, at: int) -> tuple[Query, int]:
    """The part that begins there, and where the next one does."""
    if sent[at] == IS_WORD:
        if any(sent[at + 1 : at + 3]):
            raise ValueError("a question of weights or beginnings")
        end = sent.index(0, at + 3)
        return Word(sent[at + 3 : end].decode()), end + 1
    operator = sent[at + 1]
    if operator == NOT:
        of, at = _read(sent, at + 2)
        return Not(of), at
    distance = int.from_bytes(sent[at + 2 : at + 4]) if operator == PHRASE else 0
    right, at = _read(sent, at + (4 if operator == PHRASE else 2))
    left, at = _read(sent, at)
    if operator == PHRASE:
        return Phrase(left, right, distance), at
    return (Both if operator == AND else Either)(left, right), at


@dataclass(frozen=True, slots=True)
class Postings:
    """Where each stem is in the texts of so many rows.

    `keys` holds all places, those of one stem side by side: the row, and in the last
    POSITION_BITS the position in its text. `spans` says which of them are whose.
    """

    size: int
    keys: Ints
    spans: Mapping[str, tuple[int, int]]

    def having(self, query: Query) -> Mask:
        """The rows whose text answers."""
        has = np.zeros(self.size, dtype=np.bool_)
        match query:
            case Nothing():
                return has
            case Not(of):
                return ~self.having(of)
            case Both(left, right):
                return self.having(left) & self.having(right)
            case Either(left, right):
                return self.having(left) | self.having(right)
        has[self._ends(query)[0] >> POSITION_BITS] = True
        return has

    def _ends(self, query: Query) -> tuple[Ints, int]:
        """Where the words or the phrase end, and how many words back the phrase began."""
        match query:
            case Word(stem):
                first, last = self.spans.get(stem, (0, 0))
                return self.keys[first:last], 0
            case Phrase(left, right, distance):
                before, width = self._ends(left)
                after, wide = self._ends(right)
                ends = np.intersect1d(before + (distance + wide), after)
                return ends, width + distance + wide
        # Only dictionaries that know several stems of a word would make PostgreSQL say so.
        raise ValueError("a phrase of other than words")


def postings(
    found: Iterable[tuple[str, bytes | None]], *, sorted_ids: Ints, rows: Ints
) -> Postings:
    """The places of each stem, as PostgreSQL sent them: 8 bytes each, of an id and a position.

    `rows` are the rows of the sorted ids; ids that are not among them are left out.
    """
    stems = [(stem, sent) for stem, sent in found if sent]
    keys = np.frombuffer(b"".join(sent for _, sent in stems), dtype=">i8").astype(np.int64)
    if not len(sorted_ids) or not stems:
        return Postings(len(sorted_ids), keys[:0], {})
    ids = keys >> POSITION_BITS
    places = np.searchsorted(sorted_ids, ids).clip(max=len(sorted_ids) - 1)
    known = sorted_ids[places] == ids
    positions = keys & ((1 << POSITION_BITS) - 1)
    kept = (rows[places] << POSITION_BITS | positions)[known]
    # How many of the keys before each stem's are kept: they begin there.
    before = np.concatenate(([0], np.cumsum(known)))
    ends = np.cumsum([0, *(len(sent) // 8 for _, sent in stems)])
    spans = dict(zip((stem for stem, _ in stems), pairwise(before[ends].tolist()), strict=True))
    return Postings(len(sorted_ids), kept, spans)
