"""Money promised and paid is counted exactly, and never promised twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from flsf.core.money import Money
from flsf.core.people import SYSTEM, VISITOR
from flsf.mandate.budgets import actions, queries, rules
from flsf.mandate.budgets.enums import Entry, FundKind, Group
from flsf.mandate.budgets.models import LedgerLine
from flsf.shared.accounts.enums import Role, Team
from flsf.shared.audit.models import AuditEntry
from tests.factories import NOW, lot, made_framework
from tests.factories_awards import MONDAY, YEAR, budget, limit, posting


def commit(one):
    return actions.commit(posting=one, by=SYSTEM, at=NOW)


def test_a_financial_year_begins_on_1_april():
    assert rules.financial_year_of(date(2027, 3, 31)) == YEAR
    assert rules.financial_year_of(date(2027, 4, 1)) == date(2027, 4, 1)
    assert rules.year_in_words(date(2099, 4, 1)) == "2099/00"


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**9))))
def test_the_widest_limit_of_several_roles_counts(limits):
    widest = rules.highest(limits)
    assert widest is None if None in limits else widest == max(limits, default=0)


@pytest.mark.django_db
def test_a_fund_has_one_code_and_budgets_begin_in_april():
    made = budget()
    with pytest.raises(actions.FundCodeTaken):
        actions.open_fund(
            code=made.fund.code, name="Again", kind=FundKind.COUNCIL, by=SYSTEM, at=NOW
        )
    with pytest.raises(actions.NotAFinancialYear):
        actions.set_budget(
            fund_id=made.fund_id, year_begins=MONDAY, amount_pence=1, by=SYSTEM, at=NOW
        )


@pytest.mark.django_db
def test_the_last_penny_can_be_promised_and_no_more():
    made = budget(1000)
    commit(posting(made, 800, vat=160))
    assert queries.headroom(made.pk) == 40_00
    commit(posting(made, 40, award="A-TEST3"))
    with pytest.raises(actions.NotEnoughBudget) as told:
        commit(posting(made, 1, award="A-TEST4"))
    assert str(told.value).startswith(
        "This costs £1.00 of the budget of 2026/27, which has £0.00 left."
    )
    assert queries.headroom(made.pk) == 0


@pytest.mark.django_db
def test_the_ceiling_counts_every_lot_of_the_framework_and_vat():
    framework = made_framework()
    framework.ceiling_pence = 1000_00
    framework.save()
    one, other = lot(inside=framework).code, lot(inside=framework).code
    made = budget(5000)
    commit(posting(made, 750, vat=150, lot_code=one))
    commit(posting(made, 500, award="A-TEST3"))  # outside the framework: the ceiling is not asked
    with pytest.raises(actions.BeyondCeiling) as told:
        commit(posting(made, 101, award="A-TEST4", lot_code=other))
    assert "ceiling has £100.00 left" in str(told.value)
    commit(posting(made, 100, award="A-TEST4", lot_code=other))


@pytest.mark.django_db
def test_what_was_not_paid_is_released_once():
    made = budget(1000)
    commit(posting(made, 500, vat=100))
    actions.pay(posting=posting(made, 200, vat=40), by=SYSTEM, at=NOW)
    assert queries.headroom(made.pk) == 400_00
    release = {"award_ref": "A-TEST2", "day": MONDAY, "by": SYSTEM, "at": NOW}
    assert actions.release(**release) == Money(360_00)
    assert actions.release(**release) == Money(0)
    assert queries.of_award("A-TEST2") == {
        Entry.COMMITTED: Money(240_00),
        Entry.PAID: Money(240_00),
    }
    assert queries.headroom(made.pk) == 760_00


@pytest.mark.django_db
def test_what_is_owed_is_paid_even_beyond_what_was_promised():
    made = budget(100)
    commit(posting(made, 90))
    actions.pay(posting=posting(made, 120), by=SYSTEM, at=NOW)
    assert queries.of_award("A-TEST2")[Entry.COMMITTED] == Money(120_00)
    assert queries.headroom(made.pk) == -20_00


@pytest.mark.django_db
def test_every_promise_is_on_the_record():
    commit(posting(budget(), 10))
    entry = AuditEntry.objects.get(tag="mandate:ledger:committed")
    assert (entry.subject, entry.details["pence"]) == ("award A-TEST2", 1000)


@pytest.mark.django_db
def test_spending_adds_up_the_same_by_everything(officer):
    made, other = budget(9000), budget(9000)
    lines = [
        (Entry.COMMITTED, posting(made, 100)),
        (Entry.COMMITTED, posting(other, 50, team=Team.AP, day=date(2026, 7, 1))),
        (Entry.PAID, posting(made, 30, vat=6)),
    ]
    assert actions.post_many(lines=lines, by=SYSTEM, at=NOW) == 3
    for group in Group:
        rows = queries.spend(group, person=officer)
        assert sum(row.committed.pence for row in rows) == 150_00
        assert sum(row.paid.pence for row in rows) == 36_00
    by_month = queries.spend(Group.MONTH, person=officer, only={Group.TEAM: Team.SEND})
    assert [(row.key, row.committed) for row in by_month] == [("2026-06", Money(100_00))]
    july = queries.spend(Group.TEAM, person=officer, since=date(2026, 7, 1))
    assert [(row.key, row.paid) for row in july] == [("ap", Money(0))]
    assert queries.spend(Group.FUND, person=VISITOR) == []


@pytest.mark.django_db
def test_budgets_show_promised_and_paid_apart(officer, django_assert_num_queries):
    made = budget(1000)
    commit(posting(made, 600))
    actions.pay(posting=posting(made, 200), by=SYSTEM, at=NOW)
    budget(50)
    assert officer.reach.whole_council  # asked once, so that it is not counted below
    with django_assert_num_queries(1):
        positions = queries.positions(person=officer, year_begins=YEAR)
    one = next(one for one in positions if one.budget_id == made.pk)
    assert (one.committed, one.paid, one.left) == (Money(600_00), Money(200_00), Money(400_00))
    assert one.to_be_paid == Money(400_00)
    assert queries.positions(person=VISITOR) == []


@pytest.mark.django_db
def test_limits_are_those_of_the_day():
    limit(Role.COMMISSIONER, 10_000)
    limit(Role.COMMISSIONER, 20_000, since=date(2026, 9, 1))
    limit(Role.DIRECTOR, None)
    asked = frozenset({Role.COMMISSIONER, Role.CASEWORKER})
    assert queries.limit_of(asked, on=MONDAY) == 10_000_00
    assert queries.limit_of(asked, on=date(2026, 9, 1)) == 20_000_00
    assert queries.limit_of({Role.DIRECTOR, Role.COMMISSIONER}, on=MONDAY) is None
    assert queries.limit_of({Role.CASEWORKER}, on=MONDAY) == 0
    assert queries.roles_that_may_decide(15_000_00, on=MONDAY) == [Role.DIRECTOR]
    assert queries.roles_that_may_decide(1, on=MONDAY) == [Role.COMMISSIONER, Role.DIRECTOR]
    with pytest.raises(actions.LimitAlreadySet):
        limit(Role.DIRECTOR, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("short_of", ["budget", "ceiling"])
def test_two_officers_promise_the_last_pound_at_once_and_one_is_told(short_of):
    framework = made_framework()
    framework.ceiling_pence = 1000_00 if short_of == "ceiling" else 9000_00
    framework.save()
    code = lot(inside=framework).code
    same = budget(1000)
    # One ceiling over two budgets, or one budget under a high ceiling.
    budgets = [budget(5000), budget(5000)] if short_of == "ceiling" else [same, same]
    together = Barrier(2)

    def promise(number):
        one = posting(budgets[number], 600, award=f"A-RACE{number}", lot_code=code)
        try:
            together.wait(timeout=5)
            commit(one)
        except (actions.NotEnoughBudget, actions.BeyondCeiling) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "promised"

    with ThreadPoolExecutor(max_workers=2) as pool:
        told = sorted(pool.map(promise, range(2)))
    refusal = "BeyondCeiling" if short_of == "ceiling" else "NotEnoughBudget"
    assert told == [refusal, "promised"]
    assert LedgerLine.objects.count() == 1
