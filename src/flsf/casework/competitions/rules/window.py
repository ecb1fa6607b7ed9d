"""Until when providers may bid. Only working days count (Procurement Act 2023, section 123)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flsf.casework.competitions.enums import Window
from flsf.core.clock import LONDON, london_day
from flsf.core.dates import in_words
from flsf.shared.calendars.rules import WorkingCalendar

HOURS_A_DAY = 24
CLOSES_AT_HOUR = 17
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Lengths:
    """The published response windows."""

    urgent_hours: int
    normal_days: int  # working days


def earliest_close(
    window: Window, at: datetime, lengths: Lengths, calendar: WorkingCalendar
) -> datetime:
    """The first moment at which a competition published now may close.

    Normal: at five in the afternoon of the last of the working days, the day after publication
    being the first. Urgent: so many hours later, those of days that are not working days left
    out, and never on such a day.
    """
    tomorrow = london_day(at) + ONE_DAY
    if window is Window.NORMAL:
        return closing(calendar.nth_working_day(tomorrow, lengths.normal_days))
    whole, rest = divmod(lengths.urgent_hours, HOURS_A_DAY)
    day = calendar.nth_working_day(tomorrow, whole) if whole else london_day(at)
    clock = at.astimezone(LONDON)
    ends = clock.replace(year=day.year, month=day.month, day=day.day) + timedelta(hours=rest)
    last = calendar.nth_working_day(ends.date(), 1)
    return ends.replace(year=last.year, month=last.month, day=last.day)


def closing(day: date) -> datetime:
    """The moment of a day at which a competition closes."""
    return datetime(day.year, day.month, day.day, CLOSES_AT_HOUR, tzinfo=LONDON)


def trouble(day: date, earliest: datetime, calendar: WorkingCalendar) -> str:
    """What is wrong with a last day that somebody chose; empty: nothing."""
    if not calendar.is_working_day(day):
        after = calendar.nth_working_day(day, 1)
        return (
            f"{day:%A} {in_words(day)} is not a working day: it is a weekend or a bank holiday "
            f"somewhere in the United Kingdom. The next is {after:%A} {in_words(after)}"
        )
    if closing(day) < earliest:
        first = calendar.nth_working_day(earliest.date(), 1)
        first = (
            first if closing(first) >= earliest else calendar.nth_working_day(first + ONE_DAY, 1)
        )
        return f"That is too soon. The first day that may be chosen is {first:%A} {in_words(first)}"
    return ""
