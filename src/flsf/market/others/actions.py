"""The only writes of help that is not on the framework."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value

from flsf.core import needs
from flsf.core.clock import london_day
from flsf.core.geo import Point, postcode_from
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.others import rules
from flsf.market.others.enums import Tag
from flsf.market.others.models import OtherService
from flsf.market.others.rules import NewOther, OtherFacts
from flsf.shared.audit import actions as audit
from flsf.shared.places import queries as places


class AgesNotSensible(Refusal):
    says = "Enter ages from 0 to 25, the lowest first."


class AlreadyTakenOff(Refusal):
    says = "That is no longer on the list. Somebody has taken it off."


class NeedsReason(Refusal):
    says = "Say why it is taken off the list."


# What following a feed writes of a record that is known.
FOLLOWED = (
    *OtherFacts.__dataclass_fields__,
    *("easting", "northing", "checked_on", "changed_on", "words", "taken_off_on"),
    "taken_off_why",
)
NO_LONGER_THERE = "The directory it came from no longer lists it."


@dataclass(frozen=True, slots=True)
class Followed:
    """What following a feed did: which records are new, and how many were what else."""

    made: Sequence[int]
    changed: int
    same: int
    taken_off: int


@transaction.atomic
def add(*, facts: OtherFacts, by: Person, at: datetime) -> OtherService:
    """The public finds it, marked as not on the framework. Raises AgesNotSensible."""
    _check(facts)
    [ref] = OtherService.fresh_refs(1)
    made = OtherService(ref=ref, slug=OtherService.address(facts.name, ref))
    _fill(made, facts, places.locate(facts.postcode) if facts.postcode else None, at)
    made.save()
    _record(Tag.ADDED, made, by=by, at=at)
    return made


@transaction.atomic
def change(*, other_id: int, facts: OtherFacts, by: Person, at: datetime) -> None:
    """It is as these facts say, and counts as looked at today.

    Raises AgesNotSensible and AlreadyTakenOff.
    """
    _check(facts)
    one = _locked(other_id)
    _fill(one, facts, places.locate(facts.postcode) if facts.postcode else None, at)
    one.save()
    _record(Tag.CHANGED, one, by=by, at=at)


@transaction.atomic
def note_checked(*, other_id: int, by: Person, at: datetime) -> None:
    """Somebody has looked today: it is right. Raises AlreadyTakenOff."""
    one = _locked(other_id)
    one.checked_on = london_day(at)
    one.save(update_fields=["checked_on"])
    _record(Tag.CHECKED, one, by=by, at=at)


@transaction.atomic
def take_off(*, other_id: int, why: str, by: Person, at: datetime) -> None:
    """The public no longer finds it; its page says why. Raises NeedsReason, AlreadyTakenOff."""
    if not why.strip():
        raise NeedsReason
    one = _locked(other_id)
    one.taken_off_on, one.taken_off_why = london_day(at), why.strip()
    one.changed_on = london_day(at)
    one.save(update_fields=["taken_off_on", "taken_off_why", "changed_on"])
    _record(Tag.TAKEN_OFF, one, by=by, at=at)


@transaction.atomic
def take_in(*, new: Sequence[NewOther], by: Person, at: datetime) -> tuple[int, int]:
    """What another list says is what we say of it; (how many are new, how many differ).

    The same again changes nothing. What the other list no longer has stays until taken off.
    Raises AgesNotSensible, and then nothing is taken in.
    """
    for one in new:
        _check(one.facts)
    sources = {one.source for one in new}
    known = {
        (one.source, one.source_id): one
        for one in OtherService.objects.select_for_update().filter(source__in=sources)
    }
    refs = iter(OtherService.fresh_refs(len(new)))
    made, changed = 0, 0
    for one in new:
        row = known.get((one.source, one.source_id))
        if row is not None and row.facts == one.facts:
            continue
        if row is None:
            ref, made = next(refs), made + 1
            row = OtherService(
                ref=ref,
                slug=OtherService.address(one.facts.name, ref),
                source=one.source,
                source_id=one.source_id,
            )
        else:
            changed += 1
        _fill(row, one.facts, one.point, at)
        row.save()
    details = {"new": made, "changed": changed}
    audit.record(tag=Tag.ADDED, subject="other services", details=details, by=by, at=at)
    return made, changed


@transaction.atomic
def follow(
    *,
    source: str,
    new: Sequence[NewOther],
    gone: Collection[str],
    still: Collection[str] | None,
    by: Person,
    at: datetime,
) -> Followed:
    """What another directory's feed says is what we say of its services.

    The same again changes nothing; what comes back after it was taken off is listed again.
    What the feed withdraws (`gone`), and what is not among all that it has (`still`; None: not
    known), is taken off. Raises AgesNotSensible, and then nothing is taken in.
    """
    for one in new:
        _check(one.facts)
    kept = OtherService.objects.select_for_update().filter(source=source).defer("words")
    known = {one.source_id: one for one in kept}
    added, changed = [], []
    refs = iter(OtherService.fresh_refs(len(new)))
    for one in new:
        row = known.get(one.source_id)
        if row is None:
            ref = next(refs)
            slug = OtherService.address(one.facts.name, ref)
            row = OtherService(ref=ref, slug=slug, source=source, source_id=one.source_id)
            added.append(row)
        elif row.facts != one.facts or _place(row) != one.point or row.taken_off_on:
            changed.append(row)
        else:
            continue
        if row.taken_off_on:
            row.taken_off_on, row.taken_off_why, row.changed_on = None, "", london_day(at)
        _fill(row, one.facts, one.point, at)
    OtherService.objects.bulk_create(added, batch_size=500)
    OtherService.objects.bulk_update(changed, FOLLOWED, batch_size=500)
    lost = [
        row
        for row in known.values()
        if row.taken_off_on is None
        and (row.source_id in gone or (still is not None and row.source_id not in still))
    ]
    for row in lost:
        row.taken_off_on, row.taken_off_why = london_day(at), NO_LONGER_THERE
        row.changed_on = london_day(at)
    gone_now = ["taken_off_on", "taken_off_why", "changed_on"]
    OtherService.objects.bulk_update(lost, gone_now, batch_size=500)
    same = len(new) - len(added) - len(changed)
    if added or changed or lost:
        details = {"new": len(added), "changed": len(changed), "taken_off": len(lost)}
        audit.record(tag=Tag.FOLLOWED, subject="other services", details=details, by=by, at=at)
    return Followed([row.pk for row in added], len(changed), same, len(lost))


@transaction.atomic
def take_out_many(*, other_ids: Collection[int], by: Person, at: datetime) -> None:
    """They are gone, as if they had never been taken in: the batch they came with is undone."""
    removed, _ = OtherService.objects.filter(pk__in=other_ids).exclude(source="").delete()
    details = {"count": removed}
    audit.record(tag=Tag.TAKEN_OUT, subject="other services", details=details, by=by, at=at)


def _place(row: OtherService) -> Point | None:
    if row.easting is None or row.northing is None:
        return None
    return Point(row.easting, row.northing)


def _check(facts: OtherFacts) -> None:
    if not rules.ages_fit(facts.lowest_age, facts.highest_age):
        raise AgesNotSensible


def _fill(row: OtherService, facts: OtherFacts, point: Point | None, at: datetime) -> None:
    said: dict[str, Any] = asdict(facts)
    said["postcode"] = postcode_from(facts.postcode) or facts.postcode
    if row.pk is None or any(getattr(row, field) != value for field, value in said.items()):
        row.changed_on = london_day(at)
    for field, value in said.items():
        setattr(row, field, value)
    row.easting = point.easting if point else None
    row.northing = point.northing if point else None
    row.checked_on = london_day(at)
    wanted = needs.from_mask(facts.needs_mask)
    rest = " ".join(
        [
            *(facts.how_to_get_it, facts.what_to_expect, facts.run_by, facts.sector.label),
            *(f"{need.value} {need.label}" for need in wanted),
        ]
    )
    row.words = (
        SearchVector(Value(facts.name), weight="A", config="english")
        + SearchVector(Value(facts.what_it_is), weight="B", config="english")
        + SearchVector(Value(rest), weight="D", config="english")
    )


def _locked(other_id: int) -> OtherService:
    one = OtherService.objects.select_for_update().get(pk=other_id)
    if one.taken_off_on is not None:
        raise AlreadyTakenOff
    return one


def _record(tag: Tag, one: OtherService, *, by: Person, at: datetime) -> None:
    audit.record(tag=tag, subject=f"other service {one.ref}", details={}, by=by, at=at)
