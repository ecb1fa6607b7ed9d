"""The only writes of the list of files brought in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from flsf.core.people import Person
from flsf.core.refs import unused_ref
from flsf.shared.audit import actions as audit
from flsf.shared.audit.enums import JSONValue
from flsf.shared.imports.enums import BatchStatus, Kind, Tag
from flsf.shared.imports.models import Batch, Problem, Upload
from flsf.shared.imports.models import Mapping as Remembered
from flsf.shared.imports.rules import sheets
from flsf.shared.imports.rules.reports import Bad, Report
from flsf.shared.imports.rules.sources import Source

LONGEST_REASON = 300


@transaction.atomic
def record(
    *,
    report: Report,
    fingerprint: str,
    made: Mapping[str, Any] | None = None,
    batch_ref: str = "",
    by: Person,
    at: datetime,
) -> Batch:
    """The list of files brought in says so, with what was wrong with which row.

    `made` is what undoing would take away. With `batch_ref` it is a batch that waited; its
    file is removed.
    """
    batch = Batch.objects.filter(ref=batch_ref).first() or Batch(
        ref=unused_ref("I", Batch.objects),
        kind=report.kind,
        file_name=report.file_name[:200],
        file_sha256=fingerprint,
        brought_by_id=by.pk,
        brought_at=at,
    )
    batch.status = BatchStatus.COMMITTED
    batch.undo = {key: list(ids) for key, ids in (made or {}).items() if ids}
    _note(batch, report)
    Upload.objects.filter(batch=batch).delete()
    audit.record(
        tag=Tag.COMMITTED,
        subject=f"import {batch.ref}",
        details={"kind": str(report.kind), "rows": report.counts.read, "bad": report.rows_bad},
        by=by,
        at=at,
    )
    return batch


@transaction.atomic
def bring(
    *,
    kind: Kind,
    source: Source,
    content: bytes,
    columns: Mapping[str, str],
    by: Person,
    at: datetime,
) -> Batch:
    """The file waits until somebody has confirmed its columns."""
    batch = Batch.objects.create(
        ref=unused_ref("I", Batch.objects),
        kind=kind,
        file_name=source.name[:200],
        file_sha256=source.fingerprint(),
        status=BatchStatus.BROUGHT,
        brought_by_id=by.pk,
        brought_at=at,
    )
    Upload.objects.create(batch=batch, content=content, columns=dict(columns))
    _record(Tag.BROUGHT, batch, by, at)
    return batch


@transaction.atomic
def choose_sheet(*, ref: str, sheet: str, by: Person, at: datetime) -> None:
    """Of the waiting workbook this sheet is read."""
    upload = Upload.objects.select_for_update().get(batch__ref=ref)
    upload.sheet, upload.columns = sheet, {}
    upload.save(update_fields=["sheet", "columns"])
    _record(Tag.CHECKED, upload.batch, by, at)


@transaction.atomic
def confirm_columns(
    *, ref: str, columns: Mapping[str, str], merges: bool, by: Person, at: datetime
) -> None:
    """These headings stand for these columns; what is known already is changed, or left."""
    upload = Upload.objects.select_for_update().get(batch__ref=ref)
    upload.columns, upload.merges = dict(columns), merges
    upload.save(update_fields=["columns", "merges"])
    _record(Tag.CHECKED, upload.batch, by, at)


@transaction.atomic
def remember(
    *, kind: Kind, headings: Sequence[str], columns: Mapping[str, str], by: Person, at: datetime
) -> None:
    """A file with these headings is read so from now on, without asking."""
    places = {key: headings.index(one) for key, one in columns.items() if one in headings}
    found, is_new = Remembered.objects.get_or_create(
        kind=kind,
        headings_sha256=sheets.fingerprint(headings),
        defaults={"columns": places},
    )
    if not is_new and found.columns == places:
        return
    found.columns = places
    found.save(update_fields=["columns"])
    audit.record(
        tag=Tag.REMEMBERED,
        subject=f"sheet {kind}",
        details={"columns": sorted(places)},
        by=by,
        at=at,
    )


@transaction.atomic
def note_check(*, ref: str, report: Report, by: Person, at: datetime) -> None:
    """The batch says what would become of its rows."""
    batch = Batch.objects.select_for_update(of=("self",)).get(ref=ref)
    batch.status = BatchStatus.CHECKED
    _note(batch, report)
    _record(Tag.CHECKED, batch, by, at)


@transaction.atomic
def refuse(*, ref: str, by: Person, at: datetime) -> None:
    """The waiting file is not taken in, and is removed."""
    batch = Batch.objects.select_for_update(of=("self",)).get(ref=ref)
    if batch.status in (BatchStatus.BROUGHT, BatchStatus.CHECKED):
        batch.status = BatchStatus.REFUSED
        batch.save(update_fields=["status"])
        Upload.objects.filter(batch=batch).delete()
        _record(Tag.REFUSED, batch, by, at)


@transaction.atomic
def note_undone(*, ref: str, by: Person, at: datetime) -> None:
    """The batch says that what it made is gone."""
    batch = Batch.objects.select_for_update(of=("self",)).get(ref=ref)
    batch.status = BatchStatus.UNDONE
    batch.undo = {}
    batch.save(update_fields=["status", "undo"])
    _record(Tag.UNDONE, batch, by, at)


@transaction.atomic
def drop_uploads(*, before: datetime, by: Person, at: datetime) -> None:
    """Files that have waited since before then are removed; their batches say refused."""
    waiting = Batch.objects.filter(upload__isnull=False, brought_at__lt=before)
    for ref in list(waiting.values_list("ref", flat=True)):
        refuse(ref=ref, by=by, at=at)


def _note(batch: Batch, report: Report) -> None:
    batch.rows_read, batch.rows_bad = report.rows_read, report.rows_bad
    batch.rows_new = report.counts.new
    batch.rows_changed = report.counts.changed
    batch.rows_same = report.counts.same
    batch.notes = list(report.notes)
    batch.save()
    Problem.objects.filter(batch=batch).delete()
    _keep_problems(batch, report.problems)


def _record(tag: Tag, batch: Batch, by: Person, at: datetime) -> None:
    details: dict[str, JSONValue] = {"kind": batch.kind, "rows": batch.rows_read}
    audit.record(tag=tag, subject=f"import {batch.ref}", details=details, by=by, at=at)


def _keep_problems(batch: Batch, problems: Sequence[Bad]) -> None:
    Problem.objects.bulk_create(
        (
            Problem(
                batch=batch,
                row=bad.row,
                column=bad.column[:100],
                value=bad.value[:200],
                reason=bad.reason[:LONGEST_REASON],
                is_warning=bad.is_warning,
            )
            for bad in problems
        ),
        batch_size=1000,
    )
