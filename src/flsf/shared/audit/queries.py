"""Reads of the record."""

from django.db.models import QuerySet

from flsf.core.people import Person
from flsf.shared.audit.models import AuditEntry, RecordView


def history_of(subject: str, *, person: Person) -> QuerySet[AuditEntry]:
    """What was done to a subject, newest first."""
    return AuditEntry.objects.visible_to(person).filter(subject=subject).order_by("-at", "-pk")


def views_of(subject: str, *, person: Person) -> QuerySet[RecordView]:
    """Who looked at a child's record, latest first."""
    return RecordView.objects.visible_to(person).filter(subject=subject).order_by("-at", "-pk")


def views(*, person: Person) -> QuerySet[RecordView]:
    """Everybody who looked at any child's record, latest first."""
    return RecordView.objects.visible_to(person).order_by("-at", "-pk")
