"""The rows of an uploaded file, its columns put in our order."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import IO, Any

from python_calamine import CalamineError, CalamineWorkbook

from flsf.core.refusals import Refusal
from flsf.delivery.attendance.actions import COLUMNS

MOST_BYTES = 200 * 1024 * 1024
ZIP = b"PK\x03\x04"
NEEDED = ("placement", "date", "half", "happened", "came")


class TooLarge(Refusal):
    says = "The file is larger than 200 MB. Split it and send the parts."


class NotASheet(Refusal):
    says = "We cannot read this file. Save it as CSV (UTF-8) or as an Excel workbook (.xlsx)."


class NoRows(Refusal):
    says = "The file has no rows under its headings."


class HeadingsMissing(Refusal):
    says = "The first row must hold the headings. Start from our empty register."

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__()
        self.missing = missing

    def __str__(self) -> str:
        names = ", ".join(f"“{one}”" for one in self.missing)
        return f"The first row has no heading {names}. Start from our empty register."


class HeadingTwice(Refusal):
    says = "A heading is there twice. Take one of the two columns away."


def rows_of(upload: Any) -> Iterator[list[object]]:
    """The rows in the order of COLUMNS. Raises a refusal that says what to mend."""
    if upload.size > MOST_BYTES:
        raise TooLarge
    begins = upload.read(4)
    upload.seek(0)
    lines = _of_workbook(upload) if begins == ZIP else _of_csv(upload)
    headings = [str(cell).strip().lower() for cell in next(lines, [])]
    order = _order(headings)
    return _arranged(lines, order, len(headings))


def _order(headings: list[str]) -> list[int | None]:
    if not any(headings):
        raise NoRows
    known = [one for one in headings if one in COLUMNS]
    if len(set(known)) < len(known):
        raise HeadingTwice
    missing = [one for one in NEEDED if one not in headings]
    if missing:
        raise HeadingsMissing(missing)
    return [headings.index(one) if one in headings else None for one in COLUMNS]


def _arranged(
    lines: Iterator[Sequence[object]], order: list[int | None], width: int
) -> Iterator[list[object]]:
    if order == list(range(width)):
        yield from (list(line) for line in lines if any(line))
        return
    for line in lines:
        if any(line):
            padded = [*line, *[""] * (width - len(line))]
            yield ["" if place is None else padded[place] for place in order]


def _of_csv(upload: IO[bytes]) -> Iterator[Sequence[object]]:
    """UTF-8, or Windows-1252 as older Excel writes it: told by the whole file."""
    content = upload.read()
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = content.decode("cp1252", errors="replace")
    if "\0" in words[:4096]:
        raise NotASheet
    return _lines(csv.reader(io.StringIO(words, newline="")))


def _lines(reader: Iterator[Sequence[object]]) -> Iterator[Sequence[object]]:
    """The lines, until one is no line: an open quotation mark makes one cell of a whole file."""
    try:
        yield from reader
    except csv.Error as error:
        raise NotASheet from error


def _of_workbook(upload: IO[bytes]) -> Iterator[Sequence[object]]:
    try:
        book = CalamineWorkbook.from_filelike(upload)
        return iter(book.get_sheet_by_index(0).to_python())
    except (CalamineError, ValueError, OSError) as error:
        raise NotASheet from error
