from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from flsf.core.people import Person
from flsf.mandate.framework.enums import CommercialModel
from flsf.mandate.rounds.enums import Notice, Status


class RoundQuerySet(models.QuerySet["Round"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: when one may apply is published."""
        return self


class Round(models.Model):
    """A time in which providers apply and after which all of them are told (rule P19)."""

    framework = models.ForeignKey("mandate.Framework", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    # As it was when the round was opened: what its award rests on.
    model = models.CharField(max_length=20, choices=CommercialModel)
    opens_on = models.DateField()
    closes_on = models.DateField(null=True)  # the last day; null: open until it is closed
    decide_by = models.DateField(null=True)
    standstill_days = models.PositiveSmallIntegerField(null=True)  # working days; null: none stated
    # The whole open framework reopens in it, on whose authority and why; empty: it does not.
    reopening_authority = models.CharField(max_length=200, blank=True)
    reopening_reason = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)  # announced, and will not be held
    summaries_sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    summaries_sent_at = models.DateTimeField(null=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["framework", "number"], name="round_number_once"),
            models.UniqueConstraint(
                fields=["framework", "opens_on"],
                condition=Q(withdrawn_at=None),
                name="round_begins_once",
            ),
            models.UniqueConstraint(
                fields=["framework"],
                condition=Q(closes_on=None, withdrawn_at=None),
                name="round_one_without_end",
            ),
            models.CheckConstraint(
                name="round_days_in_order",
                condition=Q(closes_on=None) | Q(closes_on__gte=F("opens_on")),
            ),
            models.CheckConstraint(
                name="round_reopening_whole",
                condition=Q(reopening_authority="", reopening_reason="")
                | (
                    ~Q(reopening_authority="")
                    & ~Q(reopening_reason="")
                    & Q(closes_on__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="round_summaries_whole",
                condition=Q(summaries_sent_by=None, summaries_sent_at=None)
                | Q(summaries_sent_by__isnull=False, summaries_sent_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"Round {self.number}"


class RoundChangeQuerySet(models.QuerySet["RoundChange"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone, as the round."""
        return self

    def in_force_on(self, day: date) -> Self:
        """For each round the change that stands on that day, if any yet."""
        later = RoundChange.objects.filter(
            Q(takes_effect_on__gt=OuterRef("takes_effect_on"))
            | Q(takes_effect_on=OuterRef("takes_effect_on"), pk__gt=OuterRef("pk")),
            round=OuterRef("round"),
            takes_effect_on__lte=day,
        )
        return self.filter(~Exists(later), takes_effect_on__lte=day)


class RoundChange(models.Model):
    """From this day on the round has this status, until a later change."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="changes")
    status = models.CharField(max_length=20, choices=Status)
    takes_effect_on = models.DateField()
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(  # null: the rolling clock
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField()

    objects = RoundChangeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.get_status_display()} from {self.takes_effect_on}"


class RoundNoticeQuerySet(models.QuerySet["RoundNotice"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: a notice is published."""
        return self


class RoundNotice(models.Model):
    """A notice of the round is on the national platform under this reference."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=10, choices=Notice)
    reference = models.CharField(max_length=60)
    published_on = models.DateField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    objects = RoundNoticeQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["round", "kind", "reference"], name="round_notice_recorded_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"
