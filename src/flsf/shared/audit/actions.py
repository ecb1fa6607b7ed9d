"""The only write of the record."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from flsf.core.people import Person
from flsf.shared.audit import rules
from flsf.shared.audit.enums import JSONValue
from flsf.shared.audit.models import AuditEntry, RecordView


class TagNotWellFormed(ValueError):
    """A programmer's slip: the tag does not read group:subject:verb."""


class RecordedOutsideTransaction(RuntimeError):
    """A programmer's slip: the change and its record could come apart."""


def record(
    *, tag: str, subject: str, details: Mapping[str, JSONValue], by: Person, at: datetime
) -> AuditEntry:
    """The record says so, if and only if the caller's transaction commits.

    Raises TagNotWellFormed and RecordedOutsideTransaction.
    """
    if not rules.is_well_formed(tag):
        raise TagNotWellFormed(tag)
    if not transaction.get_connection().in_atomic_block:
        raise RecordedOutsideTransaction(tag)
    return AuditEntry.objects.create(
        tag=tag, subject=subject, details=dict(details), by_id=by.pk, by_name=by.name, at=at
    )


def record_many(
    *,
    tag: str,
    entries: Iterable[tuple[str, Mapping[str, JSONValue]]],
    by: Person,
    at: datetime,
) -> None:
    """As record, for several subjects with their details at once."""
    if not rules.is_well_formed(tag):
        raise TagNotWellFormed(tag)
    if not transaction.get_connection().in_atomic_block:
        raise RecordedOutsideTransaction(tag)
    AuditEntry.objects.bulk_create(
        AuditEntry(
            tag=tag, subject=subject, details=dict(details), by_id=by.pk, by_name=by.name, at=at
        )
        for subject, details in entries
    )


def record_view(*, subject: str, page: str, by: Person, at: datetime) -> None:
    """The record says that a person looked at a child's record.

    Called by every page, file and answer that shows one, whoever looks.
    """
    RecordView.objects.create(subject=subject, page=page, by_id=by.pk, by_name=by.name, at=at)


def record_views(*, subjects: Iterable[str], page: str, by: Person, at: datetime) -> None:
    """As record_view, for a list that shows several children by name."""
    RecordView.objects.bulk_create(
        RecordView(subject=subject, page=page, by_id=by.pk, by_name=by.name, at=at)
        for subject in subjects
    )
