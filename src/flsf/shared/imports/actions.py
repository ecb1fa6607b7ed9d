"""The only writes of the list of files brought in."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from flsf.core.people import Person
from flsf.core.refs import new_ref
from flsf.shared.audit import actions as audit
from flsf.shared.imports.enums import BatchStatus, Tag
from flsf.shared.imports.models import Batch, Problem
from flsf.shared.imports.rules.reports import Bad, Report

LONGEST_REASON = 300


@transaction.atomic
def record(*, report: Report, fingerprint: str, by: Person, at: datetime) -> Batch:
    """The list of files brought in says so, with what was wrong with which row."""
    batch = Batch.objects.create(
        ref=new_ref("I"),
        kind=report.kind,
        file_name=report.file_name[:200],
        file_sha256=fingerprint,
        status=BatchStatus.COMMITTED if report.is_kept else BatchStatus.REFUSED,
        rows_read=report.rows_read,
        rows_new=report.counts.new,
        rows_changed=report.counts.changed,
        rows_same=report.counts.same,
        rows_bad=report.rows_bad,
        brought_by_id=by.pk,
        brought_at=at,
    )
    _keep_problems(batch, report.problems)
    audit.record(
        tag=Tag.COMMITTED,
        subject=f"import {batch.ref}",
        details={"kind": str(report.kind), "rows": report.counts.read, "bad": report.rows_bad},
        by=by,
        at=at,
    )
    return batch


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
