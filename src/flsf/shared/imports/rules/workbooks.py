"""Excel workbooks: the visible sheet with rows, its formulas found and never evaluated."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from xml.etree import ElementTree as Xml

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from flsf.shared.imports.rules.refused import (
    CutOff,
    EmptyFile,
    NoSuchSheet,
    NotWhatItsNameSays,
    TooBig,
    WhichSheet,
)
from flsf.shared.imports.rules.sources import (
    DAMAGE,
    MOST_BYTES_OF_A_SHEET,
    MOST_BYTES_UNPACKED,
    Content,
    Source,
    content_of,
    say_what,
    texts_in,
)
from flsf.shared.imports.rules.tables import Cell, Row, Table, checked_headings, table_of

# A cell with a formula, as the sheet's own XML has it: <c r="B7" s="1"><f>SUM(A1:A6)</f>
FORMULA = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]+)([0-9]+)"[^>]*>\s*<(?:\w+:)?f\b')
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
CALLED = (".csv", ".txt", ".xlsx")


@dataclass(frozen=True, slots=True)
class Sheets:
    """What a workbook holds: sheets with rows that everybody sees, and those nobody does."""

    visible: Sequence[str]
    hidden: Sequence[str]


def sheet_table(source: Source, *, sheet: str = "") -> Table:
    """The table of a council's own file: CSV text, or one sheet of a workbook.

    Raises the FileRefused kinds, WhichSheet among them when there are several and none named.
    """
    content = content_of(source)
    if content is Content.WORKBOOK:
        if source.suffix in (".csv", ".txt"):
            raise NotWhatItsNameSays(f"It is called {source.suffix}, but {say_what(source)}")
        return _of_workbook(source, sheet)
    if source.suffix in (".xlsx", ".xls"):
        raise NotWhatItsNameSays(f"It is called {source.suffix}, but {_plainly(source, content)}")
    if content is Content.ZIP:
        raise NotWhatItsNameSays("It is a zip file. Unpack it and bring the sheet itself.")
    text = texts_in(source, most_bytes=MOST_BYTES_UNPACKED)[0]
    return table_of(text)


def sheets_of(source: Source) -> Sheets:
    """The sheets of a workbook; none for any other file."""
    if content_of(source) is not Content.WORKBOOK:
        return Sheets((), ())
    return _sheets(_opened(source))


def _of_workbook(source: Source, wanted: str) -> Table:
    book = _opened(source)
    sheets = _sheets(book)
    if wanted and wanted not in sheets.visible:
        raise NoSuchSheet(f"It has: {', '.join(sheets.visible)}.")
    if not wanted and len(sheets.visible) > 1:
        raise WhichSheet(f"It has: {', '.join(sheets.visible)}.")
    if not sheets.visible:
        raise EmptyFile
    name = wanted or sheets.visible[0]
    formulas = _formulas(source, name)
    rows = _rows(book.get_sheet_by_name(name), formulas)
    _, cells = next(((number, row) for number, row in rows if any(row)), (0, ()))
    notes = [f"Taken from the sheet “{name}”."]
    if sheets.hidden:
        notes.append(f"Hidden sheets were left alone: {', '.join(sheets.hidden)}.")
    return Table(checked_headings([str(cell) for cell in cells]), rows, notes)


def _opened(source: Source) -> Any:
    with source.open() as file:
        content = file.read(MOST_BYTES_OF_A_SHEET + 1)
    if len(content) > MOST_BYTES_OF_A_SHEET:
        raise TooBig
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > MOST_BYTES_UNPACKED:
                raise TooBig
            if archive.testzip() is not None:
                raise CutOff
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (*DAMAGE, CalamineError) as error:
        raise CutOff from error


def _sheets(book: Any) -> Sheets:
    found: dict[bool, list[str]] = {True: [], False: []}
    for one in book.sheets_metadata:
        if one.typ is SheetTypeEnum.WorkSheet:
            is_visible = one.visible is SheetVisibleEnum.Visible
            if not is_visible or book.get_sheet_by_name(one.name).height:
                found[is_visible].append(one.name)
    return Sheets(found[True], found[False])


def _rows(sheet: Any, formulas: Mapping[int, Sequence[int]]) -> Iterator[Row]:
    """Each row with its number; a cell that holds a formula says so instead of its result."""
    skipped = sheet.start[0] if sheet.start else 0
    cells: list[Cell]
    for number, cells in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        for column in formulas.get(number, ()):
            if column < len(cells):
                cells[column] = f"={cells[column]}"
        if number > skipped or any(cells):
            yield number, cells


def _formulas(source: Source, name: str) -> dict[int, list[int]]:
    """The columns that hold a formula, by row; columns from 0, rows from 1."""
    with source.open() as file, zipfile.ZipFile(file) as archive:
        path = _path_of(archive, name)
        if path is None:
            return {}
        found: dict[int, list[int]] = {}
        for letters, row in FORMULA.findall(archive.read(path)):
            found.setdefault(int(row), []).append(_index(letters.decode()))
    return found


def _path_of(archive: zipfile.ZipFile, name: str) -> str | None:
    """Where in the workbook's zip a sheet is kept."""
    book = Xml.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - expat bounds expansion
    relations = Xml.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - as above
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    for one in book.iter():
        if one.tag.endswith("}sheet") and one.get("name") == name:
            target = targets.get(one.get(RELATION), "").removeprefix("/xl/").removeprefix("./")
            path = f"xl/{target}"
            return path if path in archive.namelist() else None
    return None


def _index(letters: str) -> int:
    index = 0
    for one in letters:
        index = index * 26 + ord(one) - ord("A") + 1
    return index - 1


def _plainly(source: Source, content: Content) -> str:
    return "it is plain text." if content is Content.TEXT else say_what(source)


def first_rows(table: Table, count: int) -> list[Row]:
    """A few rows for a person to recognise the columns by."""
    return list(islice((row for row in table.rows if any(row[1])), count))
