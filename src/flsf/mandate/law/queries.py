"""Reads of the numbers in force on a day."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from flsf.core.people import Person
from flsf.mandate.law.enums import Key
from flsf.mandate.law.models import Provision
from flsf.mandate.law.rules import NotInForce, OverTime


def in_force(key: Key, *, on: date) -> Provision:
    """The number in force on a day, with its source. Raises NotInForce."""
    found = (
        Provision.objects.filter(key=key, in_force_from__lte=on).order_by("-in_force_from").first()
    )
    if found is None:
        raise NotInForce(f"{key} on {on}")
    return found


def value(key: Key, *, on: date) -> int:
    """The number itself. Raises NotInForce."""
    return in_force(key, on=on).value


def values(keys: Collection[Key], *, on: date) -> dict[Key, int]:
    """Several numbers, in one question. Raises NotInForce."""
    rows = (
        Provision.objects.filter(key__in=keys, in_force_from__lte=on)
        .order_by("key", "-in_force_from")
        .distinct("key")
    )
    found = {Key(key): number for key, number in rows.values_list("key", "value")}
    missing = set(keys) - found.keys()
    if missing:
        raise NotInForce(f"{', '.join(sorted(missing))} on {on}")
    return found


def over_time(key: Key) -> OverTime:
    """Every value of a number, to ask for many days at once. One question."""
    found = Provision.objects.filter(key=key).order_by("in_force_from")
    return OverTime(key, tuple(found.values_list("in_force_from", "value")))


def every(*, person: Person) -> QuerySet[Provision]:
    """All numbers, those that were and those that will be, by key and day."""
    return Provision.objects.visible_to(person).order_by("key", "in_force_from")
