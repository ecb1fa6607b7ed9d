from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from flsf.core.people import Person
from flsf.market.feed.enums import Kind


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: when what was published."""
        return self


class Edition(models.Model):
    """The feed changed: how much, when, and until when it has been known to be right."""

    made_at = models.DateTimeField()
    new = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    withdrawn = models.PositiveIntegerField()
    # What the directory was when it was last compared. The same again: nothing to do.
    checked_against = models.CharField(max_length=64)
    checked_at = models.DateTimeField()

    objects = EditionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"edition {self.pk}"


class RecordQuerySet(models.QuerySet["Record"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: a record is what is published."""
        return self


class Record(models.Model):
    """One record as other systems read it, word for word.

    Kept whole, so that a page of it is read and not worked out, two readers get the same bytes,
    and "changed since" is a fact. A service that is withdrawn stays as a record that says so;
    a record of another kind that nothing needs any more goes.
    """

    uuid = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=24, choices=Kind)
    about = models.CharField(max_length=400)  # our own name for it, from which the uuid is made
    listing = models.TextField()  # as a list shows it
    body = models.TextField()  # with everything about it
    fingerprint = models.CharField(max_length=64)  # of what it says, not of when
    is_withdrawn = models.BooleanField(default=False)
    modified_at = models.DateTimeField()
    # What a list can be narrowed by.
    lowest_age = models.PositiveSmallIntegerField(null=True)
    highest_age = models.PositiveSmallIntegerField(null=True)
    half_days_mask = models.SmallIntegerField(default=0)
    term_uuids = ArrayField(models.UUIDField(), default=list)
    organization_uuid = models.UUIDField(null=True)
    easting = models.IntegerField(null=True)
    northing = models.IntegerField(null=True)
    words = SearchVectorField(null=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["kind", "uuid"], name="feed_record_in_order"),
        )
        indexes = (
            models.Index(fields=["kind", "modified_at"], name="feed_record_modified"),
            GinIndex(fields=["words"], name="feed_record_words"),
            GinIndex(fields=["term_uuids"], name="feed_record_terms"),
        )

    def __str__(self) -> str:
        return self.about
