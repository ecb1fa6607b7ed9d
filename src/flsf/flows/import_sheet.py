"""A sheet of the council's own becomes one batch, which can be undone."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.flows import (
    import_children,
    import_oruk,
    import_placements,
    import_providers,
    import_services,
    import_trainers,
)
from flsf.shared import staging
from flsf.shared.imports import actions as imports
from flsf.shared.imports import queries
from flsf.shared.imports.enums import BatchStatus, Kind
from flsf.shared.imports.rules import sheets
from flsf.shared.imports.rules.refused import NoRows, NotAsExpected, WhichSheet
from flsf.shared.imports.rules.reports import Findings, Report
from flsf.shared.imports.rules.sheets import Outcome, Taking
from flsf.shared.imports.rules.sources import Source
from flsf.shared.imports.rules.workbooks import sheet_table

TAKERS: Mapping[Kind, Callable[[Taking], Outcome]] = {
    Kind.PROVIDERS: import_providers.take,
    Kind.SERVICES: import_services.take,
    Kind.CHILDREN: import_children.take,
    Kind.PLACEMENTS: import_placements.take,
    Kind.TRAINERS: import_trainers.take,
}
TAKERS_BACK: Mapping[Kind, Callable[..., None]] = {
    Kind.PROVIDERS: import_providers.take_back,
    Kind.SERVICES: import_services.take_back,
    Kind.CHILDREN: import_children.take_back,
    Kind.PLACEMENTS: import_placements.take_back,
    Kind.TRAINERS: import_trainers.take_back,
    Kind.ORUK: import_oruk.take_back,
}
KEPT_FOR = timedelta(days=2)


class NothingToUndo(Refusal):
    says = "Only a batch that was taken in and made something can be undone."


def import_sheet(
    *,
    kind: Kind,
    source: Source,
    by: Person,
    at: datetime,
    sheet: str = "",
    columns: Mapping[str, str] | None = None,
    merges: bool = False,
    is_dry_run: bool = False,
    is_all_or_nothing: bool = False,
    batch_ref: str = "",
) -> Report:
    """Every good row is taken in as one batch, or, if asked and one is bad, none.

    Without `columns` those remembered for these headings stand, else our guess. A dry run does
    all the work and then undoes it. Raises the FileRefused kinds, and changes nothing then.
    """
    findings = Findings()
    table = sheet_table(source, sheet=sheet)
    chosen = dict(columns or queries.columns_for(kind, table.headings))
    with transaction.atomic():
        staging.wait_for_turn("import of the council's own sheets")
        rows = list(sheets.rows(kind, table, chosen, findings))
        if not findings.rows_read:
            raise NoRows
        outcome = TAKERS[kind](Taking(rows, chosen, findings, merges, by, at))
        report = Report(
            kind=kind,
            file_name=source.name,
            counts=outcome.counts,
            rows_read=findings.rows_read,
            rows_bad=findings.rows_bad,
            problems=sorted(findings.problems, key=lambda one: one.row),
            notes=[*table.notes, *outcome.notes],
            is_dry_run=is_dry_run,
            is_kept=not (is_all_or_nothing and findings.rows_bad),
        )
        if is_dry_run or not report.is_kept:
            transaction.set_rollback(True)
            return report
        imports.remember(kind=kind, headings=table.headings, columns=chosen, by=by, at=at)
        batch = imports.record(
            report=report,
            fingerprint=source.fingerprint(),
            made=outcome.made,
            batch_ref=batch_ref,
            by=by,
            at=at,
        )
    return replace(report, batch_ref=batch.ref)


def kind_of(source: Source, *, sheet: str = "") -> Kind:
    """Which of our sheets a file most likely is, by its headings. Raises NotAsExpected."""
    headings = sheet_table(source, sheet=sheet).headings
    guesses = {kind: sheets.guess(kind, headings) for kind in TAKERS}
    whole = [kind for kind, found in guesses.items() if not sheets.missing(kind, found)]
    if not whole:
        raise NotAsExpected("Its headings fit none of our sheets. Say which it is.")
    return max(whole, key=lambda kind: len(guesses[kind]))


@transaction.atomic
def bring(*, kind: Kind, source: Source, content: bytes, by: Person, at: datetime) -> str:
    """The file waits for somebody to say which sheet and columns; files that waited too long
    are gone.

    Returns the batch's reference. Raises the FileRefused kinds.
    """
    columns: Mapping[str, str] = {}
    with suppress(WhichSheet):
        columns = queries.columns_for(kind, sheet_table(source).headings)
    imports.drop_uploads(before=at - KEPT_FOR, by=by, at=at)
    batch = imports.bring(kind=kind, source=source, content=content, columns=columns, by=by, at=at)
    return batch.ref


@transaction.atomic
def check(
    *, ref: str, columns: Mapping[str, str], merges: bool, by: Person, at: datetime
) -> Report:
    """These columns are confirmed, and the batch says what would become of the waiting file.

    All of it is done and then undone, so the numbers are the real ones.
    """
    imports.confirm_columns(ref=ref, columns=columns, merges=merges, by=by, at=at)
    report = _run(ref, by=by, at=at, is_dry_run=True)
    imports.note_check(ref=ref, report=report, by=by, at=at)
    return report


def commit(*, ref: str, is_all_or_nothing: bool, by: Person, at: datetime) -> Report:
    """The waiting file is taken in, and the file itself is removed."""
    return _run(ref, by=by, at=at, is_all_or_nothing=is_all_or_nothing)


@transaction.atomic
def undo(*, ref: str, by: Person, at: datetime) -> None:
    """What the batch made is gone. Records that it changed stay changed.

    Raises NothingToUndo, and the refusals of each stage in whose records something rests on
    what was made: then all of it stays.
    """
    staging.wait_for_turn("import of the council's own sheets")
    batch = queries.with_ref(ref, person=by)
    if batch is None or batch.status != BatchStatus.COMMITTED or not batch.undo:
        raise NothingToUndo
    TAKERS_BACK[Kind(batch.kind)](batch.undo, by=by, at=at)
    imports.note_undone(ref=ref, by=by, at=at)


def _run(ref: str, *, by: Person, at: datetime, **how: Any) -> Report:
    upload = queries.upload(ref, person=by)
    return import_sheet(
        kind=upload.kind,
        source=upload.source,
        sheet=upload.sheet,
        columns=upload.columns,
        merges=upload.merges,
        batch_ref=ref,
        by=by,
        at=at,
        **how,
    )
