"""The debarment list as a file: one supplier a row, with any of several headings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flsf.shared.imports.rules import cells
from flsf.shared.imports.rules.refused import MissingHeadings
from flsf.shared.imports.rules.reports import Findings, Reader
from flsf.shared.imports.rules.tables import Cell, Table, positions, squeezed, wrong_width

HEADINGS: Mapping[str, Sequence[str]] = {
    "name": ("suppliername", "name", "nameofsupplier", "supplier", "organisationname"),
    "number": ("companynumber", "companieshousenumber", "registrationnumber", "identifier"),
    "weight": ("mandatoryordiscretionary", "exclusiontype", "type", "kind", "mandatory"),
    "ground": ("exclusionground", "exclusiongrounds", "ground", "grounds", "reason"),
    "first_day": ("dateadded", "addedon", "from", "startdate", "firstday", "entrydate"),
    "last_day": ("until", "enddate", "expires", "lastday", "expirydate", "removaldate"),
}
COMPANY_DIGITS = 8
NEEDED = {
    "name": "Supplier name",
    "weight": "Mandatory or discretionary",
    "first_day": "Date added",
}
WEIGHTS = {
    "mandatory": True,
    "yes": True,
    "y": True,
    "discretionary": False,
    "no": False,
    "n": False,
}


@dataclass(frozen=True, slots=True)
class Line:
    """A supplier of the list."""

    name: str
    number: str
    is_mandatory: bool
    ground: str
    first_day: date
    last_day: date | None


def lines(table: Table, findings: Findings) -> Iterator[Line]:
    """Each good row. Raises MissingHeadings, which says what the file has instead."""
    at = positions(table.headings, HEADINGS)
    if missing := [words for ours, words in NEEDED.items() if ours not in at]:
        there = ", ".join(one for one in table.headings if one) or "none"
        raise MissingHeadings(
            "We look for Supplier name, Mandatory or discretionary, and Date added; and, if they "
            f"are there, Company number, Ground and Until. We miss {' and '.join(missing)}. "
            f"The headings of this file are: {there}."
        )
    reader = Reader(table.headings, at, findings)
    seen: dict[tuple[str, str, date, str], int] = {}
    for number, row in table.rows:
        if not any(row):
            continue
        findings.rows_read += 1
        reader.turn_to(number, row)
        if problem := wrong_width(row, table.headings):
            findings.add(number, "", "", problem)
            continue
        if (line := _line(reader)) is None:
            continue
        key = (line.name.lower(), line.number, line.first_day, line.ground)
        if seen.setdefault(key, number) != number:
            reader.wrong("name", f"Row {seen[key]} says the same.")
            continue
        yield line


def unused(table: Table) -> str:
    """The headings of which nothing is read, for the report; empty if there are none."""
    used = set(positions(table.headings, HEADINGS).values())
    rest = [one for place, one in enumerate(table.headings) if squeezed(one) and place not in used]
    return ", ".join(rest)


def _line(reader: Reader) -> Line | None:
    name = reader.required("name", cells.text)
    number = reader.optional("number", _number, "")
    is_mandatory = reader.required("weight", _weight)
    ground = reader.optional("ground", _ground, "")
    first_day = reader.required("first_day", cells.day)
    last_day = reader.optional("last_day", cells.day)
    if first_day and last_day and last_day < first_day:
        reader.wrong("last_day", "It ends before it begins.")
    if reader.is_bad or name is None or is_mandatory is None or first_day is None:
        return None
    return Line(name, number or "", is_mandatory, ground or "", first_day, last_day)


def _number(cell: Cell) -> str:
    """As company numbers are kept. Suppliers abroad have numbers of other kinds: all are taken."""
    typed = "".join(cells.text(cell, longest=20).upper().split())
    return typed.zfill(COMPANY_DIGITS) if typed.isdigit() else typed


def _weight(cell: Cell) -> bool:
    return cells.one_of(cell, WEIGHTS)


def _ground(cell: Cell) -> str:
    return cells.text(cell, longest=300)
