"""Reads of files that were handed in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from flsf.core.people import Person
from flsf.shared.documents.enums import Kind
from flsf.shared.documents.models import Content, Document
from flsf.shared.documents.rules import MIME_TYPES


@dataclass(frozen=True, slots=True)
class File:
    """A file as a page lists it."""

    ref: str
    name: str
    kind: Kind
    size: int
    is_scanned: bool
    handed_in_at: datetime
    owner_id: int

    @property
    def mime_type(self) -> str:
        return MIME_TYPES[self.kind]


def with_ref(ref: str, *, person: Person) -> File | None:
    """The file, if there is one and this person may see it."""
    found = Document.objects.visible_to(person).filter(ref=ref).first()
    return _file(found) if found else None


def named(refs: Iterable[str], *, person: Person) -> Mapping[str, File]:
    """Those files of these that the person may see, by reference. One query."""
    found = Document.objects.visible_to(person).filter(ref__in=list(refs))
    return {one.ref: _file(one) for one in found}


def content(ref: str, *, person: Person) -> bytes | None:
    """The bytes, if this person may see the file."""
    found = Content.objects.filter(document__in=_visible(person).filter(ref=ref)).first()
    return bytes(found.data) if found else None


def refs_of(organisation_id: int) -> frozenset[str]:
    """The references of every file an organisation handed in."""
    found = Document.objects.filter(owner=organisation_id)
    return frozenset(found.values_list("ref", flat=True))


def _visible(person: Person) -> QuerySet[Document]:
    return Document.objects.visible_to(person)


def _file(one: Document) -> File:
    return File(
        ref=one.ref,
        name=one.name,
        kind=Kind(one.kind),
        size=one.size,
        is_scanned=one.scanned_at is not None,
        handed_in_at=one.handed_in_at,
        owner_id=one.owner_id,
    )
