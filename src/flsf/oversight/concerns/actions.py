"""The only writes of concerns. What they say is for the safeguarding lead alone."""

from datetime import datetime

from django.db import transaction

from flsf.core.people import Person
from flsf.core.refs import unused_ref
from flsf.core.refusals import Refusal
from flsf.oversight.concerns import rules
from flsf.oversight.concerns.enums import Status, Tag
from flsf.oversight.concerns.models import Concern, Step
from flsf.shared.audit import actions as audit


class NothingSaid(Refusal):
    says = "Say what worries you, or what was done. A few words are enough."


class AlreadyTaken(Refusal):
    says = "Somebody else is handling this concern."


class NotTaken(Refusal):
    says = "Take the concern on before you add to it or close it."


class AlreadyClosed(Refusal):
    says = "This concern is closed. Raise a new one if something else has happened."


@transaction.atomic
def raise_concern(
    *,
    child_id: int,
    words: str,
    placement_id: int | None = None,
    is_about_an_adult: bool = False,
    in_danger_now: bool = False,
    by: Person,
    at: datetime,
) -> Concern:
    """The safeguarding lead has the concern. Whoever raised it keeps its reference.

    Raises NothingSaid.
    """
    if not words.strip():
        raise NothingSaid
    concern = Concern.objects.create(
        ref=unused_ref("CN", Concern.objects),
        child_id=child_id,
        placement_id=placement_id,
        words=words.strip(),
        is_about_an_adult=is_about_an_adult,
        in_danger_now=in_danger_now,
        raised_by_id=by.pk,
        raised_at=at,
    )
    _record(Tag.RAISED, concern, by=by, at=at)
    return concern


@transaction.atomic
def take(*, concern_id: int, by: Person, at: datetime) -> None:
    """The person handles the concern. Raises AlreadyTaken and AlreadyClosed."""
    concern = _open(concern_id)
    if concern.handled_by_id == by.pk:
        return
    if not rules.may_move(Status(concern.status), Status.BEING_HANDLED):
        raise AlreadyTaken
    concern.status, concern.handled_by_id = Status.BEING_HANDLED, by.pk
    concern.save(update_fields=["status", "handled_by"])
    _record(Tag.TAKEN, concern, by=by, at=at)


@transaction.atomic
def note(*, concern_id: int, words: str, by: Person, at: datetime) -> Step:
    """What was done is written down. Raises NothingSaid, NotTaken and AlreadyClosed."""
    concern = _open(concern_id)
    if concern.status != Status.BEING_HANDLED:
        raise NotTaken
    if not words.strip():
        raise NothingSaid
    step = Step.objects.create(concern=concern, words=words.strip(), by_id=by.pk, at=at)
    _record(Tag.NOTED, concern, by=by, at=at)
    return step


@transaction.atomic
def close(*, concern_id: int, outcome: str, by: Person, at: datetime) -> None:
    """The concern is closed with its outcome. Raises NothingSaid, NotTaken, AlreadyClosed."""
    concern = _open(concern_id)
    if not rules.may_move(Status(concern.status), Status.CLOSED):
        raise NotTaken
    if not outcome.strip():
        raise NothingSaid
    concern.status, concern.closed_at, concern.outcome = Status.CLOSED, at, outcome.strip()
    concern.save(update_fields=["status", "closed_at", "outcome"])
    _record(Tag.CLOSED, concern, by=by, at=at)


def _open(concern_id: int) -> Concern:
    """The concern, held until the transaction ends. Raises AlreadyClosed."""
    concern = Concern.objects.select_for_update().get(pk=concern_id)
    if concern.status == Status.CLOSED:
        raise AlreadyClosed
    return concern


def _record(tag: Tag, concern: Concern, *, by: Person, at: datetime) -> None:
    """The record says that it happened, never what was said or of whom."""
    audit.record(tag=tag, subject=f"concern {concern.ref}", details={}, by=by, at=at)
