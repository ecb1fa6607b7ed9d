from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from flsf.casework.children.enums import Basis, Detail
from flsf.core.people import ChildReach, Person
from flsf.delivery.placements.enums import Commissioner, Status

PLACEMENTS = "view-placements"


class PlacementQuerySet(models.QuerySet["Placement"]):
    def visible_to(self, person: Person, *, on: date) -> Self:
        """Staff who work with placements see all, by reference; a provider sees its own.

        Whether the child behind one may be named is for children's own visible_to. A school
        and a family see the placements of the children disclosed to them, once we know the
        child to be theirs: a summary says nothing of where a child is.
        """
        if person.reach.children is ChildReach.ALL or (
            person.reach.whole_council and person.may(PLACEMENTS)
        ):
            return self
        if person.pk is None:
            return self.none()
        disclosed = Q(child__disclosures__person=person.pk) | Q(
            child__disclosures__organisation__in=person.reach.organisation_ids
        )
        open_then = (Q(child__disclosures__until=None) | Q(child__disclosures__until__gte=on)) & Q(
            child__disclosures__since__lte=on
        )
        theirs = Q(provider__organisation__in=person.reach.organisation_ids)
        family_or_school = ~Q(child__disclosures__basis__in=[Basis.PLACED, Basis.OFFERED])
        is_known = Q(child__disclosures__detail__in=[Detail.WORKING, Detail.FULL])
        known_to = disclosed & open_then & is_known & family_or_school
        return self.filter(theirs | known_to).distinct()


class Placement(models.Model):
    """A child's place with a provider, opened by an award."""

    ref = models.CharField(max_length=12, unique=True)
    child = models.ForeignKey("casework.Child", on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey("market.Provider", on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(
        "market.Service", on_delete=models.PROTECT, null=True, related_name="+"
    )
    award = models.OneToOneField("casework.Award", on_delete=models.PROTECT, related_name="+")
    commissioner = models.CharField(
        max_length=20, choices=Commissioner, default=Commissioner.COUNCIL
    )
    # What the provision is, for the school's register: codes K and B must say (reg 10(5)).
    nature = models.CharField(max_length=200)
    starts_on = models.DateField()
    planned_end_on = models.DateField()

    objects = PlacementQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["child"], name="placement_by_child"),
            models.Index(fields=["provider"], name="placement_by_provider"),
        )
        constraints = (
            models.CheckConstraint(
                name="placement_dates_in_order", condition=Q(planned_end_on__gte=F("starts_on"))
            ),
        )

    def __str__(self) -> str:
        return self.ref


class PlacementChangeQuerySet(models.QuerySet["PlacementChange"]):
    def in_force_on(self, day: date) -> Self:
        """For each placement the status that stands on that day."""
        later = PlacementChange.objects.filter(
            placement=OuterRef("placement"), takes_effect_on__lte=day
        ).filter(
            Q(takes_effect_on__gt=OuterRef("takes_effect_on"))
            | Q(takes_effect_on=OuterRef("takes_effect_on"), pk__gt=OuterRef("pk"))
        )
        return self.filter(~Exists(later), takes_effect_on__lte=day)


class PlacementChange(models.Model):
    """From this day on the placement has this status, until a later change."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="changes")
    status = models.CharField(max_length=20, choices=Status)
    takes_effect_on = models.DateField()
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField()

    objects = PlacementChangeQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(
                fields=["placement", "-takes_effect_on", "-id"], name="placement_status_in_force"
            ),
        )

    def __str__(self) -> str:
        return f"{self.status} from {self.takes_effect_on}"


class Worker(models.Model):
    """Somebody of the provider who works with the child, from a day until another."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="workers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["placement", "user", "since"], name="worker_named_once"
            ),
        )

    def __str__(self) -> str:
        return f"worker of {self.placement}"
