from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from flsf.core.people import Person
from flsf.delivery.continuity.enums import Cause, Choice, Ended
from flsf.delivery.placements import queries as placements


class ContinuityQuerySet(models.QuerySet["Continuity"]):
    def visible_to(self, person: Person, *, on: date) -> Self:
        """Whoever sees the placement sees whether it goes on."""
        return self.filter(placement__in=placements.visible_ids(person, on=on))

    def standing(self) -> Self:
        """Those whose cause is not gone: to decide, or decided and in force."""
        return self.filter(ended_on=None)


class Continuity(models.Model):
    """Somebody must decide whether the child stays, or has decided it.

    Decided or not, it stands until its cause is gone: by evidence, by lifting, or because the
    placement ended. A place that was kept is asked about anew on its review date.
    """

    ref = models.CharField(max_length=12, unique=True)
    placement = models.ForeignKey("delivery.Placement", on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=20, choices=Cause)
    about = models.CharField(max_length=300)  # what lapsed, or why it is suspended; no child
    asked_on = models.DateField()
    due_on = models.DateField()
    choice = models.CharField(max_length=10, choices=Choice, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    review_on = models.DateField(null=True)  # of a place that is kept
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=20, choices=Ended, blank=True)

    objects = ContinuityQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["placement", "cause"],
                condition=Q(ended_on=None),
                name="continuity_once_for_a_cause",
            ),
            models.CheckConstraint(
                name="continuity_decision_whole",
                condition=Q(choice="", decided_by=None, decided_at=None, reason="", review_on=None)
                | (
                    Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(reason="")
                    & (Q(choice=Choice.KEEP, review_on__isnull=False))
                )
                | (
                    Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(reason="")
                    & (Q(choice=Choice.MOVE, review_on=None))
                ),
            ),
            models.CheckConstraint(
                name="continuity_end_has_reason",
                condition=Q(ended_on=None, ended_because="")
                | (Q(ended_on__isnull=False) & ~Q(ended_because="")),
            ),
        )

    def __str__(self) -> str:
        return self.ref
