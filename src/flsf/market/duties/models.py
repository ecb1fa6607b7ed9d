from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from flsf.core.people import Person


class DutyQuerySet(models.QuerySet["Duty"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: it is the law."""
        return self


class Duty(models.Model):
    """Something that must be in the Local Offer, from a day on, on the authority of its source."""

    number = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300)
    source = models.CharField(max_length=200)
    in_force_from = models.DateField()
    until = models.DateField(null=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["number"], condition=Q(until=None), name="duty_once"),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.words}"


class DutyCheckQuerySet(models.QuerySet["DutyCheck"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: what is missing is published too."""
        return self


class DutyCheck(models.Model):
    """Somebody looked whether an item is published, and where. The latest holds."""

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="checks")
    is_published = models.BooleanField()
    where = models.CharField(max_length=200, blank=True)
    link = models.CharField(max_length=300, blank=True)  # an address of ours, or a full one
    note = models.CharField(max_length=300, blank=True)
    checked_on = models.DateField()
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = DutyCheckQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="duty_published_somewhere", condition=Q(is_published=False) | ~Q(where="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.duty} looked at on {self.checked_on}"
