from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from flsf.core.people import Person
from flsf.mandate.governance.enums import Kind, RequirementKind
from flsf.mandate.governance.rules.kinds import KINDS, READS, READS_CONFLICTS


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, person: Person) -> Self:
        """Those who may read the framework; legal advice and conflicts only those who may read
        these.
        """
        if not person.may(READS):
            return self.none()
        return self.exclude(
            kind__in=[kind for kind, one in KINDS.items() if not person.may(one.read_with)]
        )


class Entry(models.Model):
    """A line of one of the framework's registers. What it says is in its versions."""

    framework = models.ForeignKey("mandate.Framework", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    number = models.PositiveIntegerField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["framework", "kind", "number"], name="entry_number_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class VersionQuerySet(models.QuerySet["Version"]):
    def visible_to(self, person: Person) -> Self:
        """Whoever sees the entry."""
        return self.filter(entry__in=Entry.objects.visible_to(person))


class Version(models.Model):
    """What an entry says, from this moment until the next version."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    told = models.JSONField()  # by field of the register; days as 2026-05-15
    is_closed = models.BooleanField(default=False)
    because = models.TextField(blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    changed_at = models.DateTimeField()

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["entry", "number"], name="entry_version_once"),
            models.CheckConstraint(
                name="entry_closed_with_reason", condition=Q(is_closed=False) | ~Q(because="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.entry}, version {self.number}"


class DeclarationQuerySet(models.QuerySet["Declaration"]):
    def visible_to(self, person: Person) -> Self:
        """Those who may read of conflicts see every declaration; others their own."""
        return self if person.may(READS_CONFLICTS) else self.filter(declared_by=person.pk)


class Declaration(models.Model):
    """Somebody who will judge says whether an interest of theirs stands in the way (rule P32)."""

    about = models.CharField(max_length=60)  # "round 12" of a framework, a competition
    has_conflict = models.BooleanField()
    words = models.TextField(blank=True)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    declared_at = models.DateTimeField()

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="declared_conflict_is_told", condition=Q(has_conflict=False) | ~Q(words="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.declared_by} on {self.about}"


class AnsweringQuerySet(models.QuerySet["Answering"]):
    def visible_to(self, person: Person) -> Self:
        """Those who may read the framework."""
        return self if person.may(READS) else self.none()


class Answering(models.Model):
    """Somebody said which policy drivers a requirement of the framework answers.

    The last one about a requirement stands; those before stay to be read.
    """

    framework = models.ForeignKey("mandate.Framework", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=RequirementKind)
    key = models.SlugField(max_length=60)
    words = models.TextField()  # of the requirement, as it read
    drivers = models.JSONField()  # [number, version] of each entry, as it read
    because = models.TextField()
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    said_at = models.DateTimeField()

    objects = AnsweringQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["framework", "kind", "key", "-id"], name="answering_latest"),
        )
        constraints = (
            models.CheckConstraint(name="answering_has_reason", condition=~Q(because="")),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.words}"
