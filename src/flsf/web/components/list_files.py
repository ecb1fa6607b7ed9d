"""A list as a file: for a spreadsheet, for Excel in particular, and for a program."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, TypeAlias

import xlsxwriter
from django.http import HttpResponse

from flsf.core import clock
from flsf.web.components import council, words
from flsf.web.components.csv_file import csv_response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PENCE = 100
WIDEST, NARROWEST = 50, 10
SHEET_NAME_LIMIT = 31


@dataclass(frozen=True, slots=True)
class FileColumn:
    heading: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of plain values in the order of the columns, and what to say about them."""

    name: str
    title: str
    made_at: datetime
    narrowed: Sequence[str]
    note: str
    columns: Sequence[FileColumn]
    rows: Sequence[Sequence[Any]]

    def file_name(self, ending: str) -> str:
        return f"{self.name}-{clock.london_day(self.made_at).isoformat()}.{ending}"


Maker: TypeAlias = Callable[[Table], HttpResponse]


def as_csv(table: Table) -> HttpResponse:
    """Pounds as 1234.56 and days as 2026-05-15, which every spreadsheet reads."""
    return csv_response(
        filename=table.file_name("csv"),
        headings=[column.heading for column in table.columns],
        rows=(
            [_for_csv(column.kind, value) for column, value in zip(table.columns, row, strict=True)]
            for row in table.rows
        ),
    )


def as_json(table: Table) -> HttpResponse:
    """Money in whole pence, days and moments in ISO 8601; the meaning of a name never changes."""
    rows = [
        {
            column.name: _for_json(column.kind, value)
            for column, value in zip(table.columns, row, strict=True)
        }
        for row in table.rows
    ]
    body = {
        "title": table.title,
        "made_at": table.made_at.isoformat(),
        "narrowed_to": list(table.narrowed),
        "columns": {column.name: column.heading for column in table.columns},
        "rows": rows,
    }
    return HttpResponse(
        json.dumps(body, ensure_ascii=False), content_type="application/json; charset=utf-8"
    )


def as_xlsx(table: Table) -> HttpResponse:
    """A workbook: the rows with real types, and a cover sheet that says what they are."""
    target = BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    _rows_sheet(book, table)
    _cover_sheet(book, table)
    book.close()
    response = HttpResponse(target.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{table.file_name("xlsx")}"'
    return response


MAKERS: Mapping[str, Maker] = {"csv": as_csv, "xlsx": as_xlsx, "json": as_json}


def _rows_sheet(book: Any, table: Table) -> None:
    sheet = book.add_worksheet(_sheet_name(table.title))
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    formats = {
        "date": book.add_format({"num_format": "d mmm yyyy"}),
        "moment": book.add_format({"num_format": "d mmm yyyy hh:mm"}),
        "money": book.add_format({"num_format": "£#,##0.00;[Red]-£#,##0.00"}),
        "number": book.add_format({"num_format": "#,##0.##"}),
    }
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.heading, heading)
        sheet.set_column(place, place, _width(table, place))
    for number, row in enumerate(table.rows, start=1):
        for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            _write(sheet, number, place, column.kind, value, formats.get(column.kind))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(table.rows), 1), max(len(table.columns) - 1, 0))


def _cover_sheet(book: Any, table: Table) -> None:
    sheet = book.add_worksheet("About this file")
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 80)
    said = (
        ("Title", table.title),
        ("From", council.particulars().name),
        ("Made on", words.moment(table.made_at)),
        ("Narrowed to", "; ".join(table.narrowed) or "Nothing: every row"),
        ("Rows", str(len(table.rows))),
        ("How worked out", table.note or "Rows as they stood when the file was made"),
    )
    for number, (label, text) in enumerate(said):
        sheet.write_string(number, 0, label, bold)
        sheet.write_string(number, 1, text, wrapped)


def _write(sheet: Any, number: int, place: int, kind: str, value: Any, style: Any) -> None:
    if value is None or value == "":
        return
    if kind == "money":
        sheet.write_number(number, place, _pence(value) / PENCE, style)
    elif kind == "number":
        sheet.write_number(number, place, value, style)
    elif kind == "moment":
        local = value.astimezone(clock.LONDON).replace(tzinfo=None)
        sheet.write_datetime(number, place, local, style)
    elif kind == "date":
        sheet.write_datetime(number, place, value, style)
    else:
        sheet.write_string(number, place, _text(value))


def _for_csv(kind: str, value: Any) -> object:
    if value is None:
        return ""
    if kind == "money":
        return (Decimal(_pence(value)) / PENCE).quantize(Decimal("0.01"))
    if kind == "number":
        return value
    if isinstance(value, datetime):
        return value.astimezone(clock.LONDON).strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else _text(value)


def _for_json(kind: str, value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if kind == "money":
        return _pence(value)
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _pence(value: Any) -> int:
    return int(getattr(value, "pence", value))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(value)


def _width(table: Table, place: int) -> int:
    longest = max((len(str(row[place])) for row in table.rows[:200]), default=0)
    return min(WIDEST, max(NARROWEST, longest, len(table.columns[place].heading)) + 2)


def _sheet_name(title: str) -> str:
    plain = "".join(" " if letter in "[]:*?/\\'" else letter for letter in title).strip()
    return plain[:SHEET_NAME_LIMIT] or "Rows"
