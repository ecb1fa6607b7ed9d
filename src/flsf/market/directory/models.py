from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value

from flsf.core.people import Person
from flsf.market.directory.enums import Source

# What a listing is called, of all its words: those of weight A.
NAMES = Func(F("words"), Value("{a}"), function="ts_filter")


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
    qualities_mask = models.IntegerField(default=0)
    kind = models.CharField(max_length=12, blank=True)  # its reference
    kind_name = models.CharField(max_length=80, blank=True)
    half_days_mask = models.SmallIntegerField(default=0)
    largest_group = models.PositiveSmallIntegerField(default=1)
    lowest_age = models.PositiveSmallIntegerField()
    highest_age = models.PositiveSmallIntegerField()
    easting = models.IntegerField(null=True)
    northing = models.IntegerField(null=True)
    confirmed_on = models.DateField()
    # What its page says of it, as a fingerprint, and the day on which that last changed.
    said_sha256 = models.CharField(max_length=64, blank=True)
    changed_on = models.DateField()

    objects = ListingQuerySet.as_manager()

    class Meta:
        indexes = (
            GinIndex(fields=["words"], name="listing_words"),
            GinIndex(NAMES, name="listing_named"),
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
    """A search that found nothing, or a referral that nothing fits: what was asked for, and not
    by whom. Only of a referral its reference is kept, so that it counts once.
    """

    source = models.CharField(max_length=10, choices=Source, default=Source.SEARCH)
    about = models.CharField(max_length=12, blank=True)
    needs_mask = models.IntegerField(default=0)
    age = models.PositiveSmallIntegerField(null=True)
    outcode = models.CharField(max_length=4, blank=True)
    mode = models.CharField(max_length=20, blank=True)
    day = models.DateField()

    objects = UnmetSearchQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["about"], condition=~Q(about=""), name="unmet_referral_once"
            ),
        )

    def __str__(self) -> str:
        return f"looked for on {self.day}"


class PhraseQuerySet(models.QuerySet["Phrase"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: what we look for when somebody types something is no secret."""
        return self


class Phrase(models.Model):
    """From that day a phrase stands for needs, or is spelt out; or one that came with the
    product stands for nothing. Until another day, if it was retired.
    """

    phrase = models.CharField(max_length=80)
    needs_mask = models.IntegerField(default=0)
    spelt_out = models.CharField(max_length=120, blank=True)
    in_force_from = models.DateField()
    until = models.DateField(null=True)  # no longer from that day
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = PhraseQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["phrase"], condition=Q(until=None), name="phrase_stands_once"
            ),
        )

    def __str__(self) -> str:
        return self.phrase


class NeighbourQuerySet(models.QuerySet["Neighbour"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: it is shown to whoever asks from outside the borough."""
        return self


class Neighbour(models.Model):
    """Another council's Local Offer, for those who live there."""

    name = models.CharField(max_length=120)
    link = models.URLField(max_length=300)
    outcodes = models.CharField(max_length=300, blank=True)  # postcode districts: "ZZ8 ZZ9"
    in_force_from = models.DateField()
    until = models.DateField(null=True)

    objects = NeighbourQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["name"], condition=Q(until=None), name="neighbour_named_once"
            ),
        )

    def __str__(self) -> str:
        return self.name


class ToldQuerySet(models.QuerySet["Told"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff: words are typed by anybody, and are not published."""
        return self if person.reach.whole_council else self.none()


class Told(models.Model):
    """Somebody told us in words what they looked for and did not find; never who."""

    words = models.TextField()
    needs_mask = models.IntegerField(default=0)
    age = models.PositiveSmallIntegerField(null=True)
    outcode = models.CharField(max_length=4, blank=True)
    told_at = models.DateTimeField()

    objects = ToldQuerySet.as_manager()

    def __str__(self) -> str:
        return f"told on {self.told_at:%d %B %Y}"
