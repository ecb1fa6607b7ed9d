"""Hiding small counts, so that no child can be told from a table (rules D8, S284).

A count of one to four is hidden, and others with it until nobody who knows the totals can tell
that it is small: some other table with the same totals has five or more in its place. A total is
told by the same rule, so that a line of few has no total either.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

HIDDEN = "c"
SMALLEST_SHOWN = 5

Cell = tuple[int, int]
# A row, a column, or what stands for all the lines of a direction whose totals are not told.
Node = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Shown:
    """A count, or None where it is hidden."""

    count: int | None

    def __str__(self) -> str:
        return HIDDEN if self.count is None else f"{self.count:,}"


def safe_column(counts: Sequence[int]) -> list[Shown]:
    """Counts beside their total: the small hidden, and others until the total tells nothing."""
    hidden = _hidden_of(counts)
    return [Shown(None if at in hidden else count) for at, count in enumerate(counts)]


def _hidden_of(counts: Sequence[int]) -> set[int]:
    """Which of a line are hidden: two at least and five together, as far as there are so many."""
    hidden = {at for at, count in enumerate(counts) if 0 < count < SMALLEST_SHOWN}
    kept = sorted((count == 0, count, at) for at, count in enumerate(counts) if at not in hidden)
    # A nought hides nothing; it is taken only where there is no other.
    for _, _, at in kept:
        together = sum(counts[one] for one in hidden)
        if not hidden or (len(hidden) > 1 and together >= SMALLEST_SHOWN):
            break
        hidden.add(at)
    return hidden


def safe_table(counts: Sequence[Sequence[int]]) -> list[list[Shown]]:
    """Counts beside the totals of their rows and columns, hidden as far as needed.

    In a table of one row or column the counts are themselves the totals of the other direction.
    """
    table = _Table(counts)
    table.hide_enough()
    return [
        [Shown(None if (r, c) in table.hidden else count) for c, count in enumerate(row)]
        for r, row in enumerate(counts)
    ]


def plain_table(counts: Sequence[Sequence[int]]) -> list[list[Shown]]:
    """Every count as it is, for those who work with the children counted."""
    return [[Shown(count) for count in row] for row in counts]


def shown(count: int) -> Shown:
    """A count by itself, or a total: hidden if small."""
    return Shown(None if 0 < count < SMALLEST_SHOWN else count)


class _Table:
    """A table, and which of its cells are hidden so far."""

    def __init__(self, counts: Sequence[Sequence[int]]) -> None:
        self._counts = counts
        self._height, self._width = len(counts), max((len(row) for row in counts), default=0)
        every = range(self._height), range(self._width)
        rows = [sum(row) for row in counts]
        columns = [sum(row[c] for row in counts) for c in every[1]]
        # Lines whose totals are not told; all of a direction in which a line is one count.
        self._loose_rows = _hidden_of(rows) if self._width > 1 else {*every[0]}
        self._loose_columns = _hidden_of(columns) if self._height > 1 else {*every[1]}
        self.hidden = {
            (r, c) for r in every[0] for c in every[1] if 0 < counts[r][c] < SMALLEST_SHOWN
        }

    def hide_enough(self) -> None:
        """More cells are hidden until none of the small ones is given away, or none is left."""
        for cell in sorted(self.hidden):
            while not self._may_be_large(cell):
                more = self._next(*cell)
                if more is None:
                    break
                self.hidden.add(more)

    def _of(self, cell: Cell) -> int:
        return self._counts[cell[0]][cell[1]]

    def _next(self, r: int, c: int) -> Cell | None:
        """The cell to hide next so that this one is not given away: the smallest that can help."""
        in_row = [(r, at) for at in range(self._width)]
        in_column = [(at, c) for at in range(self._height)]
        corners = [
            (k, w) for k, _ in self.hidden & {*in_column} for _, w in self.hidden & {*in_row}
        ]
        every = [(k, w) for k in range(self._height) for w in range(self._width)]
        groups = [
            in_row if len(self.hidden & {*in_row}) == 1 and r not in self._loose_rows else [],
            in_column
            if len(self.hidden & {*in_column}) == 1 and c not in self._loose_columns
            else [],
            corners,
            [*in_row, *in_column],
            every,
        ]
        for cells in groups:
            kept = [one for one in cells if one not in self.hidden]
            if kept:
                return min(kept, key=lambda one: (self._of(one) == 0, self._of(one), one))
        return None

    def _may_be_large(self, cell: Cell) -> bool:
        """Whether a table with the same totals and the same shown counts has five or more there.

        What is added there is taken away along a ring of hidden cells: from one in its column,
        added to another in that one's row, and so on, back to its own row. As much as can go
        round is a flow, found one ring at a time.
        """
        r, c = cell
        wanted, left = SMALLEST_SHOWN - self._of(cell), {one: self._of(one) for one in self.hidden}
        while wanted > 0:
            ring = self._ring(("column", c), ("row", r), left, without=cell)
            if not ring:
                return False
            taken = [(b, a) for (kind, a), (_, b) in ring if kind == "column"]
            added = [(a, b) for (kind, a), (_, b) in ring if kind == "row"]
            much = min([wanted, *(left[one] for one in taken)])
            for one in taken:
                left[one] -= much
            for one in added:
                left[one] += much
            wanted -= much
        return True

    def _ring(
        self, start: Node, end: Node, left: dict[Cell, int], *, without: Cell
    ) -> list[tuple[Node, Node]]:
        """The steps of a way from a column to a row; none: there is no way.

        From a column one goes to the row of a hidden cell with something left to take, from a row
        to the column of any hidden cell, and between the lines whose totals are not told freely.
        """
        came: dict[Node, Node] = {}
        waiting = deque([start])
        while waiting:
            at = waiting.popleft()
            if at == end:
                break
            for to in self._ways(at, left, without):
                if to not in came and to != start:
                    came[to] = at
                    waiting.append(to)
        if end not in came:
            return []
        steps, node = [], end
        while node != start:
            steps.append((came[node], node))
            node = came[node]
        return [one for one in reversed(steps) if {one[0][0], one[1][0]} == {"row", "column"}]

    def _ways(self, at: Node, left: dict[Cell, int], without: Cell) -> list[Node]:
        kind, line = at
        if kind == "column":
            ways: list[Node] = [
                ("row", r) for r, c in left if c == line and left[r, c] > 0 and (r, c) != without
            ]
            return [*ways, ("columns", 0)] if line in self._loose_columns else ways
        if kind == "row":
            ways = [("column", c) for r, c in left if r == line and (r, c) != without]
            return [*ways, ("rows", 0)] if line in self._loose_rows else ways
        if kind == "rows":
            return [("row", one) for one in sorted(self._loose_rows)]
        return [("column", one) for one in sorted(self._loose_columns)]
