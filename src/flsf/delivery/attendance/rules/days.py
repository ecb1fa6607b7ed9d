"""Which sessions a week's bookings make, and which school days had none."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta

from flsf.casework.timetable.rules import Agreed
from flsf.core.half_days import WEEK, Half, on_day

ONE_DAY = timedelta(days=1)
NOON = 12


def sessions(
    agreed: Iterable[Agreed], school_days: Collection[date]
) -> Iterator[tuple[date, Half, int]]:
    """Each session that the agreed half-days make on those days: day, half, minutes."""
    for one in agreed:
        half_day = WEEK[one.half_day]
        for day in school_days:
            if day.weekday() == half_day.weekday and one.covers(day):
                yield day, half_day.half, one.minutes


def agreed_minutes(agreed: Iterable[Agreed], day: date, half: Half) -> int | None:
    """How long the session of that half-day is by the timetable; None: none was agreed."""
    half_day = on_day(day, half)
    if half_day is None:
        return None
    found = [one.minutes for one in agreed if one.half_day == half_day.index and one.covers(day)]
    return sum(found) or None


def has_begun(day: date, half: Half, london_now: datetime) -> bool:
    """Whether a half-day can have been seen by anybody yet: an afternoon begins at noon."""
    today = london_now.date()
    return day < today or (day == today and (half == Half.AM or london_now.hour >= NOON))


def is_late_mark(day: date, today: date, most_days: int) -> bool:
    """Whether a session is marked so long after it that we ask why (J8)."""
    return (today - day).days > most_days


def days_out_of_learning(school_days: Iterable[date], taught: Collection[date]) -> int:
    """School days on which no support was given (K2)."""
    return sum(day not in taught for day in school_days)


def giver(marked_by: int | None, named: Collection[tuple[int, str]]) -> tuple[int, str] | None:
    """Who gave a session, by id and name, of those named for its day; None: it is not known.

    Whoever of them marked it, or else the only one.
    """
    for user_id, name in named:
        if user_id == marked_by:
            return user_id, name
    return next(iter(named)) if len(named) == 1 else None
