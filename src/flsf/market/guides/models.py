from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from flsf.core.people import Person
from flsf.core.refs import fresh_refs
from flsf.market.guides.enums import Housed, Kind, Outcome
from flsf.market.guides.rules import Content, Section


class GuideQuerySet(models.QuerySet["Guide"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: it is published."""
        return self


class Guide(models.Model):
    """Something the council publishes on the Local Offer; what it says is in its versions."""

    ref = models.CharField(max_length=12, unique=True)
    slug = models.SlugField(max_length=140, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    taken_off_on = models.DateField(null=True)
    taken_off_why = models.CharField(max_length=300, blank=True)

    objects = GuideQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind=Kind.OAP, taken_off_on=None),
                name="guide_of_schools_once",
            ),
            models.CheckConstraint(
                name="guide_taken_off_whole",
                condition=Q(taken_off_on=None, taken_off_why="")
                | (Q(taken_off_on__isnull=False) & ~Q(taken_off_why="")),
            ),
        )

    def __str__(self) -> str:
        return self.slug

    @classmethod
    def fresh_refs(cls, count: int) -> list[str]:
        """References that none of them has."""
        return fresh_refs("G", count, frozenset(cls.objects.values_list("ref", flat=True)))


class GuideVersionQuerySet(models.QuerySet["GuideVersion"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: earlier versions stay to be read."""
        return self

    def in_force_on(self, day: date) -> Self:
        """For each guide the version that holds on that day."""
        later = GuideVersion.objects.filter(
            guide=OuterRef("guide"), in_force_from__lte=day, number__gt=OuterRef("number")
        )
        return self.filter(~Exists(later), in_force_from__lte=day)


class GuideVersion(models.Model):
    """What a guide says from a day on. Published, it never changes."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    in_force_from = models.DateField()
    title = models.CharField(max_length=120)
    summary = models.TextField()
    for_whom = models.TextField()
    housed = models.CharField(max_length=10, choices=Housed, default=Housed.PAGE)
    sections = models.JSONField(default=list)  # each: heading, words
    link = models.URLField(max_length=500, blank=True)
    file_ref = models.CharField(max_length=12, blank=True)  # shared.documents
    search_words = models.CharField(max_length=300, blank=True)
    lowest_age = models.PositiveSmallIntegerField(default=0)
    highest_age = models.PositiveSmallIntegerField(default=25)
    outcomes = models.JSONField(default=list)
    services = models.JSONField(default=list)  # addresses in the directory, in their order
    reviewed_on = models.DateField()
    next_review_on = models.DateField()
    because = models.TextField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField()
    words = SearchVectorField()

    objects = GuideVersionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["guide", "number"], name="guide_version_once"),
            models.CheckConstraint(
                name="guide_words_are_somewhere",
                condition=Q(housed=Housed.PAGE, link="", file_ref="")
                | (Q(housed=Housed.LINK, file_ref="") & ~Q(link=""))
                | (Q(housed=Housed.FILE, link="") & ~Q(file_ref="")),
            ),
            models.CheckConstraint(
                name="guide_ages_in_order", condition=Q(highest_age__gte=F("lowest_age"))
            ),
            models.CheckConstraint(
                name="guide_reviewed_before_next",
                condition=Q(next_review_on__gt=F("reviewed_on")),
            ),
        )
        indexes = (GinIndex(fields=["words"], name="guide_words"),)

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    @property
    def content(self) -> Content:
        return Content(
            title=self.title,
            summary=self.summary,
            for_whom=self.for_whom,
            housed=Housed(self.housed),
            sections=tuple(Section(one["heading"], one["words"]) for one in self.sections),
            link=self.link,
            file_ref=self.file_ref,
            search_words=self.search_words,
            lowest_age=self.lowest_age,
            highest_age=self.highest_age,
            outcomes=tuple(Outcome(one) for one in self.outcomes),
            services=tuple(self.services),
        )


class GuideReviewQuerySet(models.QuerySet["GuideReview"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: the day of the last review is on the page."""
        return self


class GuideReview(models.Model):
    """Somebody looked whether a guide is still right; the next look is due by a day."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="reviews")
    reviewed_on = models.DateField()
    next_review_on = models.DateField()
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reviewed_at = models.DateTimeField()

    objects = GuideReviewQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="guide_review_before_next", condition=Q(next_review_on__gt=F("reviewed_on"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.guide} looked at on {self.reviewed_on}"
