"""Reads of placements."""

from datetime import date

from django.db.models import QuerySet

from flsf.core.people import Person
from flsf.delivery.placements.models import Placement


def visible_ids(person: Person, *, on: date) -> QuerySet[Placement, int]:
    """The ids of the placements this person may see on a day: a subquery for later stages."""
    return Placement.objects.visible_to(person, on=on).values_list("pk", flat=True)
