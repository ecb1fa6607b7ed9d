from typing import Self

from django.conf import settings
from django.db import models

from flsf.core.people import Person
from flsf.core.refs import new_ref
from flsf.shared.documents.enums import Kind


def new_document_ref() -> str:
    """A fresh reference of a file."""
    return new_ref("F")


# Whoever reads what applicants and providers hand in. The word of accounts.Permission.
READS = "view-applications"


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff who read applications see every file; others their own organisation's.

        Files tell of people: who finds a reference elsewhere reads nothing by it.
        """
        if person.reach.whole_council and (person.pk is None or person.may(READS)):
            return self
        return self.filter(owner__in=person.reach.organisation_ids)


class Document(models.Model):
    """A file that was handed in, looked into and found harmless as far as we can tell."""

    ref = models.CharField(max_length=12, unique=True, default=new_document_ref)
    owner = models.ForeignKey("shared.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=100)  # to read only; the file is known by its ref
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    # Null: this installation had no virus scanner when the file came.
    scanned_at = models.DateTimeField(null=True)
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    handed_in_at = models.DateTimeField()

    objects = DocumentQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.ref} {self.name}"


class Content(models.Model):
    """The bytes of a file, apart, so that no list reads them.

    In the database: one backup holds everything, and any web server can show a file.
    """

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="content")
    data = models.BinaryField()

    def __str__(self) -> str:
        return f"content of {self.document}"
