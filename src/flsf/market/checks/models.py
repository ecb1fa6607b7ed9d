from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from flsf.core.people import Person
from flsf.market.checks.enums import Group, Outcome, Step, Theme


class CheckQuerySet(models.QuerySet["Check"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: what we ask of providers is published."""
        return self


class Check(models.Model):
    """Something every provider must show from a day on, and keep in date."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    theme = models.CharField(max_length=30, choices=Theme)
    group = models.CharField(max_length=20, choices=Group, blank=True)
    source = models.CharField(max_length=200)
    needed_from = models.DateField()
    sole_traders_exempt = models.BooleanField(default=False)

    objects = CheckQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff see all evidence; a provider's people see their own."""
        if person.reach.whole_council:
            return self
        return self.filter(provider__organisation__in=person.reach.organisation_ids)


class Evidence(models.Model):
    """What a provider showed for a check, who saw it, and the days it holds for.

    Never the contents of a certificate (E25): its number and dates.
    """

    provider = models.ForeignKey("market.Provider", on_delete=models.PROTECT, related_name="+")
    # Not "check": Django's models have a method of that name.
    requirement = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="evidence")
    number = models.CharField(max_length=100, blank=True)
    holds_from = models.DateField()
    expires_on = models.DateField()  # the last day it holds
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    seen_at = models.DateTimeField()

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(
                fields=["provider", "requirement", "-expires_on"], name="evidence_by_provider"
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="evidence_dates_in_order", condition=Q(expires_on__gte=F("holds_from"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.requirement} until {self.expires_on}"


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff see every reminder; a provider's people see those sent to them."""
        if person.reach.whole_council:
            return self
        return self.filter(provider__organisation__in=person.reach.organisation_ids)


class Reminder(models.Model):
    """The provider was written to about evidence that runs out: once for each step."""

    provider = models.ForeignKey("market.Provider", on_delete=models.PROTECT, related_name="+")
    requirement = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="+")
    expires_on = models.DateField()
    step = models.SmallIntegerField(choices=Step)
    told = models.PositiveSmallIntegerField()  # how many addresses; 0: nobody could be told
    sent_at = models.DateTimeField()

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["provider", "requirement", "expires_on", "step"], name="reminded_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.requirement} until {self.expires_on}: {self.get_step_display()}"


class EvidenceToldQuerySet(models.QuerySet["EvidenceTold"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff see what every provider told; a provider's people see their own."""
        if person.reach.whole_council:
            return self
        return self.filter(provider__organisation__in=person.reach.organisation_ids)


class EvidenceTold(models.Model):
    """A provider says that it can show something newer; somebody of the council looks at it.

    It counts for nothing until it is accepted: then it is evidence.
    """

    ref = models.CharField(max_length=12, unique=True)
    provider = models.ForeignKey("market.Provider", on_delete=models.PROTECT, related_name="+")
    requirement = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=100, blank=True)
    holds_from = models.DateField()
    expires_on = models.DateField()
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    told_at = models.DateTimeField()
    # Of the paper or a photo of it, among the files handed in; empty: none was sent.
    document_ref = models.CharField(max_length=12, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    words = models.TextField(blank=True)  # to the provider, of one sent back
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    objects = EvidenceToldQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="told_dates_in_order", condition=Q(expires_on__gte=F("holds_from"))
            ),
            models.UniqueConstraint(
                fields=["provider", "requirement"],
                condition=Q(outcome=""),
                name="told_once_at_a_time",
            ),
            models.CheckConstraint(
                name="told_outcome_whole",
                condition=Q(outcome="", decided_by=None, decided_at=None, words="")
                | Q(
                    outcome=Outcome.ACCEPTED,
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                )
                | (
                    Q(
                        outcome=Outcome.SENT_BACK,
                        decided_by__isnull=False,
                        decided_at__isnull=False,
                    )
                    & ~Q(words="")
                ),
            ),
        )

    def __str__(self) -> str:
        return self.ref
