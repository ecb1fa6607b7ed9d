from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from flsf.core.people import Person
from flsf.money.payments.enums import Flag, LineKind, Status


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, person: Person, *, on: date) -> Self:
        """Council staff see every claim; a provider's people see their own."""
        if person.reach.whole_council:
            return self
        return self.filter(provider__organisation__in=person.reach.organisation_ids)


class Claim(models.Model):
    """What a provider is owed for one month, made from marks and rates (S283)."""

    ref = models.CharField(max_length=12, unique=True)
    provider = models.ForeignKey("market.Provider", on_delete=models.PROTECT, related_name="+")
    month = models.DateField()  # its first day
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    drafted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    approval_reason = models.TextField(blank=True)
    query = models.TextField(blank=True)
    paid_on = models.DateField(null=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["provider", "month"], name="claim_once_a_month"),
            models.CheckConstraint(
                name="claim_month_begins_on_the_first", condition=Q(month__day=1)
            ),
            models.CheckConstraint(
                name="claim_approval_whole",
                condition=Q(approved_at=None, approval_reason="")
                | (Q(approved_at__isnull=False) & ~Q(approval_reason="")),
            ),
            models.CheckConstraint(
                name="paid_claim_is_approved_and_dated",
                condition=(Q(status=Status.PAID, paid_on__isnull=False, approved_at__isnull=False))
                | (~Q(status=Status.PAID) & Q(paid_on=None)),
            ),
        )

    def __str__(self) -> str:
        return self.ref


class Line(models.Model):
    """One session charged, or a correction of one charged before. Never edited once paid."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="lines")
    placement = models.ForeignKey("delivery.Placement", on_delete=models.PROTECT, related_name="+")
    mark = models.ForeignKey("delivery.Mark", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=LineKind)
    day = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    rate_pence = models.PositiveIntegerField()
    net_pence = models.IntegerField()
    vat_pence = models.IntegerField()
    gross_pence = models.IntegerField()
    words = models.CharField(max_length=200)  # how the amount was worked out
    flags = models.JSONField(default=list)  # of Flag
    provider_says = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["mark"], name="line_by_mark"),
            models.Index(fields=["placement", "day"], name="line_by_placement"),
        )
        constraints = (
            models.UniqueConstraint(fields=["claim", "mark", "kind"], name="line_once_a_claim"),
            models.UniqueConstraint(
                fields=["mark"], condition=Q(kind=LineKind.SESSION), name="mark_charged_once"
            ),
            models.CheckConstraint(
                name="line_gross_is_net_and_vat",
                condition=Q(gross_pence=F("net_pence") + F("vat_pence")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.gross_pence}p"

    @property
    def flag_words(self) -> list[str]:
        return [Flag(flag).label for flag in self.flags]
