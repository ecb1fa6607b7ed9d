from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from flsf.core.people import Person
from flsf.core.refs import fresh_refs
from flsf.market.kinds.enums import KindStatus


class KindQuerySet(models.QuerySet["Kind"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff see every kind; others those taken up, and what they proposed."""
        if person.reach.whole_council:
            return self
        theirs = Q(proposed_by_organisation__in=person.reach.organisation_ids)
        return self.filter(Q(status=KindStatus.ADOPTED) | theirs)


class Kind(models.Model):
    """A kind of service in families' words; a choice of the search once it is taken up."""

    ref = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=80)
    words = models.CharField(max_length=300, blank=True)  # what it is
    proposed_by_organisation = models.ForeignKey(
        "shared.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=KindStatus, default=KindStatus.PROPOSED)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=300, blank=True)

    objects = KindQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="kind_decided_whole",
                condition=Q(status=KindStatus.PROPOSED, decided_by=None, decided_at=None, why="")
                | (
                    ~Q(status=KindStatus.PROPOSED)
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(why="")
                ),
            ),
            models.CheckConstraint(
                name="kind_merged_into_one",
                condition=Q(status=KindStatus.MERGED, merged_into__isnull=False)
                | (~Q(status=KindStatus.MERGED) & Q(merged_into=None)),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @classmethod
    def fresh_ref(cls) -> str:
        [ref] = fresh_refs("K", 1, frozenset(cls.objects.values_list("ref", flat=True)))
        return ref
