"""The only writes of the list of those who give training and apprenticeships."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from flsf.core.clock import london_day
from flsf.core.geo import postcode_from
from flsf.core.numbers import ukprn_from
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.trainers import rules
from flsf.market.trainers.enums import Tag
from flsf.market.trainers.models import Trainer
from flsf.market.trainers.rules import TrainerFacts
from flsf.shared.audit import actions as audit
from flsf.shared.audit.enums import JSONValue


class NameMissing(Refusal):
    says = "Enter what it is called."


class OffersNothing(Refusal):
    says = "Select what it offers."


class NotAUkprn(Refusal):
    says = "A UKPRN has 8 digits, and the first is 1."


class NotInternships(Refusal):
    says = "Select supported internships as well, or leave their places empty."


class MoreOpenThanPlaces(Refusal):
    says = "Enter no more open places than places in a year, and the places in a year too."


class ListedAlready(Refusal):
    says = "It is on the list already, by that name or UKPRN. Change what is there."


class AlreadyTakenOff(Refusal):
    says = "That is no longer on the list. Somebody has taken it off."


class NeedsReason(Refusal):
    says = "Say why it is taken off the list."


@transaction.atomic
def add(*, facts: TrainerFacts, by: Person, at: datetime) -> Trainer:
    """It is on the list that everybody reads.

    Raises NameMissing, OffersNothing, NotAUkprn, NotInternships, MoreOpenThanPlaces and
    ListedAlready.
    """
    [made] = _made([facts], at)
    _record(Tag.ADDED, f"trainer {made.ref}", {}, by=by, at=at)
    return made


@transaction.atomic
def change(*, trainer_id: int, facts: TrainerFacts, by: Person, at: datetime) -> bool:
    """The list says so, and that somebody looked today. Returns whether anything differs.

    Raises what add raises, and AlreadyTakenOff.
    """
    _check(facts)
    one = _locked(trainer_id)
    differs = one.facts != _tidy(facts)
    _fill(one, facts, at)
    try:
        with transaction.atomic():
            one.save()
    except IntegrityError as error:
        raise ListedAlready from error
    _record(Tag.CHANGED, f"trainer {one.ref}", {"differs": differs}, by=by, at=at)
    return differs


@transaction.atomic
def note_checked(*, trainer_id: int, by: Person, at: datetime) -> None:
    """Somebody has looked today: it is right. Raises AlreadyTakenOff."""
    one = _locked(trainer_id)
    one.checked_on = london_day(at)
    one.save(update_fields=["checked_on"])
    _record(Tag.CHECKED, f"trainer {one.ref}", {}, by=by, at=at)


@transaction.atomic
def take_off(*, trainer_id: int, why: str, by: Person, at: datetime) -> None:
    """Nobody reads it on the list any more. Raises NeedsReason and AlreadyTakenOff."""
    if not why.strip():
        raise NeedsReason
    one = _locked(trainer_id)
    one.taken_off_on = one.changed_on = london_day(at)
    one.taken_off_why = why.strip()
    one.save(update_fields=["taken_off_on", "taken_off_why", "changed_on"])
    _record(Tag.TAKEN_OFF, f"trainer {one.ref}", {}, by=by, at=at)


@transaction.atomic
def take_in_many(*, new: Sequence[TrainerFacts], by: Person, at: datetime) -> list[Trainer]:
    """All of them are on the list, or none. Raises what add raises."""
    made = _made(new, at)
    _record(Tag.TAKEN_IN, "trainers", {"count": len(made)}, by=by, at=at)
    return made


@transaction.atomic
def take_out_many(*, trainer_ids: Collection[int], by: Person, at: datetime) -> None:
    """They are gone, as if they had never been taken in: the batch they came with is undone."""
    removed, _ = Trainer.objects.filter(pk__in=trainer_ids).delete()
    _record(Tag.TAKEN_OUT, "trainers", {"count": removed}, by=by, at=at)


def _made(new: Sequence[TrainerFacts], at: datetime) -> list[Trainer]:
    for facts in new:
        _check(facts)
    rows = []
    for ref, facts in zip(Trainer.fresh_refs(len(new)), new, strict=True):
        row = Trainer(ref=ref)
        _fill(row, facts, at)
        rows.append(row)
    try:
        with transaction.atomic():
            return Trainer.objects.bulk_create(rows, batch_size=500)
    except IntegrityError as error:
        raise ListedAlready from error


def _check(facts: TrainerFacts) -> None:
    if not rules.same_name(facts.name):
        raise NameMissing
    if not facts.offers:
        raise OffersNothing
    if facts.ukprn and ukprn_from(facts.ukprn) is None:
        raise NotAUkprn
    if rules.has_places_of_nothing(facts):
        raise NotInternships
    if rules.has_more_open_than_places(facts):
        raise MoreOpenThanPlaces


def _tidy(facts: TrainerFacts) -> TrainerFacts:
    """As it is kept: numbers and postcodes in their usual form, no space around words."""
    words = {name: value.strip() for name, value in asdict(facts).items() if type(value) is str}
    said: dict[str, Any] = words | {
        "offers": rules.in_order({one.value for one in facts.offers}),
        "ukprn": (ukprn_from(facts.ukprn) or "") if facts.ukprn else "",
        "postcode": postcode_from(facts.postcode) or facts.postcode.strip(),
    }
    return replace(facts, **said)


def _fill(row: Trainer, facts: TrainerFacts, at: datetime) -> None:
    tidy = _tidy(facts)
    if row.pk is None or row.facts != tidy:
        row.changed_on = london_day(at)
    for name, value in asdict(tidy).items():
        setattr(row, name, value)
    row.offers = [one.value for one in tidy.offers]
    row.same_name = rules.same_name(tidy.name)
    row.checked_on = london_day(at)


def _locked(trainer_id: int) -> Trainer:
    one = Trainer.objects.select_for_update().get(pk=trainer_id)
    if one.taken_off_on is not None:
        raise AlreadyTakenOff
    return one


def _record(
    tag: Tag, subject: str, details: dict[str, JSONValue], *, by: Person, at: datetime
) -> None:
    audit.record(tag=tag, subject=subject, details=details, by=by, at=at)
