from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from flsf.core.people import Person
from flsf.market.promises.enums import Measure, Outcome


class PromiseQuerySet(models.QuerySet["Promise"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff see them all; a provider's people their own."""
        if person.reach.whole_council:
            return self
        return self.filter(provider__organisation__in=person.reach.organisation_ids)


class Promise(models.Model):
    """From a day on a provider promises so many of a measure in each school year."""

    provider = models.ForeignKey("market.Provider", on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=20, choices=Measure)
    amount = models.PositiveSmallIntegerField()  # in a school year; 0: it is promised no more
    since = models.DateField()
    made_in = models.CharField(max_length=200)  # where it is written: the application, a letter
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    objects = PromiseQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(name="promise_made_somewhere", condition=~Q(made_in="")),
        )

    def __str__(self) -> str:
        return f"{self.provider}: {self.amount} {self.get_measure_display()}"


class ClimatePlanQuerySet(models.QuerySet["ClimatePlan"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff see them all; a provider's people their own."""
        if person.reach.whole_council:
            return self
        return self.filter(provider__organisation__in=person.reach.organisation_ids)


class ClimatePlan(models.Model):
    """What a provider itself says it does for the climate, as it said so on a day."""

    provider = models.ForeignKey("market.Provider", on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    net_zero_by = models.PositiveSmallIntegerField(null=True)  # null: it names no year
    told_on = models.DateField()
    told_in = models.CharField(max_length=200)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    objects = ClimatePlanQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(name="climate_plan_with_words", condition=~Q(words="")),
        )

    def __str__(self) -> str:
        return f"{self.provider}, {self.told_on}"


class ValueReportQuerySet(models.QuerySet["ValueReport"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff see them all; a provider's people their own."""
        if person.reach.whole_council:
            return self
        return self.filter(provider__organisation__in=person.reach.organisation_ids)


class ValueReport(models.Model):
    """What a provider says it delivered so far in a school year; it counts once accepted."""

    provider = models.ForeignKey("market.Provider", on_delete=models.PROTECT, related_name="+")
    year = models.DateField()  # its first day
    amounts = models.JSONField()  # by measure
    evidence = models.TextField()
    climate = models.TextField(blank=True)
    document_ref = models.CharField(max_length=12, blank=True)  # of a file that shows it
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reported_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    words = models.TextField(blank=True)  # to the provider
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    objects = ValueReportQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["provider", "year"],
                condition=Q(outcome=""),
                name="value_report_waits_once",
            ),
            models.CheckConstraint(name="value_report_with_evidence", condition=~Q(evidence="")),
            models.CheckConstraint(
                name="value_report_decided_whole",
                condition=Q(outcome="", decided_by=None, decided_at=None, words="")
                | Q(outcome=Outcome.ACCEPTED, decided_by__isnull=False, decided_at__isnull=False)
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
        return f"{self.provider}, {self.year.year}"


class ReportReminder(models.Model):
    """A provider was reminded that what it delivered in a school year is to be reported.

    `written_to`: how many people; 0: nobody is there.
    """

    provider = models.ForeignKey("market.Provider", on_delete=models.PROTECT, related_name="+")
    year = models.DateField()  # its first day
    reminded_on = models.DateField()
    written_to = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["provider", "year", "reminded_on"], name="report_reminded_once_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.provider}, {self.reminded_on}"
