"""The council's own sheets: our columns, the headings we guess them by, and reading their rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from flsf.core.counts import Counts
from flsf.core.people import Person
from flsf.shared.imports.enums import Kind
from flsf.shared.imports.rules.refused import MissingHeadings
from flsf.shared.imports.rules.reports import Findings, Reader
from flsf.shared.imports.rules.sheet_columns import SHEETS, Column
from flsf.shared.imports.rules.tables import Table, squeezed, wrong_width

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One good row: its number, and its values by our names. Columns not brought are absent."""

    number: int
    values: Values

    def get(self, key: str, default: Any = None) -> Any:
        value = self.values.get(key)
        return default if value is None or value == "" else value


def fingerprint(headings: Sequence[str]) -> str:
    """The same for every file with these headings in this order."""
    return sha256("\n".join(map(squeezed, headings)).encode()).hexdigest()


def guess(kind: Kind, headings: Sequence[str]) -> dict[str, str]:
    """For each of our columns the heading that most likely stands for it.

    A heading that is one of the words we know wins; then one that contains such a word and
    that nothing else has taken.
    """
    free = {squeezed(heading): heading for heading in headings if heading}
    found: dict[str, str] = {}
    for column in SHEETS[kind]:
        for word in column.words:
            if word in free and column.key not in found:
                found[column.key] = free.pop(word)
    for column in SHEETS[kind]:
        if column.key in found:
            continue
        long = [word for word in column.words if len(word) >= 5]
        hit = next((one for one in free if any(word in one for word in long)), None)
        if hit is not None:
            found[column.key] = free.pop(hit)
    return found


def missing(kind: Kind, columns: Mapping[str, str]) -> list[Column]:
    """Columns that we cannot do without and that stand for nothing yet."""
    return [one for one in SHEETS[kind] if one.is_required and not columns.get(one.key)]


def rows(
    kind: Kind, table: Table, columns: Mapping[str, str], findings: Findings
) -> Iterator[SheetRow]:
    """Each row whose cells can all be read; what is wrong goes to the findings.

    `columns` says which heading stands for which of ours. Raises MissingHeadings.
    """
    if absent := missing(kind, columns):
        raise MissingHeadings(f"We need: {', '.join(one.label for one in absent)}.")
    at = {key: table.headings.index(heading) for key, heading in columns.items() if heading}
    used = [one for one in SHEETS[kind] if one.key in at]
    reader = Reader(table.headings, at, findings)
    for number, cells in table.rows:
        if not any(str(cell).strip() for cell in cells):
            continue
        findings.rows_read += 1
        reader.turn_to(number, cells)
        if problem := wrong_width(cells, table.headings):
            findings.add(number, "", "", problem)
            continue
        values = {
            one.key: (reader.required if one.is_required else reader.optional)(one.key, one.read)
            for one in used
        }
        if not reader.is_bad:
            yield SheetRow(number, values)


@dataclass(frozen=True, slots=True)
class Taking:
    """What the importer of one kind of sheet is given."""

    rows: Sequence[SheetRow]
    columns: Mapping[str, str]  # ours -> theirs
    findings: Findings
    merges: bool  # what we know already is changed; otherwise it is left and said
    by: Person
    at: datetime

    def wrong(self, row: SheetRow, key: str, reason: str) -> None:
        """This row cannot be taken."""
        self.findings.add(row.number, self._heading(key), self._value(row, key), reason)

    def doubtful(self, row: SheetRow, key: str, reason: str) -> None:
        """This row can be taken, or is left, but somebody should look."""
        self.findings.warn(row.number, self._heading(key), self._value(row, key), reason)

    def _heading(self, key: str) -> str:
        return self.columns.get(key) or key

    @staticmethod
    def _value(row: SheetRow, key: str) -> str:
        value = row.get(key, "")
        return value.isoformat() if isinstance(value, date) else str(value)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an importer did: how many, and what it made, so that it can be undone."""

    counts: Counts
    made: Mapping[str, Sequence[Any]]
    notes: Sequence[str] = ()
