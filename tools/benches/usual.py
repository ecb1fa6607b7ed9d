"""A register as it is usually taken in: rows judged in Python, bulk_create as an upsert."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from flsf.casework.timetable.models import Booking
from flsf.delivery.attendance.models import Mark
from flsf.delivery.placements.models import Placement

CODES = {"yes": "K", "late": "K", "no": "I"}
CHANGED = (
    *("held", "not_held_because", "came", "absent_because", "minutes_late", "minutes"),
    *("school_code", "is_extra", "agreed_by", "note"),
)
LATE_AFTER = timedelta(days=7)


class Wrong(ValueError):
    """The row cannot be taken; the column says why."""


@dataclass
class Known:
    """What rows are judged by."""

    places: dict[str, Placement]
    booked: dict[tuple[str, int, str], int]
    today: date
    seen: set[tuple[int, date, str]] = field(default_factory=set)


def upload(text: str, *, at: datetime, late: str) -> list[tuple[int, str]]:
    """The good rows are marks; returns the numbers and the columns of the others."""
    known = _known(at.date())
    marks, errors = [], []
    for number, row in enumerate(csv.reader(io.StringIO(text, newline="")), 1):
        try:
            marks.append(_judged(row, known, at, late))
        except Wrong as wrong:
            errors.append((number, str(wrong)))
    Mark.objects.bulk_create(
        marks,
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["placement", "day", "half"],
        update_fields=CHANGED,
    )
    return errors


def _known(today: date) -> Known:
    places = Placement.objects.select_related("award")
    bookings = Booking.objects.values_list("award_ref", "half_day", "minutes")
    return Known(
        places={one.ref: one for one in places},
        booked={
            (award_ref, half_day // 2, ("am", "pm")[half_day % 2]): minutes
            for award_ref, half_day, minutes in bookings
        },
        today=today,
    )


def _judged(row: Sequence[str], known: Known, at: datetime, late: str) -> Mark:
    ref, typed_day, half, happened, why_not, came, why_absent, minutes_late, *_ = row
    place = known.places.get(ref)
    if place is None:
        raise Wrong("placement")
    try:
        day = date.fromisoformat(typed_day)
    except ValueError:
        raise Wrong("date") from None
    if half not in ("am", "pm"):
        raise Wrong("half")
    held = happened == "yes"
    _refuse_facts(held=held, why_not=why_not, came=came, why_absent=why_absent)
    key = (place.pk, day, half)
    if not place.starts_on <= day <= known.today or key in known.seen:
        raise Wrong("date")
    booked = known.booked.get((place.award.ref, day.weekday(), half))
    if booked is None:
        raise Wrong("agreed by")
    known.seen.add(key)
    return Mark(
        placement=place,
        day=day,
        half=half,
        held=held,
        not_held_because=why_not,
        came=came,
        absent_because=why_absent,
        minutes_late=int(minutes_late or 0),
        minutes=booked if held and came != "no" else 0,
        school_code=CODES[came] if held else "Y7",
        source="upload",
        marked_at=at,
        late_reason=late if day < at.date() - LATE_AFTER else "",
    )


def _refuse_facts(*, held: bool, why_not: str, came: str, why_absent: str) -> None:
    if came not in CODES:
        raise Wrong("came")
    if not held and not why_not:
        raise Wrong("why not")
    if held and came == "no" and not why_absent:
        raise Wrong("why absent")
