"""Which duties begin when somebody asks, and how long is left."""

from dataclasses import dataclass
from datetime import date

from flsf.casework.referrals.enums import ClockKind, Ground, Purpose
from flsf.mandate.law.enums import Key


@dataclass(frozen=True, slots=True)
class Duty:
    """A clock to start: the number of days is the law's, read on the day it starts."""

    kind: ClockKind
    key: Key


TELL_FAMILY = Duty(ClockKind.DECISION, Key.TELL_FAMILY_DAYS)
SIXTH_DAY = Duty(ClockKind.SIXTH_DAY, Key.SIXTH_DAY)
HEALTH = Duty(ClockKind.HEALTH, Key.HEALTH_DAYS)


def duties_of(ground: Ground, purpose: Purpose) -> tuple[Duty, ...]:
    """Whoever asks is told what happens next; a child out of school is owed more.

    Away through illness it is the fifteenth school day (E3), otherwise the sixth (E2). Early
    help, for a child still in school, starts neither.
    """
    if purpose is Purpose.EARLY:
        return (TELL_FAMILY,)
    return (TELL_FAMILY, HEALTH if ground is Ground.MEDICAL else SIXTH_DAY)


def days_left(due_on: date, on: date) -> int:
    """Calendar days until the last day; below nothing when it has passed."""
    return (due_on - on).days


def due_in_words(due_on: date, on: date, met_on: date | None = None) -> str:
    """As a list says it: "due in 2 days", "due today", "3 days late", "kept"."""
    if met_on is not None:
        late = days_left(met_on, due_on)
        return "kept" if late <= 0 else f"kept {_days(late)} late"
    left = days_left(due_on, on)
    if left == 0:
        return "due today"
    if left == 1:
        return "due tomorrow"
    return f"due in {_days(left)}" if left > 0 else f"{_days(-left)} late"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
