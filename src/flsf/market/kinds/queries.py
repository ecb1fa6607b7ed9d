"""Reads of kinds of service."""

from typing import TypeAlias

from django.db.models import QuerySet

from flsf.core.people import Person
from flsf.market.kinds.enums import KindStatus
from flsf.market.kinds.models import Kind

KindRow: TypeAlias = Kind


def register(*, person: Person, status: str = "") -> QuerySet[Kind]:
    """The kinds this person may see, by name."""
    found = Kind.objects.visible_to(person).select_related("merged_into")
    return (found.filter(status=status) if status else found).order_by("name", "pk")


def proposed(*, person: Person) -> QuerySet[Kind]:
    """Those that wait for the council, the longest waiting first."""
    return register(person=person, status=KindStatus.PROPOSED).order_by("proposed_at", "pk")


def to_choose(*, person: Person) -> QuerySet[Kind]:
    """What a service may say it is: kinds taken up, and those its own provider proposed."""
    chosen = (KindStatus.ADOPTED, KindStatus.PROPOSED)
    return register(person=person).filter(status__in=chosen)


def with_ref(ref: str, *, person: Person) -> Kind | None:
    """The kind, if there is one and this person may see it."""
    return register(person=person).filter(ref=ref).first()
