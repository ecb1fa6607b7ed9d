from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from flsf.core.people import Person
from flsf.delivery.outcomes.enums import Progress
from flsf.delivery.placements import queries as placements


class GoalQuerySet(models.QuerySet["Goal"]):
    def visible_to(self, person: Person, *, on: date) -> Self:
        """Whoever sees the placement sees what it is for."""
        return self.filter(placement__in=placements.visible_ids(person, on=on))


class Goal(models.Model):
    """Something a child works towards, measured from where they started (S26)."""

    placement = models.ForeignKey("delivery.Placement", on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=300)
    # Steps of a ladder from 0 to 10. Null baseline: progress cannot be shown yet.
    baseline = models.PositiveSmallIntegerField(null=True)
    baseline_on = models.DateField(null=True)
    target = models.PositiveSmallIntegerField()
    set_on = models.DateField()

    objects = GoalQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="goal_on_the_ladder",
                condition=Q(target__lte=10) & (Q(baseline=None) | Q(baseline__lte=10)),
            ),
            models.CheckConstraint(
                name="baseline_dated",
                condition=Q(baseline=None, baseline_on=None)
                | Q(baseline__isnull=False, baseline_on__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"goal {self.pk}"


class Step(models.Model):
    """How a goal went at a session, or at a review."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="steps")
    day = models.DateField()
    progress = models.CharField(max_length=10, choices=Progress)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["goal", "day"], name="step_once_a_day"),)

    def __str__(self) -> str:
        return f"{self.progress} on {self.day}"
