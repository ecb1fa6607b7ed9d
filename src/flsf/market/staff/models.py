from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from flsf.core.people import Person
from flsf.market.staff.enums import Confirmation, Level, StaffRole


class StaffNeedQuerySet(models.QuerySet["StaffNeed"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: what we ask of staff is published."""
        return self


class StaffNeed(models.Model):
    """A check that people of some roles need, from a day until another (E25)."""

    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)
    roles_mask = models.IntegerField()  # enums.role_bit
    abroad_only = models.BooleanField(default=False)
    lasts_months = models.PositiveSmallIntegerField(null=True)  # null: done once and for all
    source = models.CharField(max_length=200)
    in_force_from = models.DateField()
    until = models.DateField(null=True)

    objects = StaffNeedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["code", "in_force_from"], name="staff_need_once"),
        )

    def __str__(self) -> str:
        return self.name


class MemberQuerySet(models.QuerySet["Member"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff see everybody; a provider's people see their own."""
        if person.reach.whole_council:
            return self
        return self.filter(provider__organisation__in=person.reach.organisation_ids)


class Member(models.Model):
    """Somebody who works for a provider, from a day until another."""

    ref = models.CharField(max_length=12, unique=True)
    provider = models.ForeignKey("market.Provider", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=20, choices=StaffRole)
    # Whoever signs in to mark sessions, so that cover can be worked out.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    unsupervised = models.BooleanField()  # alone with children
    lived_abroad = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True)
    confirmation = models.CharField(max_length=20, choices=Confirmation, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["provider", "user"],
                condition=Q(until=None, user__isnull=False),
                name="staff_user_once",
            ),
            models.CheckConstraint(
                name="staff_dates_in_order", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
            models.CheckConstraint(
                name="staff_confirmation_whole",
                condition=Q(confirmation="", decided_by=None, decided_at=None, decision_reason="")
                | (
                    ~Q(confirmation="")
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(decision_reason="")
                ),
            ),
        )

    def __str__(self) -> str:
        return self.name


class StaffEvidence(models.Model):
    """A check that was done for a person: its number, day, level and who saw it, and no more."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="evidence")
    code = models.SlugField(max_length=40)  # of a StaffNeed
    number = models.CharField(max_length=60, blank=True)
    level = models.CharField(max_length=20, choices=Level, blank=True)
    checked_on = models.DateField()
    expires_on = models.DateField(null=True)
    seen_by = models.CharField(max_length=200)  # whoever of the provider saw it
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="staff_evidence_dates_in_order",
                condition=Q(expires_on=None) | Q(expires_on__gte=F("checked_on")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} of {self.checked_on}"


class AssuranceQuerySet(models.QuerySet["Assurance"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff see every letter; a provider's people see their own.

        A school with a child there is asked for by the page: it is no matter of this stage.
        """
        if person.reach.whole_council:
            return self
        return self.filter(provider__organisation__in=person.reach.organisation_ids)


class Assurance(models.Model):
    """A provider's written word that its staff are checked (E24), as it stood that day."""

    ref = models.CharField(max_length=12, unique=True)
    provider = models.ForeignKey("market.Provider", on_delete=models.PROTECT, related_name="+")
    given_on = models.DateField()
    expires_on = models.DateField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField()
    people = models.JSONField()  # name, role and checks by name of each, frozen

    objects = AssuranceQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="assurance_dates_in_order", condition=Q(expires_on__gte=F("given_on"))
            ),
        )

    def __str__(self) -> str:
        return self.ref
