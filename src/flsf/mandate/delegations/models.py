from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from flsf.core.people import Person
from flsf.mandate.delegations.enums import Power
from flsf.mandate.delegations.rules import Given
from flsf.shared.accounts.enums import Role


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff: who decides by whose leave is no secret among them."""
        return self if person.reach.whole_council else self.none()


class Delegation(models.Model):
    """From this day on whoever holds the role may decide so, on that authority (S43)."""

    framework = models.ForeignKey("mandate.Framework", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    power = models.CharField(max_length=10, choices=Power)
    role = models.CharField(max_length=40, choices=Role)
    post = models.CharField(max_length=100)  # what the council calls who holds the role
    given_by = models.CharField(max_length=100)  # a body or a post
    given_on = models.DateField()
    minute = models.CharField(max_length=100)  # or the reference of the written decision
    terms = models.TextField()
    in_force_from = models.DateField()
    last_day = models.DateField(null=True)
    ended_why = models.TextField(blank=True)
    passed_on_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="passed_on"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["framework", "number"], name="delegation_number_once"),
            models.CheckConstraint(
                name="delegation_whole",
                condition=~Q(post="") & ~Q(given_by="") & ~Q(minute="") & ~Q(terms=""),
            ),
            models.CheckConstraint(
                name="delegation_not_before_it_was_given",
                condition=Q(in_force_from__gte=F("given_on")),
            ),
            models.CheckConstraint(
                name="delegation_ended_whole",
                condition=Q(last_day=None, ended_at=None, ended_why="")
                | (Q(last_day__isnull=False, ended_at__isnull=False) & ~Q(ended_why="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_power_display()}: {self.post}"

    @property
    def given(self) -> Given:
        """As the rules read it."""
        before = self.passed_on_from
        return Given(
            number=self.number,
            power=Power(self.power),
            role=Role(self.role),
            post=self.post,
            given_by=self.given_by,
            given_on=self.given_on,
            minute=self.minute,
            terms=self.terms,
            since=self.in_force_from,
            last_day=self.last_day,
            passed_on_from=before.number if before else None,
        )
