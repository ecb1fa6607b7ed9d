"""Reads of children. Every one goes through `Child.objects.visible_to`."""

from datetime import date

from django.db.models import QuerySet

from flsf.casework.children.models import Child
from flsf.core.people import Person


def visible_ids(person: Person, *, on: date) -> QuerySet[Child, int]:
    """The ids of the children this person may see on a day: a subquery for later stages."""
    return Child.objects.visible_to(person, on=on).values_list("pk", flat=True)
