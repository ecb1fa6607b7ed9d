from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from flsf.core.people import Person


class WaiverQuerySet(models.QuerySet["Waiver"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff."""
        return self if person.reach.whole_council else self.none()


class Waiver(models.Model):
    """Leave to buy outside the framework for a time: legitimate, dated and seen (S37, S54).

    It is overdue when its last day has passed and it has not been ended: whatever is still
    bought under it then has no valid contract (S303).
    """

    ref = models.CharField(max_length=12, unique=True)
    reason = models.TextField()
    provider_name = models.CharField(max_length=200, blank=True)
    value_pence = models.BigIntegerField()
    starts_on = models.DateField()
    expires_on = models.DateField()  # the last day it covers
    approver_name = models.CharField(max_length=200)
    approved_on = models.DateField()
    ended_on = models.DateField(null=True)
    ended_why = models.TextField(blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    objects = WaiverQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="waiver_dates_in_order", condition=Q(expires_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="waiver_ended_with_reason",
                condition=Q(ended_on=None, ended_why="")
                | (Q(ended_on__isnull=False) & ~Q(ended_why="")),
            ),
        )

    def __str__(self) -> str:
        return self.ref
