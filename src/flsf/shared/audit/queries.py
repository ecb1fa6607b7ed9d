"""Reads of the record."""

from datetime import datetime
from typing import TypeVar

from django.db.models import QuerySet

from flsf.core.people import Person
from flsf.shared.audit.models import ACCESS_LOG, AuditEntry, RecordView

Row = TypeVar("Row", AuditEntry, RecordView)


def history_of(subject: str, *, person: Person) -> QuerySet[AuditEntry]:
    """What was done to a subject, newest first."""
    return AuditEntry.objects.visible_to(person).filter(subject=subject).order_by("-at", "-pk")


def views_of(subject: str, *, person: Person) -> QuerySet[RecordView]:
    """Who looked at a child's record, latest first."""
    return RecordView.objects.visible_to(person).filter(subject=subject).order_by("-at", "-pk")


def views(
    *,
    person: Person,
    who: str = "",
    subject: str = "",
    since: datetime | None = None,
    before: datetime | None = None,
) -> QuerySet[RecordView]:
    """Everybody who looked at any child's record, latest first."""
    found = _narrowed(RecordView.objects.visible_to(person), who, since, before)
    if subject:
        found = found.filter(subject__icontains=subject)
    return found.order_by("-at", "-pk")


def entries(
    *,
    person: Person,
    who: str = "",
    subject: str = "",
    tag: str = "",
    since: datetime | None = None,
    before: datetime | None = None,
) -> QuerySet[AuditEntry]:
    """Everything that was done, latest first, for those who watch over access."""
    if not person.may(ACCESS_LOG):
        return AuditEntry.objects.none()
    found = _narrowed(AuditEntry.objects.visible_to(person), who, since, before)
    if subject:
        found = found.filter(subject__icontains=subject)
    if tag:
        found = found.filter(tag__icontains=tag)
    return found.order_by("-at", "-pk")


def _narrowed(
    found: QuerySet[Row], who: str, since: datetime | None, before: datetime | None
) -> QuerySet[Row]:
    if who:
        found = found.filter(by_name__icontains=who)
    if since is not None:
        found = found.filter(at__gte=since)
    return found if before is None else found.filter(at__lt=before)
