from typing import Self

from django.conf import settings
from django.db import models

from flsf.core.people import Person


class BridgeBlockQuerySet(models.QuerySet["BridgeBlock"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff and those who oversee them."""
        return self if person.reach.whole_council else self.none()


class BridgeBlock(models.Model):
    """One officer's account of a part of the gap between spend and projection (P2)."""

    words = models.CharField(max_length=120)
    pence = models.BigIntegerField()
    order = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    set_at = models.DateTimeField()

    objects = BridgeBlockQuerySet.as_manager()

    def __str__(self) -> str:
        return self.words
