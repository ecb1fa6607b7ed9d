from typing import Self

from django.db import models

from flsf.core.people import Person


class ToldQuerySet(models.QuerySet["Told"]):
    def visible_to(self, person: Person) -> Self:
        """Everybody: it stands on every page."""
        return self


class Told(models.Model):
    """What the council said of itself from this moment on. The newest row holds."""

    name = models.CharField(max_length=100)
    colour = models.CharField(max_length=7)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    office_hours = models.CharField(max_length=100, blank=True)
    duty_phone = models.CharField(max_length=30, blank=True)
    duty_hours = models.CharField(max_length=100, blank=True)
    told_at = models.DateTimeField()

    objects = ToldQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name} from {self.told_at}"
