"""What there is to say about a file: what became of its rows, and what is wrong with which."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, TypeVar

from flsf.core.counts import Counts
from flsf.shared.imports.enums import Kind
from flsf.shared.imports.rules.cells import Unreadable, is_empty
from flsf.shared.imports.rules.tables import Cell

Value = TypeVar("Value")

# More than that nobody reads; the number of bad rows is always the whole number.
MOST_PROBLEMS_KEPT = 5_000
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Bad:
    """One thing wrong with one row; a warning does not keep the row out."""

    row: int
    column: str
    value: str
    reason: str
    is_warning: bool = False


class RowIsBad(Exception):
    """At least one cell of the row cannot be used; what is wrong has been noted."""


@dataclass(slots=True)
class Findings:
    """What was found wrong so far."""

    problems: list[Bad] = field(default_factory=list)
    rows_bad: int = 0
    rows_read: int = 0
    _last_bad: int = 0

    def add(self, row: int, column: str, value: object, reason: str) -> None:
        """This row cannot be taken."""
        if row != self._last_bad:
            self.rows_bad += 1
            self._last_bad = row
        self._keep(Bad(row, column, str(value)[:SHOWN], reason))

    def warn(self, row: int, column: str, value: object, reason: str) -> None:
        """This row can be taken, but somebody should look."""
        self._keep(Bad(row, column, str(value)[:SHOWN], reason, is_warning=True))

    def _keep(self, bad: Bad) -> None:
        if len(self.problems) < MOST_PROBLEMS_KEPT:
            self.problems.append(bad)


@dataclass(slots=True)
class Reader:
    """Reads the cells of one row after another by our names for the columns."""

    headings: Sequence[str]
    at: dict[str, int]
    findings: Findings
    row: int = 0
    cells: Sequence[Cell] = ()
    is_bad: bool = False

    def turn_to(self, row: int, cells: Sequence[Cell]) -> None:
        self.row, self.cells, self.is_bad = row, cells, False

    def cell(self, column: str) -> Cell:
        """The cell as it stands; an empty text where the file has no such column."""
        place = self.at.get(column)
        return "" if place is None or place >= len(self.cells) else self.cells[place]

    def heading(self, column: str) -> str:
        """What the file calls the column."""
        place = self.at.get(column)
        return column if place is None else self.headings[place]

    def required(self, column: str, read: Callable[[Cell], Value]) -> Value | None:
        """The cell read; noted as wrong if it is empty or cannot be."""
        if is_empty(self.cell(column)):
            self.wrong(column, "This is empty and we need it.")
            return None
        return self._read(column, read)

    def optional(
        self, column: str, read: Callable[[Cell], Value], empty: Value | None = None
    ) -> Value | None:
        """The cell read, or `empty`; noted as wrong if it cannot be read."""
        if is_empty(self.cell(column)):
            return empty
        return self._read(column, read)

    def wrong(self, column: str, reason: str) -> None:
        self.is_bad = True
        self.findings.add(self.row, self.heading(column), self.cell(column), reason)

    def doubtful(self, column: str, reason: str) -> None:
        self.findings.warn(self.row, self.heading(column), self.cell(column), reason)

    def _read(self, column: str, read: Callable[[Cell], Value]) -> Value | None:
        try:
            return read(self.cell(column))
        except Unreadable as unreadable:
            self.wrong(column, str(unreadable))
            return None


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a file."""

    kind: Kind
    file_name: str
    counts: Counts
    rows_read: int
    rows_bad: int
    problems: Sequence[Bad]
    notes: Sequence[str] = ()
    is_dry_run: bool = False
    is_kept: bool = True  # false: nothing changed, because rows are bad and it was all or none
    batch_ref: str = ""

    @property
    def sentence(self) -> str:
        """In one line: "312 rows ready, 18 need you"."""
        good = self.counts.read
        ready = "would be taken in" if self.is_dry_run else "taken in" if self.is_kept else "ready"
        parts = [f"{good:,} {_rows(good)} {ready}"]
        parts.append(
            f"({self.counts.new:,} new, {self.counts.changed:,} changed, {self.counts.same:,} same)"
        )
        if self.rows_bad:
            parts.append(f"{self.rows_bad:,} {_rows(self.rows_bad)} need you")
        if not self.is_kept and not self.is_dry_run:
            parts.append("nothing was changed")
        return ", ".join(parts).replace(", (", " (")

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "kind": str(self.kind),
            "file": self.file_name,
            "dry_run": self.is_dry_run,
            "kept": self.is_kept and not self.is_dry_run,
            "batch": self.batch_ref,
            "rows_read": self.rows_read,
            "rows_new": self.counts.new,
            "rows_changed": self.counts.changed,
            "rows_same": self.counts.same,
            "rows_bad": self.rows_bad,
            "notes": list(self.notes),
            "problems": [asdict(one) for one in self.problems],
        }


def _rows(number: int) -> str:
    return "row" if number == 1 else "rows"
