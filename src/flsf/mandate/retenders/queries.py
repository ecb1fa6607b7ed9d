"""Reads of frameworks tendered again."""

from typing import TypeAlias

from flsf.core.people import Person
from flsf.mandate.retenders.models import Cover, Retender

RetenderRow: TypeAlias = Retender


def with_ref(ref: str, *, person: Person) -> Retender | None:
    """It, if there is one and this person may see it."""
    found = Retender.objects.visible_to(person).filter(ref=ref)
    return found.select_related("framework", "challenge", "round", "begun_by", "ended_by").first()


def of_framework(framework_id: int, *, person: Person) -> list[Retender]:
    """Every time that it was tendered again, the latest first."""
    found = Retender.objects.visible_to(person).filter(framework=framework_id)
    return list(found.select_related("round").order_by("-begun_at", "-pk"))


def under_way(framework_id: int) -> Retender | None:
    """The one that has not ended."""
    return Retender.objects.filter(framework=framework_id, ended_at=None).first()


def waiver_ids(retender_id: int) -> list[int]:
    """The waivers that cover the time between."""
    found = Cover.objects.filter(retender=retender_id).order_by("waiver__provider_name", "pk")
    return list(found.values_list("waiver", flat=True))
