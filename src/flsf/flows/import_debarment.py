"""The published debarment list becomes the one in force, and every supplier is looked for on it."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from flsf.core.counts import Counts
from flsf.core.people import Person
from flsf.flows.exclude import sweep_suppliers
from flsf.market.exclusions import actions as exclusions
from flsf.market.exclusions import queries as find_exclusions
from flsf.market.exclusions.enums import Cause, Weight
from flsf.market.exclusions.rules import Debarred
from flsf.shared import staging
from flsf.shared.imports import actions as imports
from flsf.shared.imports.enums import Kind
from flsf.shared.imports.rules import debarment
from flsf.shared.imports.rules.refused import NoRows
from flsf.shared.imports.rules.reports import Findings, Report
from flsf.shared.imports.rules.sources import Source
from flsf.shared.imports.rules.workbooks import sheet_table


def import_debarment(
    *,
    source: Source,
    name: str,
    by: Person,
    at: datetime,
    is_dry_run: bool = False,
) -> Report:
    """The list is the one in force, and whoever may be on it is found (section 62).

    All of it or none: one bad row, and the list before stays in force, for a list that lacks a
    row bars nobody who is in it. `name` is what the list calls itself; empty: the file's name.
    The list that is in force again changes nothing. Raises FileRefused kinds for a file that
    cannot be taken at all.
    """
    findings = Findings()
    with transaction.atomic():
        staging.wait_for_turn("import of the debarment list")
        table = sheet_table(source)
        entries = [_entry(one) for one in debarment.lines(table, findings)]
        if not findings.rows_read:
            raise NoRows
        is_kept = not findings.rows_bad
        before = find_exclusions.entry_keys()
        version, is_new = exclusions.take_in_list(
            name=name or source.name, sha256=source.fingerprint(), entries=entries, by=by, at=at
        )
        notes = [*table.notes]
        if rest := debarment.unused(table):
            notes.append(f"Not read: {rest}.")
        if is_new:
            found = sweep_suppliers(cause=Cause.IMPORT, by=by, at=at)
            notes.append(f"Suppliers found on it that somebody has to look at: {found}.")
        else:
            notes.append(f"This very list is in force already, as {version.name}.")
        if gone := before - {one.key for one in entries}:
            notes.append(
                f"No longer on it: {len(gone)} of the {len(before)} entries of the list before. "
                "Check that this is the whole list."
            )
        counts = Counts(new=len(entries)) if is_new else Counts(same=len(entries))
        report = Report(
            kind=Kind.DEBARMENT,
            file_name=source.name,
            counts=counts,
            rows_read=findings.rows_read,
            rows_bad=findings.rows_bad,
            problems=findings.problems,
            notes=notes,
            is_dry_run=is_dry_run,
            is_kept=is_kept,
        )
        if is_dry_run or not is_kept:
            transaction.set_rollback(True)
            return report
        batch = imports.record(report=report, fingerprint=source.fingerprint(), by=by, at=at)
    return replace(report, batch_ref=batch.ref)


def _entry(line: debarment.Line) -> Debarred:
    return Debarred(
        name=line.name,
        number=line.number,
        weight=Weight.MANDATORY if line.is_mandatory else Weight.DISCRETIONARY,
        ground=line.ground,
        first_day=line.first_day,
        last_day=line.last_day,
    )
