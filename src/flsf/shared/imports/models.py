from typing import Self

from django.conf import settings
from django.db import models

from flsf.core.people import Person
from flsf.shared.imports.enums import BatchStatus, Kind


class BatchQuerySet(models.QuerySet["Batch"]):
    def visible_to(self, person: Person) -> Self:
        """Only council staff bring files in."""
        return self if person.reach.whole_council else self.none()


class Batch(models.Model):
    """One file as it was brought, and what became of it."""

    ref = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=12, choices=BatchStatus)
    rows_read = models.PositiveIntegerField(default=0)
    rows_new = models.PositiveIntegerField(default=0)
    rows_changed = models.PositiveIntegerField(default=0)
    rows_same = models.PositiveIntegerField(default=0)
    rows_bad = models.PositiveIntegerField(default=0)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    brought_at = models.DateTimeField()
    # What was made or changed, so that the batch can be undone: kept by the importer.
    undo = models.JSONField(default=list)
    notes = models.JSONField(default=list)  # what the reader of the report should know

    objects = BatchQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.ref} {self.kind}"


class Upload(models.Model):
    """The file of a batch, kept here between its upload and its being taken in, no longer.

    In the database, so that any web server can go on with it, and backups are as safe as the
    children's records that it holds. Removed with the decision, or when it is two days old.
    """

    batch = models.OneToOneField(Batch, on_delete=models.CASCADE, related_name="upload")
    content = models.BinaryField()
    sheet = models.CharField(max_length=100, blank=True)  # of a workbook; empty: the only one
    columns = models.JSONField(default=dict)  # ours -> theirs, once confirmed
    merges = models.BooleanField(default=False)  # what we know already is changed, not skipped

    def __str__(self) -> str:
        return f"file of {self.batch}"


class Problem(models.Model):
    """One thing wrong with one row of a file."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="problems")
    row = models.PositiveIntegerField()  # as the spreadsheet numbers it; the heading is row 1
    column = models.CharField(max_length=100, blank=True)
    value = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300)
    is_warning = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"row {self.row}, {self.column}: {self.reason}"


class Mapping(models.Model):
    """Which of a council's headings stands for which of our columns, remembered."""

    kind = models.CharField(max_length=20, choices=Kind)
    # The headings as they stood, joined: the same file layout finds the same mapping.
    headings_sha256 = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)  # ours -> theirs

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["kind", "headings_sha256"], name="mapping_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.headings_sha256[:8]}"
