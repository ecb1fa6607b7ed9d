"""Reads of the list of those who give training and apprenticeships."""

from datetime import date
from typing import TypeAlias

from django.db.models import Max, Q, QuerySet

from flsf.core.people import Person
from flsf.market.trainers.enums import Offer
from flsf.market.trainers.models import Trainer

TrainerRow: TypeAlias = Trainer


def listed(*, words: str = "", offer: str = "", kind: str = "") -> QuerySet[Trainer]:
    """What the public reads, by name: all of it, or what has the words and makes the offer."""
    return _narrowed(Trainer.objects.filter(taken_off_on=None), words, offer, kind)


def internships() -> list[Trainer]:
    """Those on the list who offer supported internships: those with open places first, by name."""
    found = Trainer.objects.filter(taken_off_on=None, offers__contains=[Offer.INTERNSHIPS.value])
    return sorted(found, key=lambda one: (-(one.open_places or 0), one.name, one.pk))


def register(
    *, person: Person, words: str = "", offer: str = "", kind: str = ""
) -> QuerySet[Trainer]:
    """The same for staff, with those taken off."""
    return _narrowed(Trainer.objects.visible_to(person), words, offer, kind)


def with_ref(ref: str, *, person: Person) -> Trainer | None:
    """The record, if there is one."""
    return Trainer.objects.visible_to(person).filter(ref=ref).first()


def changed_on() -> date | None:
    """The latest day on which the list changed, by what was taken off it too; None: no list."""
    found: date | None = Trainer.objects.aggregate(last=Max("changed_on"))["last"]
    return found


def _narrowed(found: QuerySet[Trainer], words: str, offer: str, kind: str) -> QuerySet[Trainer]:
    for word in words.split()[:10]:
        found = found.filter(
            Q(name__icontains=word)
            | Q(place__icontains=word)
            | Q(about__icontains=word)
            | Q(postcode__istartswith=word)
        )
    if offer:
        found = found.filter(offers__contains=[offer])
    if kind:
        found = found.filter(kind=kind)
    return found.order_by("name", "pk")
