from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from flsf.core.people import Person
from flsf.mandate.framework.enums import CommercialModel
from flsf.market.agreements.enums import Outcome, Stage


class TransitionQuerySet(models.QuerySet["Transition"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff."""
        return self if person.reach.whole_council else self.none()


class Transition(models.Model):
    """A change of a framework's commercial model: rehearsed, carried out, undone or confirmed."""

    ref = models.CharField(max_length=12, unique=True)
    framework = models.ForeignKey("mandate.Framework", on_delete=models.PROTECT, related_name="+")
    before = models.CharField(max_length=20, choices=CommercialModel)
    after = models.CharField(max_length=20, choices=CommercialModel)
    takes_effect_on = models.DateField()
    authority = models.CharField(max_length=200)
    reason = models.TextField()
    # What the rehearsal found, frozen: dates, numbers, and a word for the whole of it.
    record = models.JSONField()
    found = models.CharField(max_length=64)
    # Set when it is carried out.
    setting_id = models.BigIntegerField(null=True)  # of the model, in the framework's history
    debarment_seen_on = models.DateField(null=True)
    debarment_version = models.CharField(max_length=100, blank=True)
    placements_before = models.CharField(max_length=64, blank=True)
    placements_after = models.CharField(max_length=64, blank=True)

    objects = TransitionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="transition_touches_no_placement",
                condition=Q(placements_before=F("placements_after")),
            ),
            models.CheckConstraint(
                name="transition_carried_out_whole",
                condition=Q(setting_id=None, debarment_seen_on=None, debarment_version="")
                | (
                    Q(setting_id__isnull=False, debarment_seen_on__isnull=False)
                    & ~Q(debarment_version="")
                ),
            ),
        )

    def __str__(self) -> str:
        return self.ref


class TransitionChangeQuerySet(models.QuerySet["TransitionChange"]):
    def visible_to(self, person: Person) -> Self:
        """Whoever sees the change of model."""
        return self.filter(transition__in=Transition.objects.visible_to(person))


class TransitionChange(models.Model):
    """The change of model came to this stage: when, by whom, and why."""

    transition = models.ForeignKey(Transition, on_delete=models.PROTECT, related_name="changes")
    stage = models.CharField(max_length=20, choices=Stage)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField()

    objects = TransitionChangeQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["transition", "stage"], name="transition_each_stage_once"
            ),
        )

    def __str__(self) -> str:
        return self.get_stage_display()


class TransitionLineQuerySet(models.QuerySet["TransitionLine"]):
    def visible_to(self, person: Person) -> Self:
        """Whoever sees the change of model."""
        return self.filter(transition__in=Transition.objects.visible_to(person))


class TransitionLine(models.Model):
    """What becomes of one agreement, as rehearsed or as its provider chose since."""

    transition = models.ForeignKey(Transition, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    admission = models.ForeignKey("market.Admission", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome)
    gaps = models.JSONField()  # words
    left_out_because = models.TextField(blank=True)
    left_out_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    left_out_at = models.DateTimeField(null=True)

    objects = TransitionLineQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["transition", "admission"], name="transition_line_once_each"
            ),
            models.UniqueConstraint(
                fields=["transition", "number"], name="transition_line_number_once"
            ),
            models.CheckConstraint(
                name="transition_line_left_out_whole",
                condition=Q(left_out_because="", left_out_at=None)
                | (~Q(left_out_because="") & Q(left_out_at__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.transition} {self.number}"


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff see every agreement; a provider's people their own."""
        if person.reach.whole_council:
            return self
        return self.filter(admission__provider__organisation__in=person.reach.organisation_ids)


class Agreement(models.Model):
    """The agreement between council and provider on which an admission rests, in versions.

    One that was withdrawn was never used: the change that made it was undone.
    """

    ref = models.CharField(max_length=12, unique=True)
    admission = models.ForeignKey("market.Admission", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    model = models.CharField(max_length=20, choices=CommercialModel)
    in_force_from = models.DateField()
    in_force_until = models.DateField(null=True)  # the last day; null: until it is ended
    reissued_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    transition = models.ForeignKey(
        Transition, on_delete=models.PROTECT, null=True, related_name="agreements"
    )
    withdrawn_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    issued_at = models.DateTimeField()

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["admission", "version"], name="agreement_version_once"),
            models.UniqueConstraint(
                fields=["admission"],
                condition=Q(in_force_until=None, withdrawn_at=None),
                name="agreement_one_without_end",
            ),
        )

    def __str__(self) -> str:
        return self.ref
