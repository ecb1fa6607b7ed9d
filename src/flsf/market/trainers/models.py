from typing import Self

from django.db import models
from django.db.models import F, Q

from flsf.core.people import Person
from flsf.core.refs import fresh_refs
from flsf.market.trainers.enums import Kind, Offer
from flsf.market.trainers.rules import TrainerFacts


class TrainerQuerySet(models.QuerySet["Trainer"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: the list is published."""
        return self


class Trainer(models.Model):
    """Somebody who gives training or apprenticeships. Named once, and once by its UKPRN."""

    ref = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=200)
    same_name = models.CharField(max_length=200)  # as rules.same_name reads it
    kind = models.CharField(max_length=12, choices=Kind)
    offers = models.JSONField(default=list)  # codes of Offer, in its order
    ukprn = models.CharField(max_length=8, blank=True)
    place = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    contact = models.CharField(max_length=200, blank=True)  # a team or desk, not a person
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(max_length=500, blank=True)
    about = models.TextField(blank=True)
    places = models.PositiveSmallIntegerField(null=True)  # for supported internships, a year
    open_places = models.PositiveSmallIntegerField(null=True)
    checked_on = models.DateField()  # somebody last looked whether this is right
    changed_on = models.DateField()  # what the list says of it last changed
    taken_off_on = models.DateField(null=True)
    taken_off_why = models.CharField(max_length=300, blank=True)

    objects = TrainerQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["ukprn"],
                condition=~Q(ukprn="") & Q(taken_off_on=None),
                name="trainer_ukprn_once",
            ),
            models.UniqueConstraint(
                fields=["same_name"], condition=Q(taken_off_on=None), name="trainer_named_once"
            ),
            models.CheckConstraint(
                name="trainer_ukprn_is_one", condition=Q(ukprn="") | Q(ukprn__regex=r"^1\d{7}$")
            ),
            models.CheckConstraint(
                name="trainer_places_of_internships",
                condition=Q(places=None, open_places=None)
                | Q(offers__contains=[Offer.INTERNSHIPS.value]),
            ),
            models.CheckConstraint(
                name="trainer_open_places_are_places",
                condition=Q(open_places=None)
                | Q(places__isnull=False, open_places__lte=F("places")),
            ),
            models.CheckConstraint(
                name="trainer_taken_off_whole",
                condition=Q(taken_off_on=None, taken_off_why="")
                | (Q(taken_off_on__isnull=False) & ~Q(taken_off_why="")),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @classmethod
    def fresh_refs(cls, count: int) -> list[str]:
        """References that none of them has."""
        return fresh_refs("T", count, frozenset(cls.objects.values_list("ref", flat=True)))

    @property
    def facts(self) -> TrainerFacts:
        said = {name: getattr(self, name) for name in TrainerFacts.__dataclass_fields__}
        return TrainerFacts(**said | {"kind": Kind(self.kind), "offers": self.in_order})

    @property
    def in_order(self) -> tuple[Offer, ...]:
        return tuple(Offer(one) for one in self.offers)

    @property
    def offers_in_words(self) -> str:
        return ", ".join(str(one.label) for one in self.in_order)
