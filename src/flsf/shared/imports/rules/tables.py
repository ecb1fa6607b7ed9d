"""Rows under headings, out of CSV text or an Excel workbook."""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from flsf.shared.imports.rules.refused import (
    CutOff,
    EmptyFile,
    MissingHeadings,
    NotText,
    RepeatedHeadings,
)
from flsf.shared.imports.rules.sources import Source, blocks

Cell: TypeAlias = str | float | int | bool | date | datetime | time | timedelta
Row: TypeAlias = tuple[int, Sequence[Cell]]

# A cell longer than this is a quotation mark that was never closed.
LONGEST_CELL = 100_000
DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and the rows under them, each with its number as a spreadsheet counts it."""

    headings: Sequence[str]
    rows: Iterator[Row]
    notes: Sequence[str] = field(default=())  # what the reader of the report should know


def encoding_of(source: Source) -> str:
    """UTF-8 if the whole file is that, else Windows-1252, which the national registers use.

    Raises EmptyFile, NotText, and CutOff or TooBig from unpacking.
    """
    head = source.head()
    if not head.strip():
        raise EmptyFile
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    windows = codecs.getincrementaldecoder("cp1252")()
    found = "utf-8-sig"
    for block in blocks(source):
        if b"\0" in block:
            raise NotText("It holds empty bytes (NUL).")
        if found == "utf-8-sig":
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                found = "cp1252"
        try:
            windows.decode(block)
        except UnicodeDecodeError as error:
            if found == "cp1252":
                raise NotText("It is neither UTF-8 nor Windows-1252.") from error
    return found


def lines_of(source: Source) -> tuple[Iterator[Row], str]:
    """Every row of a CSV file with its number, headings too, and how the file is written."""
    encoding = encoding_of(source)
    return _rows(source, encoding), encoding


def table_of(source: Source) -> Table:
    """The first row that is not blank as headings, and those after it.

    Raises EmptyFile, NotText, CutOff, TooBig, MissingHeadings and RepeatedHeadings.
    """
    rows, encoding = lines_of(source)
    _, cells = next(((number, row) for number, row in rows if any(row)), (0, ()))
    if not cells:
        raise EmptyFile
    headings = checked_headings([str(cell) for cell in cells])
    notes: tuple[str, ...] = ()
    if encoding == "cp1252":
        notes = ("The file was not UTF-8, so it was read as Windows-1252.",)
    return Table(headings, rows, notes)


def checked_headings(cells: Sequence[str]) -> list[str]:
    """The headings, trimmed. Raises MissingHeadings, RepeatedHeadings."""
    headings = [" ".join(cell.split()) for cell in cells]
    if not any(headings):
        raise MissingHeadings
    seen: dict[str, int] = {}
    for index, heading in enumerate(headings):
        key = squeezed(heading)
        if heading and key in seen:
            where = f"{letter(seen[key])} and {letter(index)}"
            raise RepeatedHeadings(f"Columns {where} are both called “{heading}”.")
        seen[key] = index
    return headings


def squeezed(heading: str) -> str:
    """Letters and digits only, in lower case: "LA (name)" and "la_name" are the same."""
    return re.sub(r"[^a-z0-9]", "", heading.lower())


def letter(index: int) -> str:
    """The letter that a spreadsheet gives a column; the first, A, is 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def positions(headings: Sequence[str], wanted: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Where each of our columns stands, by the headings it may have, squeezed; absent if not.

    A heading may be a pattern: "wd..cd" is any two characters between.
    """
    squeezed_headings = [squeezed(heading) for heading in headings]
    found: dict[str, int] = {}
    for ours, theirs in wanted.items():
        for pattern in theirs:
            hits = [at for at, one in enumerate(squeezed_headings) if re.fullmatch(pattern, one)]
            if hits:
                found[ours] = hits[-1]  # of several years the last is the newest
                break
    return found


def wrong_width(row: Sequence[Cell], headings: Sequence[str]) -> str:
    """Why a row does not fit its headings, or nothing. Empty cells at its end do no harm."""
    if len(row) < len(headings):
        counted = f"The row has {len(row)} cells and there are {len(headings)} headings."
        return f"{counted} It may be cut off."
    if any(row[len(headings) :]):
        return f"The row has {len(row)} cells and there are only {len(headings)} headings."
    return ""


def _rows(source: Source, encoding: str) -> Iterator[Row]:
    with (
        source.open() as file,
        io.TextIOWrapper(file, encoding=encoding, newline="") as text,
    ):
        sample = text.readline()
        delimiter = max(DELIMITERS, key=sample.count)
        csv.field_size_limit(LONGEST_CELL)
        lines = _with_first(sample, text)
        number = 0
        try:
            for number, row in enumerate(
                csv.reader(lines, delimiter=delimiter, strict=True), start=1
            ):
                yield number, row
        except csv.Error as error:
            raise CutOff(
                f"After row {number} a quotation mark is opened and never closed."
            ) from error
        except UnicodeError as error:
            raise NotText from error


def _with_first(first: str, rest: io.TextIOWrapper) -> Iterator[str]:
    yield first
    yield from rest
