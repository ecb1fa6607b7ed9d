"""Slips of the keyboard: the known word that a typed one most looks like."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from flsf.market.directory.rules.engine import Ints

SHORTEST_CORRECTED = 4
ALIKE_ENOUGH = 0.4


def trigrams(word: str) -> frozenset[str]:
    """The runs of three letters of a word, padded as PostgreSQL's pg_trgm pads them."""
    padded = f"  {word} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Known words by letter, how many trigrams each has, and which of them have each trigram."""

    words: tuple[str, ...]
    sizes: Ints
    having: Mapping[str, Ints]

    def nearest(self, word: str) -> str | None:
        """The known word it most looks like, if any is alike enough; of two, the first by letter.

        How alike two words are is how pg_trgm counts it: shared trigrams over all.
        """
        if len(word) < SHORTEST_CORRECTED or not self.words:
            return None
        ours = trigrams(word)
        shared = np.zeros(len(self.words), dtype=np.int64)
        for one in ours & self.having.keys():
            shared[self.having[one]] += 1
        alike = shared / (self.sizes + len(ours) - shared)
        best = int(np.argmax(alike))
        return self.words[best] if alike[best] >= ALIKE_ENOUGH else None


def vocabulary(words: Collection[str]) -> Vocabulary:
    """The words, each once, ready to be looked through."""
    ordered = tuple(sorted(set(words)))
    having: dict[str, list[int]] = {}
    for number, word in enumerate(ordered):
        for one in trigrams(word):
            having.setdefault(one, []).append(number)
    return Vocabulary(
        words=ordered,
        sizes=np.array([len(trigrams(word)) for word in ordered], dtype=np.int64),
        having={one: np.array(numbers, dtype=np.int64) for one, numbers in having.items()},
    )
