"""The lines that a placement's sessions come to."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from flsf.money.payments.enums import Flag, LineKind
from flsf.money.payments.rules.payable import Payable, payable
from flsf.money.payments.rules.price import charge
from flsf.money.payments.rules.values import Session, Terms


@dataclass(frozen=True, slots=True)
class Draft:
    """A line of a claim, not yet written down. Money is pence; credits are below nothing."""

    kind: LineKind
    placement_id: int
    mark_id: int
    day: date
    minutes: int
    rate_pence: int
    net_pence: int
    vat_pence: int
    words: str
    flags: tuple[Flag, ...] = ()

    @property
    def gross_pence(self) -> int:
        return self.net_pence + self.vat_pence

    def with_flag(self, flag: Flag) -> "Draft":
        return replace(self, flags=(*self.flags, flag))


def owed_lines(
    terms: Terms,
    sessions: Collection[Session],
    *,
    paid_in_a_row: Callable[[date], int],
    late_after_days: Callable[[date], int],
) -> list[Draft]:
    """One line for each session of the placement that is paid, in the order they took place."""
    ground = payable(sessions, paid_in_a_row=paid_in_a_row)
    lines = []
    for session in sorted(sessions, key=lambda one: one.when):
        why = ground[session.mark_id]
        if not why.is_paid:
            continue
        cost = charge(terms, session, happened=why is Payable.HAPPENED)
        missed = " (missed, still paid)" if why is Payable.MISSED_AND_PAID else ""
        lines.append(
            Draft(
                kind=LineKind.SESSION,
                placement_id=session.placement_id,
                mark_id=session.mark_id,
                day=session.day,
                minutes=cost.minutes,
                rate_pence=cost.rate_pence,
                net_pence=cost.net_pence,
                vat_pence=cost.vat_pence,
                words=cost.words + missed,
                flags=tuple(_flags(terms, session, why, cost.rate_pence, late_after_days)),
            )
        )
    return lines


def _flags(
    terms: Terms,
    session: Session,
    why: Payable,
    rate_pence: int,
    late_after_days: Callable[[date], int],
) -> Iterable[Flag]:
    if session.minutes > terms.minutes_a_half_day:
        yield Flag.OVER_AWARD
    if not terms.first_day <= session.day <= terms.last_day:
        yield Flag.OUTSIDE_DATES
    if session.is_extra:
        yield Flag.EXTRA
    if rate_pence != terms.agreed_pence:
        yield Flag.RATE_CHANGED
    if session.days_until_marked > late_after_days(session.day):
        yield Flag.LATE_MARK
    if why is Payable.MISSED_AND_PAID:
        yield Flag.ABSENT_PAID
