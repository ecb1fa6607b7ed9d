"""Reads of the waiver register."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from flsf.core.people import Person
from flsf.mandate.waivers import rules
from flsf.mandate.waivers.enums import Standing
from flsf.mandate.waivers.models import Waiver
from flsf.mandate.waivers.rules import Span, Step


@dataclass(frozen=True, slots=True)
class Entry:
    """A waiver as the register tells it on a day. Money is integer pence, VAT included."""

    pk: int
    ref: str
    reason: str
    provider_name: str
    value_pence: int
    starts_on: date
    expires_on: date
    approver_name: str
    approved_on: date
    ended_on: date | None
    ended_why: str
    standing: Standing
    days_left: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many waivers there are to run down on a day."""

    live: int
    overdue: int

    @property
    def left(self) -> int:
        """Those that somebody still has to end."""
        return self.live + self.overdue


# The order of the register: what presses comes first.
PRESSING = (Standing.OVERDUE, Standing.LIVE, Standing.TO_COME, Standing.ENDED)


def register(
    *, person: Person, on: date, standings: Collection[Standing] = PRESSING
) -> list[Entry]:
    """The waivers with one of these standings on a day: overdue first, then the next to expire."""
    entries = [_entry(row, on) for row in Waiver.objects.visible_to(person)]
    kept = [one for one in entries if one.standing in standings]
    return sorted(kept, key=lambda one: (PRESSING.index(one.standing), one.expires_on, one.ref))


def with_ref(ref: str, *, person: Person, on: date) -> Entry | None:
    """The waiver, if there is one and this person may see it."""
    row = Waiver.objects.visible_to(person).filter(ref=ref).first()
    return _entry(row, on) if row else None


def count(*, on: date) -> Count:
    """How many are live and how many overdue: a number without a record, so open to all."""
    standings = [rules.standing(_span(row), on=on) for row in Waiver.objects.all()]
    return Count(live=standings.count(Standing.LIVE), overdue=standings.count(Standing.OVERDUE))


def last_expiry() -> date | None:
    """The last day of the waiver that runs longest, of those not ended."""
    found = Waiver.objects.filter(ended_on=None).order_by("-expires_on").first()
    return found.expires_on if found else None


def live_by_day(*, first: date, last: date) -> list[Step]:
    """How many waivers cover each day of the period, as the days on which that changes (P4)."""
    return rules.run_down([_span(row) for row in Waiver.objects.all()], first=first, last=last)


def _span(row: Waiver) -> Span:
    return Span(starts_on=row.starts_on, expires_on=row.expires_on, ended_on=row.ended_on)


def _entry(row: Waiver, on: date) -> Entry:
    span = _span(row)
    return Entry(
        pk=row.pk,
        ref=row.ref,
        reason=row.reason,
        provider_name=row.provider_name,
        value_pence=row.value_pence,
        starts_on=row.starts_on,
        expires_on=row.expires_on,
        approver_name=row.approver_name,
        approved_on=row.approved_on,
        ended_on=row.ended_on,
        ended_why=row.ended_why,
        standing=rules.standing(span, on=on),
        days_left=rules.days_left(span, on=on),
    )
