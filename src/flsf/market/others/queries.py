"""Reads of help that is not on the framework."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import TypeAlias

from django.db.models import QuerySet

from flsf.core.people import Person
from flsf.market.others.models import OtherService

OtherRow: TypeAlias = OtherService


def register(*, person: Person, words: str = "", sector: str = "") -> QuerySet[OtherService]:
    """All of it by name, also what was taken off the list."""
    found = OtherService.objects.visible_to(person).order_by("name", "pk")
    if words:
        found = found.filter(name__icontains=words)
    return found.filter(sector=sector) if sector else found


def with_ref(ref: str, *, person: Person) -> OtherService | None:
    """The record, if there is one."""
    return OtherService.objects.visible_to(person).filter(ref=ref).first()


def with_slug(slug: str) -> OtherService | None:
    """The record at an address on the web; what was taken off stays reachable."""
    return OtherService.objects.filter(slug=slug).first()


def listed() -> list[OtherService]:
    """Everything the public finds. One query."""
    return list(OtherService.objects.filter(taken_off_on=None).defer("words").order_by("pk"))


def with_ids(ids: Collection[int]) -> Mapping[int, OtherService]:
    """Those records that the public finds, by id. One query."""
    found = OtherService.objects.filter(pk__in=ids, taken_off_on=None).defer("words")
    return {one.pk: one for one in found}


def with_slugs(slugs: Collection[str]) -> Mapping[str, OtherService]:
    """Those records that the public finds, by their addresses on the web. One query."""
    found = OtherService.objects.filter(slug__in=slugs, taken_off_on=None).defer("words")
    return {one.slug: one for one in found}


def not_checked_since(day: date) -> QuerySet[OtherService]:
    """Records of our own that nobody has looked at since that day, the oldest first."""
    kept = OtherService.objects.filter(taken_off_on=None, source="", checked_on__lt=day)
    return kept.order_by("checked_on", "pk")
