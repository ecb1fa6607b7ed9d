from typing import Self

from django.db import models
from django.db.models import Q

from flsf.core.people import Person


class PostcodeQuerySet(models.QuerySet["Postcode"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: the directory is published."""
        return self


class Postcode(models.Model):
    """A postcode and where it lies, in metres of the British National Grid.

    Northern Ireland, the islands of the Crown and postcodes without a place (the directory
    gives them 99.999999) are known to us, but lie nowhere on that grid.
    """

    # Upper case, one space before the last three characters: "DY1 1HF".
    postcode = models.CharField(max_length=8, primary_key=True)
    easting = models.IntegerField(null=True)
    northing = models.IntegerField(null=True)
    district = models.CharField(max_length=9, blank=True)  # GSS code of the authority, if known
    ward = models.CharField(max_length=9, blank=True)  # GSS code of the ward, if known
    ended_on = models.DateField(null=True)  # null: in use, or not known to have ended

    objects = PostcodeQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="postcode_placed_or_not",
                condition=Q(easting=None, northing=None)
                | Q(easting__isnull=False, northing__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.postcode


class WardQuerySet(models.QuerySet["Ward"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: boundaries are published."""
        return self


class Ward(models.Model):
    """A ward with its boundary as GeoJSON in degrees (WGS84)."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=100)
    boundary = models.JSONField()
    # The middle of the ward, in metres of the British National Grid.
    easting = models.IntegerField()
    northing = models.IntegerField()

    objects = WardQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class SchoolQuerySet(models.QuerySet["School"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: the register is published."""
        return self


class School(models.Model):
    """A school or college of the national register, open or closed."""

    urn = models.PositiveIntegerField(unique=True)
    name = models.CharField(max_length=200)
    authority_code = models.CharField(max_length=4, blank=True)
    authority_name = models.CharField(max_length=100, blank=True)
    establishment_number = models.CharField(max_length=5, blank=True)
    type_code = models.CharField(max_length=4, blank=True)
    type_name = models.CharField(max_length=100, blank=True)
    phase = models.CharField(max_length=40, blank=True)
    is_open = models.BooleanField(default=True)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    lowest_age = models.PositiveSmallIntegerField(null=True)
    highest_age = models.PositiveSmallIntegerField(null=True)
    street = models.CharField(max_length=150, blank=True)
    town = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    easting = models.IntegerField(null=True)
    northing = models.IntegerField(null=True)
    ukprn = models.CharField(max_length=8, blank=True)
    # The school as somebody who signs in; null until it is invited.
    organisation = models.OneToOneField(
        "shared.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = SchoolQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["name"], name="school_by_name"),)

    def __str__(self) -> str:
        return self.name


class SchoolLinkQuerySet(models.QuerySet["SchoolLink"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: the register is published."""
        return self


class SchoolLink(models.Model):
    """One school became, or came from, another. Either may be missing from the register."""

    urn = models.PositiveIntegerField(db_index=True)
    linked_urn = models.PositiveIntegerField(db_index=True)
    linked_name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=100)  # the register's own words: "Predecessor"
    established_on = models.DateField(null=True)

    objects = SchoolLinkQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["urn", "linked_urn", "kind"], name="school_link_once"),
            models.CheckConstraint(
                name="school_not_linked_to_itself", condition=~Q(urn=models.F("linked_urn"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.urn} {self.kind} {self.linked_urn}"
