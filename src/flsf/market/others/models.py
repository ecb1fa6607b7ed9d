from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.text import slugify

from flsf.core import access, needs, qualities
from flsf.core.people import Person
from flsf.core.refs import fresh_refs
from flsf.market.others.rules import OtherFacts
from flsf.market.providers.enums import Cost, Mode, Sector

# What it is called, of all its words: those of weight A.
NAMES = Func(F("words"), Value("{a}"), function="ts_filter")


class OtherServiceQuerySet(models.QuerySet["OtherService"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: it is kept to be read."""
        return self


class OtherService(models.Model):
    """Help that is not on the framework. Council staff keep it, or another list it came from."""

    ref = models.CharField(max_length=12, unique=True)
    slug = models.SlugField(max_length=140, unique=True)
    name = models.CharField(max_length=200)
    run_by = models.CharField(max_length=200)
    sector = models.CharField(max_length=12, choices=Sector)
    mode = models.CharField(max_length=20, choices=Mode)
    cost = models.CharField(max_length=10, choices=Cost)
    what_it_is = models.TextField()
    how_to_get_it = models.TextField(blank=True)
    what_to_expect = models.TextField(blank=True)
    link = models.URLField(max_length=500, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    lowest_age = models.PositiveSmallIntegerField(default=0)
    highest_age = models.PositiveSmallIntegerField(default=25)
    needs_mask = models.IntegerField(default=0)
    access_mask = models.IntegerField(default=0)
    qualities_mask = models.IntegerField(default=0)
    when = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    easting = models.IntegerField(null=True)
    northing = models.IntegerField(null=True)
    # Which list it came from, and what it is called there; empty: kept by the council's staff.
    source = models.CharField(max_length=200, blank=True)
    source_id = models.CharField(max_length=200, blank=True)
    checked_on = models.DateField()  # somebody last looked whether this is right
    changed_on = models.DateField()  # what its page says last changed
    taken_off_on = models.DateField(null=True)
    taken_off_why = models.CharField(max_length=300, blank=True)
    words = SearchVectorField()

    objects = OtherServiceQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=~Q(source=""),
                name="other_service_once_a_source",
            ),
            models.CheckConstraint(
                name="other_service_ages_in_order",
                condition=Q(highest_age__gte=F("lowest_age")),
            ),
            models.CheckConstraint(
                name="other_service_taken_off_whole",
                condition=Q(taken_off_on=None, taken_off_why="")
                | (Q(taken_off_on__isnull=False) & ~Q(taken_off_why="")),
            ),
        )
        indexes = (
            GinIndex(fields=["words"], name="other_service_words"),
            GinIndex(NAMES, name="other_service_named"),
        )

    def __str__(self) -> str:
        return self.name

    @classmethod
    def fresh_refs(cls, count: int) -> list[str]:
        """References that none of them has."""
        return fresh_refs("H", count, frozenset(cls.objects.values_list("ref", flat=True)))

    @classmethod
    def address(cls, name: str, ref: str) -> str:
        return f"{slugify(name)[:120]}-{ref[2:].lower()}"

    @property
    def facts(self) -> OtherFacts:
        said = {name: getattr(self, name) for name in OtherFacts.__dataclass_fields__}
        kinds = {
            "sector": Sector(self.sector),
            "mode": Mode(self.mode),
            "cost": Cost(self.cost),
        }
        return OtherFacts(**said | kinds)

    @property
    def needs(self) -> list[needs.Need]:
        return needs.from_mask(self.needs_mask)

    @property
    def access(self) -> list[access.Access]:
        return access.from_mask(self.access_mask)

    @property
    def qualities(self) -> list[qualities.Quality]:
        return qualities.from_mask(self.qualities_mask)
