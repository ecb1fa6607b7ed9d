from typing import Self

from django.db import models

from flsf.core.people import Person

ACCESS_LOG = "view-access-log"


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    def visible_to(self, person: Person) -> Self:
        """Only council staff read the record."""
        return self if person.reach.whole_council else self.none()


class AuditEntry(models.Model):
    """One thing that was done.

    It holds no foreign keys, so nothing it mentions is kept from deletion and
    the entry outlives what it describes. A database trigger, made in the
    migration, refuses to change or delete a row whoever asks.
    """

    tag = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    details = models.JSONField(default=dict)
    by_id = models.BigIntegerField(null=True)  # null: the system itself
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "audit entries"
        indexes = (
            models.Index(fields=["subject", "at"], name="audit_by_subject"),
            models.Index(fields=["-at"], name="audit_by_time"),
        )

    def __str__(self) -> str:
        return f"{self.tag} {self.subject}"


class RecordViewQuerySet(models.QuerySet["RecordView"]):
    def visible_to(self, person: Person) -> Self:
        """Only those who watch over access read who looked at what."""
        return self if person.may(ACCESS_LOG) else self.none()


class RecordView(models.Model):
    """Somebody looked at a child's record. Append-only, without foreign keys, as AuditEntry."""

    subject = models.CharField(max_length=80)  # "child C-7K3FD"
    page = models.CharField(max_length=80)  # the name of the address opened
    by_id = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    objects = RecordViewQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["subject", "-at"], name="view_by_subject"),
            models.Index(fields=["-at"], name="view_by_time"),
        )

    def __str__(self) -> str:
        return f"{self.by_name} opened {self.page} of {self.subject}"
