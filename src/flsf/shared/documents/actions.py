"""The only writes of files that were handed in."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from flsf.core.people import Person
from flsf.core.refs import unused_ref
from flsf.core.refusals import Refusal
from flsf.shared import scanning
from flsf.shared.audit import actions as audit
from flsf.shared.audit.enums import JSONValue
from flsf.shared.documents.enums import Tag
from flsf.shared.documents.models import Content, Document
from flsf.shared.documents.rules import BadFile, inspect, shown_name


class HasVirus(BadFile):
    says = "Our virus scanner found something in this file, so we did not keep it. Check it."


class ScannerAway(Refusal):
    says = (
        "We cannot take files just now: our virus scanner does not answer. Your other answers are "
        "kept. Try the file again in an hour."
    )


class NoSuchDocument(Refusal):
    says = "That file is not there any more. Hand it in again."


@transaction.atomic
def keep(*, name: str, content: bytes, owner_id: int, by: Person, at: datetime) -> Document:
    """The file is kept for the organisation and the council, to be read by nobody else.

    Photos lose what they say of place and time. Raises the kinds of BadFile, HasVirus among
    them, and ScannerAway: with a scanner set up, nothing is kept that it has not seen.
    """
    inspected = inspect(content)
    is_scanned = _scan(content)
    document = Document.objects.create(
        ref=unused_ref("F", Document.objects),
        owner_id=owner_id,
        kind=inspected.kind,
        name=shown_name(name, inspected.kind.value),
        size=len(inspected.content),
        sha256=hashlib.sha256(inspected.content).hexdigest(),
        scanned_at=at if is_scanned else None,
        handed_in_by_id=by.pk,
        handed_in_at=at,
    )
    Content.objects.create(document=document, data=inspected.content)
    _record(Tag.KEPT, document, by=by, at=at)
    return document


@transaction.atomic
def note_opened(*, ref: str, by: Person, at: datetime) -> None:
    """The record says that the person has read the file. Raises NoSuchDocument."""
    document = Document.objects.visible_to(by).filter(ref=ref).first()
    if document is None:
        raise NoSuchDocument
    _record(Tag.OPENED, document, by=by, at=at)


@transaction.atomic
def discard(*, refs: Iterable[str], by: Person, at: datetime) -> None:
    """The files are gone for good. The caller knows that nothing rests on them."""
    for document in Document.objects.select_for_update().filter(ref__in=list(refs)).order_by("pk"):
        _record(Tag.DISCARDED, document, by=by, at=at)
        document.delete()


def _scan(content: bytes) -> bool:
    """Whether a scanner has seen the content and found nothing."""
    daemon = str(settings.FLSF_CLAMD)
    if not daemon:
        return False
    try:
        found = scanning.virus_in(content, daemon=daemon)
    except scanning.CannotScan as trouble:
        raise ScannerAway from trouble
    if found:
        raise HasVirus
    return True


def _record(tag: Tag, document: Document, *, by: Person, at: datetime) -> None:
    details: dict[str, JSONValue] = {"kind": document.kind, "size": document.size}
    audit.record(tag=tag, subject=f"document {document.ref}", details=details, by=by, at=at)
