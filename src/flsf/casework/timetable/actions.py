"""The only writes of bookings. Whoever counts places holds the service's row, then the child's."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from flsf.casework.children import queries as children
from flsf.casework.timetable import queries, rules
from flsf.casework.timetable.enums import Hold, Tag
from flsf.casework.timetable.models import Booking
from flsf.core import half_days
from flsf.core.half_days import HalfDay
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.providers import queries as providers
from flsf.shared.audit import actions as audit


class NoHalfDays(Refusal):
    says = "Choose at least one half-day of the week."


class NothingHeld(Refusal):
    says = "The place is no longer held for this award. Hold it again first."


class NoPlaceLeft(Refusal):
    """Says which half-days are full, so that others can be chosen."""

    says = "There is no place left at that service in those half-days."

    def __init__(self, full: Iterable[HalfDay]) -> None:
        self.half_days = tuple(full)
        super().__init__(self.says)

    def __str__(self) -> str:
        return (
            f"There is no place left on {rules.in_words(self.half_days)}. "
            "Choose other half-days, a later start or another service."
        )


class ChildIsElsewhere(Refusal):
    """Says in which half-days the child already has somewhere to be."""

    says = "The child is already booked somewhere in those half-days."

    def __init__(self, taken: Iterable[HalfDay]) -> None:
        self.half_days = tuple(taken)
        super().__init__(self.says)

    def __str__(self) -> str:
        return (
            f"The child is already booked on {rules.in_words(self.half_days)}. "
            "Choose other half-days, or end the other booking first."
        )


@transaction.atomic
def hold(
    *,
    child_id: int,
    service_id: int,
    award_ref: str,
    half_days_mask: int,
    minutes: int,
    since: date,
    until: date | None,
    by: Person,
    at: datetime,
) -> None:
    """The places are kept for the child until the award is decided.

    Raises NoHalfDays, NoPlaceLeft and ChildIsElsewhere, both of which name the half-days.
    """
    wanted = half_days.from_mask(half_days_mask)
    if not wanted:
        raise NoHalfDays
    # Always the service first and the child second, so that two of us cannot wait in a ring.
    providers.lock_service(service_id)
    children.lock(child_id)
    left = queries.places_left([service_id], since=since, until=until)[service_id]
    full = [one for one in wanted if not left[one.index]]
    if full:
        raise NoPlaceLeft(full)
    busy = queries.busy_half_days(child_id, since=since, until=until)
    clash = half_days.from_mask(busy & half_days_mask)
    if clash:
        raise ChildIsElsewhere(clash)
    booked = rules.Booked(
        child_id=child_id,
        service_id=service_id,
        award_ref=award_ref,
        half_days_mask=half_days_mask,
        minutes=minutes,
        since=since,
        until=until,
    )
    Booking.objects.bulk_create(_rows(booked, Hold.HELD))
    _record(Tag.HELD, award_ref, half_days_mask, by=by, at=at)


@transaction.atomic
def book(*, award_ref: str, by: Person, at: datetime) -> None:
    """The places held for the award are the child's. Raises NothingHeld."""
    held = Booking.objects.filter(award_ref=award_ref, hold=Hold.HELD)
    if not held.update(hold=Hold.BOOKED):
        raise NothingHeld
    _record(Tag.BOOKED, award_ref, None, by=by, at=at)


@transaction.atomic
def release(*, award_ref: str, last_day: date | None = None, by: Person, at: datetime) -> int:
    """From the day after `last_day` the places are free for others; without one, from the start.

    Says how many half-days a week it freed. Releasing again makes no difference.
    """
    of_award = Booking.objects.filter(award_ref=award_ref)
    if last_day is None:
        freed, _ = of_award.delete()
    else:
        freed, _ = of_award.filter(since__gt=last_day).delete()
        freed += of_award.filter(Q(until=None) | Q(until__gt=last_day)).update(until=last_day)
    if freed:
        audit.record(
            tag=Tag.RELEASED,
            subject=f"award {award_ref}",
            details={"last_day": last_day.isoformat() if last_day else None, "half_days": freed},
            by=by,
            at=at,
        )
    return freed


@transaction.atomic
def book_many(*, bookings: Sequence[rules.Booked], by: Person, at: datetime) -> int:
    """Arrangements that already stand are on record, as found; says how many half-days.

    Nothing is refused: a child who goes somewhere goes there, full or not. Whoever takes
    them in shows where a service or a week is overfull.
    """
    rows = [row for one in bookings for row in _rows(one, Hold.BOOKED)]
    Booking.objects.bulk_create(rows, batch_size=2000)
    audit.record(
        tag=Tag.BOOKED,
        subject=f"bookings {len(rows)}",
        details={"awards": sorted({one.award_ref for one in bookings})},
        by=by,
        at=at,
    )
    return len(rows)


def _rows(booked: rules.Booked, hold: Hold) -> list[Booking]:
    return [
        Booking(
            child_id=booked.child_id,
            service_id=booked.service_id,
            half_day=one.index,
            minutes=booked.minutes,
            since=booked.since,
            until=booked.until,
            hold=hold,
            award_ref=booked.award_ref,
        )
        for one in half_days.from_mask(booked.half_days_mask)
    ]


def _record(tag: Tag, award_ref: str, mask: int | None, *, by: Person, at: datetime) -> None:
    audit.record(tag=tag, subject=f"award {award_ref}", details={"half_days": mask}, by=by, at=at)
