from typing import Self

from django.db import models

from flsf.core.people import Person
from flsf.mandate.law.enums import Unit


class ProvisionQuerySet(models.QuerySet["Provision"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: the rules we work to are published."""
        return self


class Provision(models.Model):
    """From this day on a number has this value, on this authority, until a later row.

    Where a seed document says otherwise than the law, its figure stands beside it.
    """

    key = models.SlugField(max_length=60)
    value = models.BigIntegerField()
    unit = models.CharField(max_length=20, choices=Unit)
    in_force_from = models.DateField()
    words = models.CharField(max_length=300)  # what the number decides, in plain words
    source = models.CharField(max_length=200)
    seed_says = models.CharField(max_length=200, blank=True)

    objects = ProvisionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["key", "in_force_from"], name="provision_once_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.value} from {self.in_force_from}"
