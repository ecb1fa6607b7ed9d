"""`flsf import`: a file of the council's or the nation's, into the tables."""

import argparse
import csv
import json
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from flsf.cli import feeds
from flsf.cli.codes import DONE, DONE_WITH_BAD_ROWS, REFUSED
from flsf.core import clock
from flsf.core.people import SYSTEM
from flsf.core.refusals import Refusal
from flsf.flows.import_debarment import import_debarment
from flsf.flows.import_oruk import import_oruk
from flsf.flows.import_register import import_register, open_data
from flsf.flows.import_sheet import TAKERS, import_sheet, kind_of
from flsf.shared.imports.enums import Kind
from flsf.shared.imports.rules import oruk
from flsf.shared.imports.rules.refused import FileRefused
from flsf.shared.imports.rules.reports import Report
from flsf.shared.imports.rules.sources import Source

HELP = "Bring in schools, postcodes, wards, holidays, terms, a sheet or another directory's feed."
REGISTERS = (Kind.SCHOOLS, Kind.POSTCODES, Kind.WARDS, Kind.HOLIDAYS, Kind.TERMS)
SHEET = "sheet"
ORUK, DEBARMENT = str(Kind.ORUK), str(Kind.DEBARMENT)
OWN = tuple(map(str, TAKERS))
LINES_SHOWN = 20


class NoSuchFile(FileRefused):
    says = "There is no such file."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    kinds = [*map(str, REGISTERS), SHEET, ORUK, DEBARMENT]
    parser.add_argument("kind", choices=kinds, help="what the file holds")
    parser.add_argument("file", nargs="?", help="plain or .gz, and .zip for registers; or oruk URL")
    parser.add_argument("--dry-run", action="store_true", help="check, and change nothing")
    parser.add_argument(
        "--all-or-nothing", action="store_true", help="if any row is bad, change nothing"
    )
    parser.add_argument(
        "--open-data", action="store_true", help="postcodes of the installed open-data package"
    )
    parser.add_argument("--of", choices=OWN, help="which sheet of your own; else by its headings")
    parser.add_argument(
        "--from",
        dest="source",
        default="",
        help="of oruk FILE: the directory's name or address; of debarment: the list's name",
    )
    parser.add_argument("--sheet", default="", help="of a workbook with several")
    parser.add_argument(
        "--merge", action="store_true", help="change records that are known already"
    )
    parser.add_argument("--problems", metavar="CSV", help="write what is wrong to this file")
    parser.add_argument("--json", action="store_true", help="report as JSON")


def run(given: argparse.Namespace) -> int:
    """Prints what became of the file and what is wrong with which row."""
    try:
        report = _bring(given)
    except Refusal as refusal:
        if given.json:
            print(json.dumps({"kind": given.kind, "refused": str(refusal)}))
        print(refusal, file=sys.stderr)
        return REFUSED
    tell(report, given)
    if not report.is_kept:
        return REFUSED
    return DONE_WITH_BAD_ROWS if report.rows_bad else DONE


def _bring(given: argparse.Namespace) -> Report:
    how: dict[str, Any] = {
        "is_dry_run": given.dry_run,
        "is_all_or_nothing": given.all_or_nothing,
        "by": SYSTEM,
        "at": clock.now(),
    }
    if given.kind == ORUK:
        return _bring_feed(given, how)
    sources = _sources(given)
    if given.kind == DEBARMENT:
        del how["is_all_or_nothing"]  # it always is
        return import_debarment(source=sources[0], name=given.source, **how)
    if given.kind != SHEET:
        return import_register(kind=Kind(given.kind), sources=sources, **how)
    source, sheet = sources[0], given.sheet
    kind = Kind(given.of) if given.of else kind_of(source, sheet=sheet)
    return import_sheet(kind=kind, source=source, sheet=sheet, merges=given.merge, **how)


def _bring_feed(given: argparse.Namespace, how: Mapping[str, Any]) -> Report:
    """Another directory's services, fetched whole before anything is changed."""
    named = given.file or ""
    if feeds.is_address(named):
        feed, source = feeds.fetch(named), given.source or feeds.base_of(named)
    else:
        [file] = _sources(given)
        feed, source = oruk.feed_in(file), given.source or file.name
    fingerprint = sha256(json.dumps(feed.records, sort_keys=True).encode()).hexdigest()
    return import_oruk(feed=feed, source=source[:200], fingerprint=fingerprint, **how)


def tell(report: Report, given: argparse.Namespace) -> None:
    """The report, on the screen and, if asked, in a file."""
    if given.problems:
        write_problems(report, Path(given.problems))
    if given.json:
        print(json.dumps(report.as_json(), indent=2))
        return
    print(f"{report.kind.label}: {report.sentence}.")
    for note in report.notes:
        print(f"Note: {note}")
    for bad in report.problems[:LINES_SHOWN]:
        word = "Warning, row" if bad.is_warning else "Row"
        print(f"{word} {bad.row}, {bad.column or 'whole row'}: “{bad.value}”. {bad.reason}")
    if len(report.problems) > LINES_SHOWN:
        print(f"And {len(report.problems) - LINES_SHOWN:,} more: --problems FILE has them.")


def write_problems(report: Report, path: Path) -> None:
    """What is wrong as a file that a spreadsheet opens."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Row", "Column", "Value", "Reason", "Warning only"])
        for bad in report.problems:
            only = "yes" if bad.is_warning else ""
            writer.writerow([bad.row, bad.column, _harmless(bad.value), bad.reason, only])


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _sources(given: argparse.Namespace) -> list[Source]:
    if given.open_data and given.kind == Kind.POSTCODES:
        return open_data()
    if not given.file or not Path(given.file).is_file():
        raise NoSuchFile(given.file or "Give the name of a file.")
    return [Source.of_path(Path(given.file))]
