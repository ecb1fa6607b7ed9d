"""The national schools register: the daily layout, older ones and narrower cuts; and links."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from flsf.shared.imports.rules import cells
from flsf.shared.imports.rules.refused import MissingHeadings
from flsf.shared.imports.rules.reports import Findings, Reader
from flsf.shared.imports.rules.tables import Cell, Table, positions, wrong_width

# Our column: the headings it has had, letters and digits only. The order is that of our fields.
HEADINGS: Mapping[str, Sequence[str]] = {
    "urn": ("urn",),
    "name": ("establishmentname", "schoolname", "name"),
    "authority_code": ("lacode", "localauthoritycode"),
    "authority_name": ("laname", "localauthorityname"),
    "establishment_number": ("establishmentnumber",),
    "type_code": ("typeofestablishmentcode",),
    "type_name": ("typeofestablishmentname", "typeofestablishment"),
    "phase": ("phaseofeducationname", "phaseofeducation"),
    "is_open": ("establishmentstatusname", "establishmentstatus", "status"),
    "opened_on": ("opendate", "openingdate"),
    "closed_on": ("closedate", "closingdate"),
    "lowest_age": ("statutorylowage", "statutorylowestage"),
    "highest_age": ("statutoryhighage", "statutoryhighestage"),
    "street": ("street",),
    "town": ("town",),
    "postcode": ("postcode",),
    "easting": ("easting",),
    "northing": ("northing",),
    "ukprn": ("ukprn",),
}
LINK_HEADINGS: Mapping[str, Sequence[str]] = {
    "urn": ("urn",),
    "linked_urn": ("linkurn",),
    "kind": ("linktype",),
    "linked_name": ("linkname",),
    "established_on": ("linkestablisheddate",),
}
LONGEST = {
    "name": 200,
    "authority_code": 4,
    "authority_name": 100,
    "establishment_number": 5,
    "type_code": 4,
    "type_name": 100,
    "phase": 40,
    "street": 150,
    "town": 100,
    "ukprn": 8,
}
OLDEST_AGE = 130
EDGE_OF_GRID = 1_300_000

urn = partial(cells.whole_number, least=1, most=9_999_999)
age = partial(cells.whole_number, least=0, most=OLDEST_AGE)
metres = partial(cells.whole_number, least=0, most=EDGE_OF_GRID)


def is_open(cell: Cell) -> bool:
    """Open, whether or not it is to close; a school only proposed is not open yet."""
    words = cells.text(cell).lower()
    if words.startswith("open"):
        return True
    if words.startswith(("closed", "proposed", "pending")):
        return False
    raise cells.Unreadable("The status should begin with Open, Closed or Proposed.")


def columns_of(table: Table) -> list[str]:
    """Those of our columns that a file brings. Raises MissingHeadings."""
    at = positions(table.headings, HEADINGS)
    if missing := [one for one in ("urn", "name") if one not in at]:
        raise MissingHeadings(
            f"The schools register has URN and EstablishmentName; we miss {' and '.join(missing)}."
        )
    return [one for one in HEADINGS if one in at]


def schools(table: Table, findings: Findings) -> Iterator[list[object]]:
    """Each good row as values of `columns_of`, in that order; what is wrong goes to findings."""
    columns = columns_of(table)
    reader = Reader(table.headings, positions(table.headings, HEADINGS), findings)
    seen: dict[int, int] = {}
    for number, row in table.rows:
        if not any(row):
            continue
        findings.rows_read += 1
        reader.turn_to(number, row)
        if problem := wrong_width(row, table.headings):
            findings.add(number, "", "", problem)
            continue
        values = [_read(reader, column) for column in columns]
        key = values[0]
        if isinstance(key, int) and seen.setdefault(key, number) != number:
            reader.wrong("urn", f"Row {seen[key]} has the same URN.")
        if not reader.is_bad:
            yield values


def links(table: Table, findings: Findings) -> Iterator[tuple[int, int, str, str, date | None]]:
    """Each good row as urn, linked urn, kind, linked name, since when. Raises MissingHeadings."""
    at = positions(table.headings, LINK_HEADINGS)
    if missing := [one for one in ("urn", "linked_urn", "kind") if one not in at]:
        raise MissingHeadings(
            f"The links file has URN, LinkURN and LinkType; we miss {' and '.join(missing)}."
        )
    reader = Reader(table.headings, at, findings)
    seen: dict[tuple[int, int, str], int] = {}
    for number, row in table.rows:
        if not any(row):
            continue
        findings.rows_read += 1
        reader.turn_to(number, row)
        if problem := wrong_width(row, table.headings):
            findings.add(number, "", "", problem)
            continue
        one, other = reader.required("urn", urn), reader.required("linked_urn", urn)
        kind = reader.required("kind", partial(cells.text, longest=100))
        name = reader.optional("linked_name", cells.text, "")
        since = reader.optional("established_on", cells.day)
        if one is not None and one == other:
            reader.wrong("linked_urn", "A school cannot be linked to itself.")
        if reader.is_bad or one is None or other is None or kind is None:
            continue
        if seen.setdefault((one, other, kind), number) != number:
            reader.wrong("linked_urn", f"Row {seen[one, other, kind]} says the same.")
            continue
        yield one, other, kind, name or "", since


def is_links(table: Table) -> bool:
    """Whether the file is the one of links between schools."""
    return "linked_urn" in positions(table.headings, LINK_HEADINGS)


def _read(reader: Reader, column: str) -> object:
    if column == "urn":
        return reader.required(column, urn)
    if column == "name":
        return reader.required(column, cells.text)
    if column == "is_open":
        return reader.required(column, is_open)
    if column in ("opened_on", "closed_on"):
        return reader.optional(column, cells.day)
    if column in ("lowest_age", "highest_age"):
        return reader.optional(column, age)
    if column in ("easting", "northing"):
        return reader.optional(column, metres)
    if column == "postcode":
        return reader.optional(column, cells.postcode, "")
    return reader.optional(column, partial(cells.text, longest=LONGEST[column]), "")
