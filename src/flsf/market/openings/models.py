from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from flsf.core.people import Person
from flsf.core.refs import fresh_refs


class OpeningQuerySet(models.QuerySet["Opening"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: it is told so that providers can prepare."""
        return self

    def standing_on(self, day: date) -> Self:
        """Those that are told on a day."""
        return self.filter(told_on__lte=day).filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=day))


class Opening(models.Model):
    """Support that the council expects to need, from a day on. No promise to buy."""

    ref = models.CharField(max_length=12, unique=True)
    lot = models.ForeignKey("mandate.Lot", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    words = models.TextField()
    how_to_prepare = models.TextField(blank=True)
    needed_from = models.DateField()
    told_on = models.DateField()
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawn_on = models.DateField(null=True)
    withdrawn_why = models.TextField(blank=True)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="opening_withdrawn_whole",
                condition=Q(withdrawn_on=None, withdrawn_why="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_why="")),
            ),
        )

    def __str__(self) -> str:
        return self.title

    @classmethod
    def fresh_refs(cls, count: int) -> list[str]:
        """References that none of them has."""
        return fresh_refs("N", count, frozenset(cls.objects.values_list("ref", flat=True)))
