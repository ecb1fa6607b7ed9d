from typing import Self

from django.db import models
from django.db.models import F, Q

from flsf.core.people import Person
from flsf.mandate.budgets.enums import Entry, FundKind, Route
from flsf.mandate.framework.enums import SpendLine
from flsf.shared.accounts.enums import Role, Team


class StaffOnlyFund(models.QuerySet["Fund"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff."""
        return self if person.reach.whole_council else self.none()


class Fund(models.Model):
    """Where money comes from (S143)."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=FundKind)

    objects = StaffOnlyFund.as_manager()

    def __str__(self) -> str:
        return self.name


class StaffOnlyBudget(models.QuerySet["Budget"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff."""
        return self if person.reach.whole_council else self.none()


class Budget(models.Model):
    """How much of a fund may be spent in a financial year, which begins on 1 April."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="budgets")
    year_begins = models.DateField()
    amount_pence = models.BigIntegerField()

    objects = StaffOnlyBudget.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["fund", "year_begins"], name="budget_once_a_year"),
            models.CheckConstraint(name="budget_not_negative", condition=Q(amount_pence__gte=0)),
            models.CheckConstraint(
                name="budget_year_begins_in_april",
                condition=Q(year_begins__month=4, year_begins__day=1),
            ),
        )

    def __str__(self) -> str:
        return f"{self.fund}, {self.year_begins.year}"


class StaffOnlyLimit(models.QuerySet["DelegatedLimit"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff."""
        return self if person.reach.whole_council else self.none()


class DelegatedLimit(models.Model):
    """From this day on a role may decide awards up to this much, VAT included; null: any."""

    role = models.CharField(max_length=40, choices=Role)
    limit_pence = models.BigIntegerField(null=True)
    in_force_from = models.DateField()
    source = models.CharField(max_length=200)

    objects = StaffOnlyLimit.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["role", "in_force_from"], name="limit_once_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.role} from {self.in_force_from}"


class StaffOnlyLine(models.QuerySet["LedgerLine"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff."""
        return self if person.reach.whole_council else self.none()


class LedgerLine(models.Model):
    """Money committed by an award, or paid on a claim. Lines are added, never changed.

    A commitment that falls away is a further line with the opposite sign. Later stages are
    named by their public references, so that the ledger depends on none of them.
    """

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="lines")
    entry = models.CharField(max_length=10, choices=Entry)
    net_pence = models.BigIntegerField()
    vat_pence = models.BigIntegerField()
    gross_pence = models.BigIntegerField()
    day = models.DateField()  # the day it counts on; its month is the month of the reports
    award_ref = models.CharField(max_length=12)
    source_ref = models.CharField(max_length=20)  # the award, or the claim, that caused it
    provider_ref = models.CharField(max_length=12)
    provider_name = models.CharField(max_length=200)
    team = models.CharField(max_length=20, choices=Team)
    route = models.CharField(max_length=20, choices=Route)
    spend_line = models.CharField(max_length=20, choices=SpendLine)
    lot_code = models.CharField(max_length=40, blank=True)  # empty: outside the framework
    posted_at = models.DateTimeField()

    objects = StaffOnlyLine.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["budget", "entry"], name="ledger_by_budget"),
            models.Index(fields=["award_ref"], name="ledger_by_award"),
            models.Index(fields=["day"], name="ledger_by_day"),
            models.Index(fields=["provider_ref", "day"], name="ledger_by_provider"),
        )
        constraints = (
            models.CheckConstraint(
                name="ledger_gross_is_net_and_vat",
                condition=Q(gross_pence=F("net_pence") + F("vat_pence")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.entry} {self.gross_pence}p {self.award_ref}"
