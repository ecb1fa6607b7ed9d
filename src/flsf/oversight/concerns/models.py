from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from flsf.core.people import Person
from flsf.oversight.concerns.enums import Status

CONCERNS = "view-concerns"


class ConcernQuerySet(models.QuerySet["Concern"]):
    def visible_to(self, person: Person, *, on: date) -> Self:
        """The safeguarding lead, and nobody else: whoever raised it sees that it arrived."""
        return self if person.may(CONCERNS) else self.none()


class Concern(models.Model):
    """A worry about a child's safety, raised by anybody who works with the child."""

    ref = models.CharField(max_length=12, unique=True)
    child = models.ForeignKey("casework.Child", on_delete=models.PROTECT, related_name="+")
    placement = models.ForeignKey(
        "delivery.Placement", on_delete=models.PROTECT, null=True, related_name="+"
    )
    words = models.TextField()
    is_about_an_adult = models.BooleanField(default=False)  # an allegation: LADO within a day
    in_danger_now = models.BooleanField(default=False)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    raised_at = models.DateTimeField()
    status = models.CharField(max_length=20, choices=Status, default=Status.NEW)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="concern_closed_with_outcome",
                condition=(
                    Q(status=Status.CLOSED, closed_at__isnull=False, handled_by__isnull=False)
                    & ~Q(outcome="")
                )
                | (~Q(status=Status.CLOSED) & Q(closed_at=None, outcome="")),
            ),
        )

    def __str__(self) -> str:
        return self.ref


class Step(models.Model):
    """What was done about a concern, in order."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="steps")
    words = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"step of {self.concern}"
