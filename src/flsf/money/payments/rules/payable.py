"""Which sessions are paid. Who caused a session not to happen decides (peers 8.4).

A session at which the child came is paid. One that the provider could not run, that the
place or the weather prevented, or that was cancelled in time, is not. A session missed by
the child is paid, until more than so many in a row were missed; sessions of the other kind
neither count nor break the row.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum

from flsf.delivery.attendance.enums import Came, NotHeldBecause
from flsf.money.payments.rules.values import Session


class Payable(StrEnum):
    """Whether a session is paid, and on what ground."""

    HAPPENED = "happened"
    MISSED_AND_PAID = "missed_and_paid"
    MISSED_TOO_OFTEN = "missed_too_often"
    NOT_RUN = "not_run"

    @property
    def is_paid(self) -> bool:
        return self in (Payable.HAPPENED, Payable.MISSED_AND_PAID)


def is_missed(session: Session) -> bool:
    """Whether the session could have happened and the child was not there."""
    if not session.held:
        return session.not_held_because is NotHeldBecause.CHILD
    return session.came is Came.NO


def payable(
    sessions: Iterable[Session], *, paid_in_a_row: Callable[[date], int]
) -> Mapping[int, Payable]:
    """For each mark whether it is paid. The sessions are all of one placement, ever.

    `paid_in_a_row` says how many missed sessions in a row are paid on a day.
    """
    row = 0
    found: dict[int, Payable] = {}
    for session in sorted(sessions, key=lambda one: one.when):
        if is_missed(session):
            row += 1
            within = row <= paid_in_a_row(session.day)
            found[session.mark_id] = Payable.MISSED_AND_PAID if within else Payable.MISSED_TOO_OFTEN
        elif session.held:
            row = 0
            found[session.mark_id] = Payable.HAPPENED
        else:
            found[session.mark_id] = Payable.NOT_RUN
    return found
