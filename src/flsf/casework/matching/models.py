from datetime import date
from typing import Self

from django.conf import settings
from django.db import models

from flsf.casework.referrals import queries as referrals
from flsf.core.people import Person


class RuleSetQuerySet(models.QuerySet["RuleSet"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: how we choose is published."""
        return self


class RuleSet(models.Model):
    """The published rules and weights by which services are ranked, from a day on."""

    version = models.PositiveSmallIntegerField(unique=True)
    in_force_from = models.DateField()
    content = models.JSONField()  # each rule: id, law or policy, plain words; each weight
    sha256 = models.CharField(max_length=64)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField()

    objects = RuleSetQuerySet.as_manager()

    def __str__(self) -> str:
        return f"version {self.version}"


class ShortlistQuerySet(models.QuerySet["Shortlist"]):
    def visible_to(self, person: Person, *, on: date) -> Self:
        """Whoever sees the referral in casework."""
        return self.filter(referral__in=referrals.visible_ids(person, on=on))


class Shortlist(models.Model):
    """What an officer was shown, frozen: inputs, rule version and result. Never changed."""

    ref = models.CharField(max_length=12, unique=True)
    referral = models.ForeignKey("casework.Referral", on_delete=models.PROTECT, related_name="+")
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="shortlists")
    inputs = models.JSONField()  # the question and every service's columns as they stood
    result = models.JSONField()  # ranked with points by term; excluded with every reason
    sha256 = models.CharField(max_length=64)  # of inputs, rules and result
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField()

    objects = ShortlistQuerySet.as_manager()

    def __str__(self) -> str:
        return self.ref
