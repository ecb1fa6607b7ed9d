from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from flsf.core.people import Person
from flsf.core.refs import fresh_refs
from flsf.market.listings import rules
from flsf.market.listings.enums import RevisionStatus
from flsf.market.providers.rules import ServiceFacts

DECIDED = (RevisionStatus.APPROVED, RevisionStatus.SENT_BACK)


class RevisionQuerySet(models.QuerySet["Revision"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff see every version; a provider's people see their own."""
        if person.reach.whole_council:
            return self
        return self.filter(provider__organisation__in=person.reach.organisation_ids)


class Revision(models.Model):
    """A version of a listing that a provider would have; the public reads it once approved."""

    ref = models.CharField(max_length=12, unique=True)
    provider = models.ForeignKey("market.Provider", on_delete=models.PROTECT, related_name="+")
    # Null until approved when the service is new.
    service = models.ForeignKey(
        "market.Service", on_delete=models.CASCADE, null=True, related_name="+"
    )
    base = models.JSONField(null=True)  # what the provider had before it; null: a new service
    wanted = models.JSONField()
    replaces = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=RevisionStatus, default=RevisionStatus.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)  # to the provider

    objects = RevisionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["service"],
                condition=Q(status=RevisionStatus.WAITING),
                name="revision_waits_once",
            ),
            models.CheckConstraint(
                name="revision_decided_whole",
                condition=(~Q(status__in=DECIDED) & Q(decided_by=None, decided_at=None))
                | Q(status__in=DECIDED, decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="revision_sent_back_with_words",
                condition=~Q(status=RevisionStatus.SENT_BACK) | ~Q(words=""),
            ),
        )

    def __str__(self) -> str:
        return self.ref

    @classmethod
    def fresh_ref(cls) -> str:
        [ref] = fresh_refs("L", 1, frozenset(cls.objects.values_list("ref", flat=True)))
        return ref

    @property
    def facts(self) -> ServiceFacts:
        return rules.from_row(self.wanted)

    @property
    def base_facts(self) -> ServiceFacts | None:
        return rules.from_row(self.base) if self.base is not None else None


class RecheckQuerySet(models.QuerySet["Recheck"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff."""
        return self if person.reach.whole_council else self.none()


class Recheck(models.Model):
    """Something by which a provider was checked has changed: somebody looks again."""

    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, related_name="recheck")
    fields = models.JSONField()  # names of what changed
    opened_on = models.DateField()
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True)
    found = models.TextField(blank=True)

    objects = RecheckQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="recheck_done_whole",
                condition=Q(done_by=None, done_at=None, found="")
                | (Q(done_by__isnull=False, done_at__isnull=False) & ~Q(found="")),
            ),
        )

    def __str__(self) -> str:
        return f"look again at {self.revision}"


class PromptQuerySet(models.QuerySet["Prompt"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff."""
        return self if person.reach.whole_council else self.none()


class Prompt(models.Model):
    """The provider was asked on a day whether a listing is still right."""

    service = models.ForeignKey("market.Service", on_delete=models.CASCADE, related_name="+")
    asked_on = models.DateField()

    objects = PromptQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["service", "asked_on"], name="prompt_once_a_day"),
        )

    def __str__(self) -> str:
        return f"asked on {self.asked_on}"


class TakenDownQuerySet(models.QuerySet["TakenDown"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: that a listing is no longer public, and why, is said on its page."""
        return self


class TakenDown(models.Model):
    """From that day the public no longer finds the listing: nobody had confirmed it for so long."""

    service = models.ForeignKey("market.Service", on_delete=models.CASCADE, related_name="+")
    taken_down_on = models.DateField()
    days_unconfirmed = models.PositiveIntegerField()
    put_back_on = models.DateField(null=True)

    objects = TakenDownQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["service"], condition=Q(put_back_on=None), name="taken_down_once"
            ),
        )

    def __str__(self) -> str:
        return f"taken down on {self.taken_down_on}"
