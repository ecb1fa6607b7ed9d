"""Hiding small counts, so that no child can be told from a table (rules D8, S284).

A count of one to four is hidden. If the hidden counts of a row or column are a single one, or
together fewer than five, the total would give them away, so the next smallest is hidden too.
"""

from collections.abc import Sequence
from dataclasses import dataclass

HIDDEN = "c"
SMALLEST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """A count, or None where it is hidden."""

    count: int | None

    def __str__(self) -> str:
        return HIDDEN if self.count is None else f"{self.count:,}"


def safe_column(counts: Sequence[int]) -> list[Shown]:
    """Counts beside their total: the small hidden, and never one alone."""
    return [row[0] for row in safe_table([[count] for count in counts])]


def safe_table(counts: Sequence[Sequence[int]]) -> list[list[Shown]]:
    """Counts beside the totals of their rows and columns, hidden as far as needed.

    A line of a single count is itself a total and is left to the other direction.
    """
    hidden = {
        (r, c)
        for r, row in enumerate(counts)
        for c, count in enumerate(row)
        if 0 < count < SMALLEST_SHOWN
    }
    while True:
        more = _exposed(counts, hidden)
        if not more:
            break
        hidden |= more
    return [
        [Shown(None if (r, c) in hidden else count) for c, count in enumerate(row)]
        for r, row in enumerate(counts)
    ]


def plain_table(counts: Sequence[Sequence[int]]) -> list[list[Shown]]:
    """Every count as it is, for those who work with the children counted."""
    return [[Shown(count) for count in row] for row in counts]


def shown(count: int) -> Shown:
    """A count by itself, or a total: hidden if small."""
    return Shown(None if 0 < count < SMALLEST_SHOWN else count)


def _exposed(counts: Sequence[Sequence[int]], hidden: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """One more cell to hide, for a line whose total gives its hidden counts away."""
    for line in _lines(counts):
        covered = [cell for cell in line if cell in hidden]
        kept = [cell for cell in line if cell not in hidden]
        together = sum(counts[r][c] for r, c in covered)
        tells = len(covered) == 1 or 0 < together < SMALLEST_SHOWN
        if covered and kept and len(line) > 1 and tells:
            # A nought hides nothing; take one only where there is no other.
            return {
                min(
                    kept, key=lambda cell: (counts[cell[0]][cell[1]] == 0, counts[cell[0]][cell[1]])
                )
            }
    return set()


def _lines(counts: Sequence[Sequence[int]]) -> list[list[tuple[int, int]]]:
    rows = [[(r, c) for c in range(len(row))] for r, row in enumerate(counts)]
    width = max((len(row) for row in counts), default=0)
    columns = [[(r, c) for r, row in enumerate(counts) if c < len(row)] for c in range(width)]
    return [*rows, *columns]
