from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from flsf.core.people import Person
from flsf.market.reviews.enums import GUIDANCE, Outcome, Subject


class EditionQuerySet(models.QuerySet["GuidanceEdition"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: it is published by the government."""
        return self


class GuidanceEdition(models.Model):
    """Statutory guidance in one edition, and the day from which it holds."""

    subject = models.CharField(max_length=30, choices=[(one.value, one.label) for one in GUIDANCE])
    edition = models.CharField(max_length=60)
    in_force_from = models.DateField()
    source = models.CharField(max_length=200)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    added_at = models.DateTimeField(null=True)  # null: came with the product

    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["subject", "in_force_from"], name="guidance_edition_once_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_subject_display()}, {self.edition}"


class ReviewQuerySet(models.QuerySet["ProviderReview"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff see them all; a provider's people their own."""
        if person.reach.whole_council:
            return self
        return self.filter(provider__organisation__in=person.reach.organisation_ids)


class ProviderReview(models.Model):
    """A named person read a policy, or judged what a provider does beside some guidance."""

    provider = models.ForeignKey("market.Provider", on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=30, choices=Subject)
    # The edition that held on the day; null: of a policy that is read beside no guidance.
    edition = models.ForeignKey(
        GuidanceEdition, on_delete=models.PROTECT, null=True, related_name="+"
    )
    outcome = models.CharField(max_length=10, choices=Outcome)
    words = models.TextField()
    reviewed_on = models.DateField()
    next_on = models.DateField()
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    objects = ReviewQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["provider", "subject", "-reviewed_on"], name="review_latest"),
        )
        constraints = (
            models.CheckConstraint(name="review_with_words", condition=~Q(words="")),
            models.CheckConstraint(
                name="review_next_comes_later", condition=Q(next_on__gt=F("reviewed_on"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.provider}: {self.get_subject_display()}"
