from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from flsf.core.people import Person
from flsf.oversight.escalations.enums import Rung, Signal


class EscalationQuerySet(models.QuerySet["Escalation"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff see what is done about every provider; a provider's people their own."""
        if person.reach.whole_council:
            return self
        return self.filter(provider__organisation__in=person.reach.organisation_ids)


class Escalation(models.Model):
    """What is done about one provider, from the first step until it is closed."""

    ref = models.CharField(max_length=12, unique=True)
    provider = models.ForeignKey("market.Provider", on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    closed_because = models.TextField(blank=True)

    objects = EscalationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["provider"], condition=Q(closed_on=None), name="escalation_one_open"
            ),
            models.CheckConstraint(
                name="escalation_closing_whole",
                condition=Q(closed_on=None, closed_by=None, closed_at=None, closed_because="")
                | (
                    Q(closed_on__isnull=False, closed_by__isnull=False, closed_at__isnull=False)
                    & ~Q(closed_because="")
                ),
            ),
        )

    def __str__(self) -> str:
        return self.ref


class EscalationStepQuerySet(models.QuerySet["EscalationStep"]):
    def visible_to(self, person: Person) -> Self:
        """Whoever sees the case sees its steps."""
        return self.filter(escalation__in=Escalation.objects.visible_to(person))


class EscalationStep(models.Model):
    """One step: decided by whom, when and why, what is to be put right, and until when."""

    escalation = models.ForeignKey(Escalation, on_delete=models.PROTECT, related_name="steps")
    ref = models.CharField(max_length=12, unique=True)
    rung = models.CharField(max_length=20, choices=Rung)
    signal = models.CharField(max_length=20, choices=Signal)
    reason = models.TextField()
    takes_effect_on = models.DateField()
    reply_by = models.DateField()
    due_on = models.DateField()  # when it is to be put right, or looked at again
    without_reply = models.BooleanField()  # nobody had replied to the step before
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField()

    objects = EscalationStepQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="escalation_step_due_after",
                condition=Q(due_on__gte=F("takes_effect_on")),
            ),
        )

    def __str__(self) -> str:
        return self.ref


class EscalationReply(models.Model):
    """What the provider says to a step."""

    step = models.ForeignKey(EscalationStep, on_delete=models.PROTECT, related_name="replies")
    words = models.TextField()
    is_late = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"reply to {self.step}"
