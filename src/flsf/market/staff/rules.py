"""Which checks a person's role needs, and whether they hold on a day (E25)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flsf.market.staff.enums import Confirmation, Level, StaffRole, role_bit

DBS = "dbs"
DBS_DIGITS = 12
DUE_SOON_DAYS = 60
LETTER_DAYS = 365


@dataclass(frozen=True, slots=True)
class Need:
    """A check that some roles need, from a day until another."""

    code: str
    name: str
    roles_mask: int
    abroad_only: bool  # only of somebody who lived abroad
    in_force_from: date
    until: date | None

    def is_asked_of(self, role: StaffRole, *, lived_abroad: bool, on: date) -> bool:
        """Whether somebody of that role needs it on a day."""
        if on < self.in_force_from or (self.until is not None and on > self.until):
            return False
        return bool(self.roles_mask & role_bit(role)) and (lived_abroad or not self.abroad_only)


@dataclass(frozen=True, slots=True)
class Shown:
    """A check that was done for a person: the days it holds, and its level if it has one."""

    code: str
    checked_on: date
    expires_on: date | None  # None: it is done once and for all
    level: Level | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """Somebody who works for a provider. `checks`: those already done, for imports."""

    provider_id: int
    name: str
    role: StaffRole
    since: date
    unsupervised: bool
    lived_abroad: bool = False
    user_id: int | None = None
    is_confirmed: bool = False
    checks: tuple[tuple[Shown, str], ...] = ()  # with its number


def holds(shown: Shown, *, unsupervised: bool, on: date) -> bool:
    """Whether a check counts on a day.

    A barring check of somebody alone with children counts only with the barred list.
    """
    if shown.checked_on > on or (shown.expires_on is not None and shown.expires_on < on):
        return False
    return shown.code != DBS or not unsupervised or shown.level is Level.ENHANCED_BARRED


def lacking(
    needs: Iterable[Need],
    shown: Collection[Shown],
    *,
    role: StaffRole,
    unsupervised: bool,
    lived_abroad: bool,
    on: date,
) -> list[str]:
    """The names of the checks that the person needs on a day and that do not hold."""
    held = {one.code for one in shown if holds(one, unsupervised=unsupervised, on=on)}
    return [
        one.name
        for one in needs
        if one.is_asked_of(role, lived_abroad=lived_abroad, on=on) and one.code not in held
    ]


def why_not(lacks: list[str], *, unsupervised: bool, confirmation: Confirmation | None) -> str:
    """Why the person may not give a session, in words; empty: they may."""
    if lacks:
        return f"Not in date: {', '.join(lacks)}"
    if unsupervised and confirmation is not Confirmation.CONFIRMED:
        return "The council has not confirmed them yet"
    return ""


def number_fits(code: str, number: str) -> bool:
    """Whether a number can be what it says: a barring certificate has twelve digits."""
    return code != DBS or (number.isascii() and number.isdigit() and len(number) == DBS_DIGITS)


def letter_until(expiries: Iterable[date | None], *, given_on: date) -> date:
    """The last day of a letter: a year, or sooner if a check it speaks of runs out."""
    last = given_on + timedelta(days=LETTER_DAYS)
    return min((day for day in expiries if day is not None and day < last), default=last)


def best(shown: Iterable[Shown]) -> Mapping[str, Shown]:
    """The longest lasting of each check; one that is done for good lasts longest."""
    found: dict[str, Shown] = {}
    for one in sorted(shown, key=lambda each: (each.expires_on or date.max, each.checked_on)):
        found[one.code] = one
    return found
