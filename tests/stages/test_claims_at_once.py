"""Two hands on one claim at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from flsf.core.money import Money
from flsf.core.people import SYSTEM
from flsf.core.refusals import Refusal
from flsf.mandate.budgets import queries as budgets
from flsf.mandate.budgets.enums import Entry
from flsf.money.payments import actions
from flsf.money.payments.models import Claim, Line
from flsf.shared.accounts.enums import Role
from flsf.shared.audit.models import AuditEntry
from tests.factories import NOW, TODAY, council_member
from tests.factories_money import MAY, approved, billed, claimed, marked, sent

pytestmark = pytest.mark.django_db(transaction=True)

DAYS = (date(2026, 5, 4), date(2026, 5, 6))


def both(act, people=(SYSTEM, SYSTEM)):
    together = Barrier(2)

    def run(person):
        try:
            together.wait(timeout=5)
            act(person)
        except Refusal as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(max_workers=2) as pool:
        return sorted(pool.map(run, people))


def test_drafting_twice_at_once_makes_one_claim():
    placement = billed()
    for day in DAYS:
        marked(placement, day)
    assert both(lambda _: claimed(placement)) == ["done", "done"]
    assert Claim.objects.get().month == MAY
    assert Line.objects.count() == 2


def test_two_officers_approve_once():
    placement = billed()
    marked(placement, DAYS[0])
    claim = sent(placement)
    officers = [council_member(Role.FINANCE), council_member(Role.COMMISSIONER)]
    told = both(
        lambda who: actions.approve(claim_id=claim.pk, reason="As marked.", by=who, at=NOW),
        officers,
    )
    assert told == sorted(["done", actions.NotSent.says])
    assert AuditEntry.objects.filter(tag="money:claim:approved").count() == 1


def test_two_officers_pay_once():
    placement = billed()
    marked(placement, DAYS[0])
    claim = approved(placement)
    told = both(lambda who: actions.pay(claim_id=claim.pk, paid_on=TODAY, by=who, at=NOW))
    assert told == ["done", "done"]
    assert budgets.of_award(placement.award.ref)[Entry.PAID] == Money(8000)
    assert AuditEntry.objects.filter(tag="money:claim:paid").count() == 1
