from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from flsf.core.people import Person
from flsf.market.standards.enums import Kind, Outcome
from flsf.market.standards.rules import Content


class StandardQuerySet(models.QuerySet["Standard"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: it is published."""
        return self


class Standard(models.Model):
    """The standards, or the safeguarding procedure, in one version: the same for every provider."""

    kind = models.CharField(max_length=20, choices=Kind)
    version = models.PositiveSmallIntegerField()
    in_force_from = models.DateField()
    lines = models.JSONField()  # words; of a procedure each begins with its time
    lead = models.CharField(max_length=200, blank=True)  # the council's own, of a procedure
    phone = models.CharField(max_length=30, blank=True)
    because = models.TextField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField()

    objects = StandardQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["kind", "version"], name="standard_version_once"),
            models.CheckConstraint(
                name="procedure_names_its_lead",
                condition=~Q(kind=Kind.SAFEGUARDING) | (~Q(lead="") & ~Q(phone="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, version {self.version}"

    @property
    def content(self) -> Content:
        return Content(lines=tuple(self.lines), lead=self.lead, phone=self.phone)


class AcknowledgementQuerySet(models.QuerySet["Acknowledgement"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff see them all; a provider's people their own."""
        if person.reach.whole_council:
            return self
        return self.filter(provider__organisation__in=person.reach.organisation_ids)


class Acknowledgement(models.Model):
    """A provider says that it keeps to a version, and who leads on safeguarding there."""

    provider = models.ForeignKey("market.Provider", on_delete=models.PROTECT, related_name="+")
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="acknowledged")
    lead = models.CharField(max_length=200)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    acknowledged_at = models.DateTimeField()

    objects = AcknowledgementQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["provider", "standard"], name="standard_acknowledged_once"
            ),
            models.CheckConstraint(name="acknowledged_with_lead", condition=~Q(lead="")),
        )

    def __str__(self) -> str:
        return f"{self.provider}: {self.standard}"


class StandardCheckQuerySet(models.QuerySet["StandardCheck"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff see them all; a provider's people their own."""
        if person.reach.whole_council:
            return self
        return self.filter(provider__organisation__in=person.reach.organisation_ids)


class StandardCheck(models.Model):
    """Somebody of the council checked a provider against a version."""

    provider = models.ForeignKey("market.Provider", on_delete=models.PROTECT, related_name="+")
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="checks")
    outcome = models.CharField(max_length=10, choices=Outcome)
    words = models.TextField()
    checked_on = models.DateField()
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    objects = StandardCheckQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(name="standard_checked_with_words", condition=~Q(words="")),
        )

    def __str__(self) -> str:
        return f"{self.provider}: {self.standard}"
