"""How often a provider and the council meet about the contract, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from flsf.core.dates import first_of_next_month, in_words
from flsf.mandate.law.enums import Key
from flsf.oversight.meetings.enums import Side, Standing, Topic

PENCE = 100
SOON = timedelta(days=28)
MOST_INCOME = 100_000_000_000  # pence: a thousand million pounds is a slip of the finger
OFTEN = {3: "Every three months", 6: "Every six months", 12: "Once a year"}
KEYS = (
    Key.MEETING_CLOSE_MONTHS,
    Key.MEETING_MIDDLE_MONTHS,
    Key.MEETING_USUAL_MONTHS,
    Key.MEETING_LARGE_PENCE,
    Key.MEETING_MIDDLE_PENCE,
    Key.MEETING_FRESH_DAYS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMeeting:
    """A meeting as somebody tells of it. Who was there is told by role, and no child is named.

    `income_pence`: the provider's whole income of its last year, as it said; None: not said.
    `leaving`: what it said about leaving or stopping a service; empty: nothing.
    """

    held_on: date
    attended: str
    topics: tuple[Topic, ...]
    notes: str
    income_pence: int | None = None
    leaving: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAction:
    """What was agreed, who does it, and by when. `owner_id`: an account of the council's."""

    side: Side
    what: str
    owner: str
    due_on: date
    owner_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How often the council meets providers, by the numbers in force on a day."""

    close_months: int
    middle_months: int
    usual_months: int
    large_pence: int
    middle_pence: int
    fresh_days: int

    @classmethod
    def of(cls, found: Mapping[Key, int]) -> Self:
        return cls(
            close_months=found[Key.MEETING_CLOSE_MONTHS],
            middle_months=found[Key.MEETING_MIDDLE_MONTHS],
            usual_months=found[Key.MEETING_USUAL_MONTHS],
            large_pence=found[Key.MEETING_LARGE_PENCE],
            middle_pence=found[Key.MEETING_MIDDLE_PENCE],
            fresh_days=found[Key.MEETING_FRESH_DAYS],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerning:
    """Something known of a provider that asks for meetings more often, and since which day."""

    words: str
    is_grave: bool
    since: date | None


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a provider is met at least every so many months. `since`: None when it has no day."""

    words: str
    months: int
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """How often, why, and the last day by which the next meeting is held."""

    months: int
    because: tuple[str, ...]
    on: date

    @property
    def often(self) -> str:
        return OFTEN.get(self.months, f"Every {self.months} months")


def causes(paid_pence: int, concerning: Iterable[Concerning], terms: Terms) -> list[Cause]:
    """Every reason to meet, the usual one with them. `paid_pence`: in twelve months, with VAT."""
    found = [Cause("every provider is met at least so often", terms.usual_months)]
    paid = f"we paid {_pounds(paid_pence)} in twelve months, and"
    if paid_pence >= terms.large_pence:
        words = f"{paid} {_pounds(terms.large_pence)} or more asks for it"
        found.append(Cause(words, terms.close_months))
    elif paid_pence >= terms.middle_pence:
        words = f"{paid} {_pounds(terms.middle_pence)} or more asks for it"
        found.append(Cause(words, terms.middle_months))
    for one in concerning:
        months = terms.close_months if one.is_grave else terms.middle_months
        found.append(Cause(one.words, months, one.since))
    return found


def _pounds(pence: int) -> str:
    """Whole pounds, cut, so that what is below a threshold never reads as it."""
    return f"£{pence // PENCE:,}"


def months_after(day: date, months: int) -> date:
    """The day of the same number so many months on; where the month is too short, its last."""
    count = day.year * 12 + day.month - 1 + months
    first = date(count // 12, count % 12 + 1, 1)
    last = first_of_next_month(first) - timedelta(days=1)
    return min(first + timedelta(days=day.day - 1), last)


def due(since: date, found: Sequence[Cause], *, fresh_days: int) -> Due:
    """When the next meeting is due after the last, or after the admission if there was none.

    A cause that came up since then leaves `fresh_days` to meet because of it: nobody is late for
    what they could not know.
    """
    months = min(one.months for one in found)
    return Due(
        months=months,
        because=tuple(one.words for one in found if one.months == months),
        on=min(_by(since, one, fresh_days) for one in found),
    )


def _by(since: date, one: Cause, fresh_days: int) -> date:
    usual = months_after(since, one.months)
    if one.since is None:
        return usual
    return max(usual, one.since + timedelta(days=fresh_days))


def standing(due_on: date, *, on: date) -> Standing:
    """Whether the meeting presses on a day. The last day still counts."""
    if on > due_on:
        return Standing.OVERDUE
    return Standing.DUE_SOON if due_on - on <= SOON else Standing.IN_TIME


def since_words(words: str, since: date | None) -> str:
    """What is known, and since when if that is known."""
    return f"{words} since {in_words(since)}" if since else words
