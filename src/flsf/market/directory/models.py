from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from flsf.core.people import Person


class ListingQuerySet(models.QuerySet["Listing"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: listings are the public face of a service."""
        return self


class Listing(models.Model):
    """A service as the public finds it: one row with all that a search asks of it.

    Kept in step with the service by the actions of this stage, in the same transaction.
    """

    service = models.OneToOneField(
        "market.Service", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    is_public = models.BooleanField()
    name = models.CharField(max_length=200)
    provider_name = models.CharField(max_length=200)
    words = SearchVectorField()  # stemmed words of name, provider, texts, needs and kinds
    lot_code = models.CharField(max_length=40)
    mode = models.CharField(max_length=20)
    needs_mask = models.IntegerField()
    access_mask = models.IntegerField()
    lowest_age = models.PositiveSmallIntegerField()
    highest_age = models.PositiveSmallIntegerField()
    easting = models.IntegerField(null=True)
    northing = models.IntegerField(null=True)
    confirmed_on = models.DateField()

    objects = ListingQuerySet.as_manager()

    class Meta:
        indexes = (
            GinIndex(fields=["words"], name="listing_words"),
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="listing_name_like"),
            models.Index(fields=["is_public", "name", "service"], name="listing_by_name"),
        )

    def __str__(self) -> str:
        return self.name


class UnmetSearchQuerySet(models.QuerySet["UnmetSearch"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: what is missing is published too, without who asked (S101)."""
        return self


class UnmetSearch(models.Model):
    """A search that found nothing: what was asked for, not by whom."""

    needs_mask = models.IntegerField(default=0)
    age = models.PositiveSmallIntegerField(null=True)
    outcode = models.CharField(max_length=4, blank=True)
    mode = models.CharField(max_length=20, blank=True)
    day = models.DateField()

    objects = UnmetSearchQuerySet.as_manager()

    def __str__(self) -> str:
        return f"looked for on {self.day}"
