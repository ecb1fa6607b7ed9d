from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from flsf.core.people import Person
from flsf.core.refs import new_ref
from flsf.market.exclusions.enums import Alike, CaseStatus, Cause, MatchStatus, Weight
from flsf.market.exclusions.rules import Debarred

READS = "view-exclusions"


def new_match_ref() -> str:
    """A fresh reference of a match."""
    return new_ref("D")


def new_case_ref() -> str:
    """A fresh reference of a case."""
    return new_ref("X")


class ListVersionQuerySet(models.QuerySet["ListVersion"]):
    def visible_to(self, person: Person) -> Self:
        """Those who deal with exclusions."""
        return self if person.may(READS) else self.none()


class ListVersion(models.Model):
    """The debarment list as it was published, as one file said it."""

    name = models.CharField(max_length=100)  # what the list calls itself, like its date
    sha256 = models.CharField(max_length=64)
    entries_count = models.PositiveIntegerField()
    taken_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    taken_in_at = models.DateTimeField()

    objects = ListVersionQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class ListEntryQuerySet(models.QuerySet["ListEntry"]):
    def visible_to(self, person: Person) -> Self:
        """Those who deal with exclusions."""
        return self if person.may(READS) else self.none()


class ListEntry(models.Model):
    """A line of one version of the list."""

    version = models.ForeignKey(ListVersion, on_delete=models.CASCADE, related_name="entries")
    key = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    number = models.CharField(max_length=20, blank=True)
    weight = models.CharField(max_length=15, choices=Weight)
    ground = models.CharField(max_length=300)
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    objects = ListEntryQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["version", "key"], name="debarred_once_a_version"),
            models.CheckConstraint(
                name="debarred_in_order",
                condition=Q(last_day=None)
                | Q(last_day__isnull=False, last_day__gte=F("first_day")),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def facts(self) -> Debarred:
        return Debarred(
            name=self.name,
            number=self.number,
            weight=Weight(self.weight),
            ground=self.ground,
            first_day=self.first_day,
            last_day=self.last_day,
        )


class SweepQuerySet(models.QuerySet["Sweep"]):
    def visible_to(self, person: Person) -> Self:
        """Those who deal with exclusions."""
        return self if person.may(READS) else self.none()


class Sweep(models.Model):
    """Every supplier was looked for on a version of the list."""

    version = models.ForeignKey(ListVersion, on_delete=models.PROTECT, related_name="sweeps")
    cause = models.CharField(max_length=10, choices=Cause)
    suppliers = models.PositiveIntegerField()
    found = models.PositiveIntegerField()  # matches that nobody had found before
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    done_at = models.DateTimeField()

    objects = SweepQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.version} {self.done_at}"


class MatchQuerySet(models.QuerySet["Match"]):
    def visible_to(self, person: Person) -> Self:
        """Those who deal with exclusions."""
        return self if person.may(READS) else self.none()


class Match(models.Model):
    """An entry of the list may be about a supplier: somebody says whether it is.

    What was said of an entry holds for every later version that has it.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_match_ref)
    organisation = models.ForeignKey(
        "shared.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    key = models.CharField(max_length=64)
    entry = models.ForeignKey(ListEntry, on_delete=models.PROTECT, related_name="+")
    alike = models.CharField(max_length=10, choices=Alike)
    status = models.CharField(max_length=10, choices=MatchStatus, default=MatchStatus.OPEN)
    because = models.TextField(blank=True)
    found_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)

    objects = MatchQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "key"], name="match_once"),
            models.CheckConstraint(
                name="match_settled_whole",
                condition=Q(status=MatchStatus.OPEN, because="", settled_by=None, settled_at=None)
                | (
                    ~Q(status=MatchStatus.OPEN)
                    & ~Q(because="")
                    & Q(settled_by__isnull=False, settled_at__isnull=False)
                ),
            ),
        )

    def __str__(self) -> str:
        return self.ref


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, person: Person) -> Self:
        """Those who deal with exclusions; the supplier's own people see theirs."""
        if person.may(READS):
            return self
        return self.filter(organisation__in=person.reach.organisation_ids)


class Case(models.Model):
    """A supplier may have to be excluded: told, answered, decided, and the Minister told."""

    ref = models.CharField(max_length=12, unique=True, default=new_case_ref)
    organisation = models.ForeignKey(
        "shared.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    match = models.OneToOneField(Match, on_delete=models.PROTECT, null=True, related_name="case")
    ground = models.CharField(max_length=30)  # of rules.GROUNDS
    weight = models.CharField(max_length=15, choices=Weight)
    happened_on = models.DateField()
    words = models.TextField()  # what the council knows
    only_a_person = models.BooleanField(default=False)  # an associated person is the only cause
    status = models.CharField(max_length=15, choices=CaseStatus, default=CaseStatus.OPEN)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()
    answer_by = models.DateField()  # the last day for what they say
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    minister_due_on = models.DateField(null=True)  # the last day to tell the Minister
    minister_told_on = models.DateField(null=True)
    minister_reference = models.CharField(max_length=100, blank=True)
    ended_because = models.TextField(blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(status=CaseStatus.OPEN),
                name="case_one_open",
            ),
            models.CheckConstraint(
                name="case_decided_whole",
                condition=Q(status=CaseStatus.OPEN, reason="", decided_by=None, decided_at=None)
                | (
                    ~Q(status=CaseStatus.OPEN)
                    & ~Q(reason="")
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="case_ended_whole",
                condition=(
                    ~Q(status=CaseStatus.ENDED) & Q(ended_because="", ended_by=None, ended_at=None)
                )
                | (
                    Q(status=CaseStatus.ENDED)
                    & ~Q(ended_because="")
                    & Q(ended_by__isnull=False, ended_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="case_minister_told_whole",
                condition=Q(minister_told_on=None, minister_reference="")
                | (Q(minister_told_on__isnull=False) & ~Q(minister_reference="")),
            ),
        )

    def __str__(self) -> str:
        return self.ref
