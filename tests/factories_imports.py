"""Sheets as councils send them."""

import io
from collections.abc import Sequence

import xlsxwriter

from flsf.core.people import SYSTEM
from flsf.flows.import_sheet import import_sheet
from flsf.shared.imports.enums import Kind
from flsf.shared.imports.rules.reports import Report
from flsf.shared.imports.rules.sources import Source
from tests.factories import NOW

PROVIDERS = (
    "Supplier,Legal status,Companies House number,Charity no,Telephone,Post code,VAT registered\n"
    "Bright Steps Tuition,Ltd,1234567,,1384555123,dy11hf,yes\n"
    "River Arts,Charity,,1098765,01384 555 124,DY1 1HG,no\n"
)
SERVICES = (
    "Provider,Service,Lot,Age from,Age to,Price,Delivery,Needs,Capacity\n"
    'Bright Steps Tuition,Maths,tutoring,11,16,"£1,045.00",online,"ASD; dyslexia",6\n'
    "1098765,Art,Tutoring,5,16,30,centre,SEMH,4\n"
)
CHILDREN = (
    "Forename,Surname,DOB,UPN,Home postcode,SEN status,Primary need\n"
    "Ava,Moss,15/05/2014,,DY1 1HF,E,ASD\n"
    "Ben,O'Neil,15-May-13,,,K,Dyslexia\n"
)
PLACEMENTS = (
    "Supplier,Forename,Surname,DOB,Start date,End date,Unit cost,Charged by,Days,Provision\n"
    "Bright Steps Tuition,Ava,Moss,15/05/2014,01/09/2025,31/03/2027,45,hourly,Mon AM,Maths\n"
    "River Arts,Ben,O'Neil,15/05/2013,01/01/2026,17/07/2026,£60.00,session,Tue,Art therapy\n"
)


def bring(kind: Kind, content: str | bytes, *, name: str = "sheet.csv", **how: object) -> Report:
    raw = content.encode() if isinstance(content, str) else content
    source = Source.of_bytes(name, raw)
    return import_sheet(kind=kind, source=source, by=SYSTEM, at=NOW, **how)


def workbook(
    rows: Sequence[Sequence[object]], *, hidden: str = "", more: str = "", formula: str = ""
) -> bytes:
    """One sheet "Data" of these rows; `formula` names a cell to hold one, as "B2"."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet("Data")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if hasattr(cell, "year"):
                    sheet.write_datetime(number, column, cell, day)
                else:
                    sheet.write(number, column, cell)
        if formula:
            sheet.write_formula(formula, "=1+1", None, 2)
        for name in (hidden, more):
            if name:
                book.add_worksheet(name).write(0, 0, "Something")
        if hidden:
            book.get_worksheet_by_name(hidden).hide()
    return held.getvalue()
