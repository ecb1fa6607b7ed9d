"""Reads of the standards, of the procedure, and of who keeps to which version."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from django.db.models import QuerySet

from flsf.core.people import Person
from flsf.market.standards.enums import Kind, Outcome
from flsf.market.standards.models import Acknowledgement, Standard, StandardCheck

StandardRow: TypeAlias = Standard


def versions(kind: Kind, *, on: date | None = None) -> QuerySet[Standard]:
    """Every version, the latest first; with a day those that hold or held by then."""
    found = Standard.objects.filter(kind=kind).select_related("published_by")
    if on is not None:
        found = found.filter(in_force_from__lte=on)
    return found.order_by("-in_force_from", "-version")


def in_force(kind: Kind, *, on: date) -> Standard | None:
    """The version that holds on a day."""
    return versions(kind, on=on).first()


@dataclass(frozen=True, slots=True)
class Said:
    """A provider said that it keeps to a version."""

    version: int
    lead: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody of the council checked a provider against a version."""

    kind: Kind
    version: int
    outcome: Outcome
    words: str
    checked_on: date
    by: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What one provider said and what was found there, the latest of each first."""

    said: dict[Kind, list[Said]]
    looked: list[Looked]

    def last_said(self, kind: Kind) -> Said | None:
        return self.said[kind][0] if self.said[kind] else None

    def has_said(self, standard: Standard | None) -> bool:
        """Whether it acknowledged that version; of none nothing is asked."""
        if standard is None:
            return True
        return standard.version in {one.version for one in self.said[Kind(standard.kind)]}

    @property
    def last_looked(self) -> Looked | None:
        return self.looked[0] if self.looked else None


def kept(provider_ids: Collection[int], *, person: Person) -> dict[int, Kept]:
    """What each of those providers said and what was found there. Two queries for them all."""
    found = {pk: Kept({kind: [] for kind in Kind}, []) for pk in provider_ids}
    said = Acknowledgement.objects.visible_to(person).filter(provider__in=provider_ids)
    for one in said.select_related("standard", "acknowledged_by").order_by("-standard__version"):
        found[one.provider_id].said[Kind(one.standard.kind)].append(
            Said(one.standard.version, one.lead, one.acknowledged_by.name, one.acknowledged_at)
        )
    looked = StandardCheck.objects.visible_to(person).filter(provider__in=provider_ids)
    for each in looked.select_related("standard", "checked_by").order_by("-checked_on", "-pk"):
        found[each.provider_id].looked.append(
            Looked(
                Kind(each.standard.kind),
                each.standard.version,
                Outcome(each.outcome),
                each.words,
                each.checked_on,
                each.checked_by.name,
            )
        )
    return found
