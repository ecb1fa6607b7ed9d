from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from flsf.core.people import Person
from flsf.core.refs import new_ref


def new_retender_ref() -> str:
    return new_ref("RT")


class RetenderQuerySet(models.QuerySet["Retender"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff."""
        return self if person.reach.whole_council else self.none()


class Retender(models.Model):
    """A framework tendered again after a challenge, from its decision to the end of the time
    between (cabinet report, paragraph 33; S139). One at a time for a framework.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_retender_ref)
    framework = models.ForeignKey("mandate.Framework", on_delete=models.PROTECT, related_name="+")
    challenge = models.ForeignKey("mandate.Entry", on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey("mandate.Round", on_delete=models.PROTECT, related_name="+")
    covered_from = models.DateField()
    covered_until = models.DateField()  # the last day of the waivers
    authority = models.CharField(max_length=200)
    because = models.TextField()
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField()
    ended_because = models.TextField(blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    objects = RetenderQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["framework"], condition=Q(ended_at=None), name="one_retender_under_way"
            ),
            models.CheckConstraint(
                name="retender_days_in_order", condition=Q(covered_until__gte=F("covered_from"))
            ),
            models.CheckConstraint(
                name="retender_ended_with_reason",
                condition=Q(ended_at=None, ended_because="", ended_by=None)
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_because="")),
            ),
        )

    def __str__(self) -> str:
        return self.ref


class CoverQuerySet(models.QuerySet["Cover"]):
    def visible_to(self, person: Person) -> Self:
        """Whoever sees what is tendered again."""
        return self.filter(retender__in=Retender.objects.visible_to(person))


class Cover(models.Model):
    """A waiver under which a provider's children go on meanwhile."""

    retender = models.ForeignKey(Retender, on_delete=models.PROTECT, related_name="covers")
    waiver = models.OneToOneField("mandate.Waiver", on_delete=models.PROTECT, related_name="+")

    objects = CoverQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.retender} {self.waiver}"
