"""Settles Marlbeck's months: old ones paid, the last ones on their way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flsf.core.people import SYSTEM, Person
from flsf.demo.plan.days import Days, moment
from flsf.flows.settle_month import settle_month
from flsf.money.payments import actions as payments
from flsf.money.payments import queries as claims

PAID_AFTER_MONTHS = 2


@dataclass(frozen=True, slots=True)
class Hands:
    """Who sends claims, by the provider's name, and who approves and pays them."""

    managers: Mapping[str, Person]
    approver: Person
    payer: Person


def settle(days: Days, hands: Hands, *, at: datetime) -> int:
    """Every month of this financial year is claimed; returns how many claims there are."""
    made = 0
    month = days.year
    while month <= days.today:
        following = (month + timedelta(days=32)).replace(day=1)
        drafted_at = min(moment(following + timedelta(days=1)), at)
        refs = settle_month(month=month, by=SYSTEM, at=drafted_at)
        made += len(refs)
        age = (days.today.year - month.year) * 12 + days.today.month - month.month
        rows = claims.claims(person=SYSTEM, on=days.today, month=month)
        there = {one.ref: one for one in map(claims.as_row, rows)}
        for number, ref in enumerate(refs):
            _send(there[ref], number, age, hands, days, following)
        month = following
    return made


def _send(
    claim: claims.Row, number: int, age: int, hands: Hands, days: Days, following: date
) -> None:
    """A month ago or more: sent, but for one in six. Two or more: approved and paid."""
    if age == 0 or (age == 1 and number % 6 == 0):
        return
    sender = hands.managers.get(claim.provider_name, SYSTEM)
    day = min(following + timedelta(days=3), days.today)
    payments.submit(claim_id=claim.id, by=sender, at=moment(day, 9))
    if age >= PAID_AFTER_MONTHS:
        payments.approve(
            claim_id=claim.id,
            reason="Agrees with the register.",
            by=hands.approver,
            at=moment(min(day + timedelta(days=4), days.today), 9),
        )
        paid_on = min(day + timedelta(days=18), days.today)
        payments.pay(claim_id=claim.id, paid_on=paid_on, by=hands.payer, at=moment(paid_on, 9))
