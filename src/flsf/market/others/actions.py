"""The only writes of help that is not on the framework."""

from collections.abc import Sequence
from dataclasses import asdict
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
    one.save(update_fields=["taken_off_on", "taken_off_why"])
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


def _check(facts: OtherFacts) -> None:
    if not rules.ages_fit(facts.lowest_age, facts.highest_age):
        raise AgesNotSensible


def _fill(row: OtherService, facts: OtherFacts, point: Point | None, at: datetime) -> None:
    said: dict[str, Any] = asdict(facts)
    said["postcode"] = postcode_from(facts.postcode) or facts.postcode
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
