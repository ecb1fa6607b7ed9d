"""Reads of the files brought in."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from flsf.core.people import ChildReach, Person
from flsf.core.refusals import Refusal
from flsf.shared.imports.enums import Kind
from flsf.shared.imports.models import Batch, Mapping, Problem, Upload
from flsf.shared.imports.rules import sheets
from flsf.shared.imports.rules.sources import Source

# What a row of these says is about a child.
OF_CHILDREN = frozenset({Kind.CHILDREN, Kind.PLACEMENTS})


class UploadGone(Refusal):
    says = "We no longer have this file. Bring it again."


class NotYourFile(Refusal):
    says = (
        "This file tells of children, so only the person who brought it goes on with it. Ask "
        "them, or bring the file yourself."
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that waits, and what has been decided about it."""

    kind: Kind
    source: Source
    sheet: str
    columns: dict[str, str]
    merges: bool


def batches(*, person: Person) -> QuerySet[Batch]:
    """The files this person may see, latest first."""
    found = Batch.objects.visible_to(person).select_related("brought_by")
    return found.order_by("-brought_at", "-pk")


def with_ref(ref: str, *, person: Person) -> Batch | None:
    """The batch, if there is one and this person may see it."""
    return Batch.objects.visible_to(person).filter(ref=ref).first()


def may_read_rows(batch: Batch, *, person: Person) -> bool:
    """Whether the person may read what the file's rows say, not only how many there were.

    Rows about children are for whoever brought the file, who had them already, and for those
    who see every child.
    """
    is_theirs = batch.brought_by_id is not None and batch.brought_by_id == person.pk
    sees_all = person.reach.children is ChildReach.ALL
    return batch.kind not in OF_CHILDREN or is_theirs or sees_all


def problems(batch: Batch, *, person: Person) -> QuerySet[Problem]:
    """What is wrong with which row, in the order of the file, for those who may read rows."""
    if not may_read_rows(batch, person=person):
        return Problem.objects.none()
    return Problem.objects.filter(batch=batch).order_by("row", "pk")


def upload(ref: str, *, person: Person) -> Waiting:
    """The file of a batch that waits. Raises UploadGone and NotYourFile."""
    visible = Batch.objects.visible_to(person)
    found = Upload.objects.filter(batch__ref=ref, batch__in=visible).select_related("batch").first()
    if found is None:
        raise UploadGone
    if not may_read_rows(found.batch, person=person):
        raise NotYourFile
    return Waiting(
        kind=Kind(found.batch.kind),
        source=Source.of_bytes(found.batch.file_name, bytes(found.content)),
        sheet=found.sheet,
        columns=found.columns,
        merges=found.merges,
    )


def columns_for(kind: Kind, headings: Sequence[str]) -> dict[str, str]:
    """Which heading stands for which of our columns: as remembered, else as guessed."""
    known = Mapping.objects.filter(kind=kind, headings_sha256=sheets.fingerprint(headings)).first()
    if known is None:
        return sheets.guess(kind, headings)
    places: dict[str, int] = known.columns
    return {key: headings[place] for key, place in places.items() if place < len(headings)}
