"""Reads of what will be needed."""

from datetime import date
from typing import TypeAlias

from django.db.models import QuerySet

from flsf.core.people import Person
from flsf.market.openings.models import Opening

OpeningRow: TypeAlias = Opening


def told(*, on: date) -> list[Opening]:
    """What is told on a day and still to come, the soonest first."""
    found = Opening.objects.standing_on(on).filter(needed_from__gte=on).select_related("lot")
    return list(found.order_by("needed_from", "title", "pk"))


def register(*, person: Person) -> QuerySet[Opening]:
    """All that was ever told, the latest first."""
    found = Opening.objects.visible_to(person).select_related("lot", "told_by")
    return found.order_by("-needed_from", "-pk")


def with_ref(ref: str, *, person: Person) -> Opening | None:
    """The record, if there is one."""
    return register(person=person).filter(ref=ref).first()
