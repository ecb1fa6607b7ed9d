"""Support that runs past 31 March is paid by each year's own budget."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from flsf.casework.calloffs import queries as calloffs
from flsf.casework.calloffs.actions import NoBudgetForYear
from flsf.casework.calloffs.models import Award, AwardYear
from flsf.casework.timetable.models import Booking
from flsf.core.people import SYSTEM
from flsf.core.refusals import Refusal
from flsf.mandate.budgets import actions as budgets
from flsf.mandate.budgets import queries as find_budgets
from flsf.mandate.budgets.actions import NotEnoughBudget
from flsf.mandate.budgets.models import LedgerLine
from tests.factories import NOW
from tests.factories_matching import decided, proposed, referral, scene

THIS_YEAR, NEXT_YEAR = date(2026, 4, 1), date(2027, 4, 1)
LAST_DAY = date(2027, 4, 30)


def next_year(at, pounds=50_000):
    return budgets.set_budget(
        fund_id=at.budget.fund_id,
        year_begins=NEXT_YEAR,
        amount_pence=pounds * 100,
        by=SYSTEM,
        at=NOW,
    )


def lines():
    found = LedgerLine.objects.order_by("day")
    return [(one.budget_id, one.day, one.gross_pence) for one in found]


@pytest.mark.django_db
def test_each_year_promises_its_own_part_and_counts_it_in_its_own_days():
    at = scene()
    later = next_year(at)
    award = proposed(at, ends_on=LAST_DAY)
    years = dict(calloffs.years_of(award.pk))
    assert {one: share.year for one, share in years.items()} == {
        at.budget.pk: "2026/27",
        later.pk: "2027/28",
    }
    decided(award, at.director)
    first, second = (share.gross.pence for share in years.values())
    assert first + second == award.gross_pence
    assert 0 < second < first
    assert lines() == [
        (at.budget.pk, award.starts_on, first),
        (later.pk, NEXT_YEAR, second),
    ]


@pytest.mark.django_db
def test_within_one_year_nothing_changes():
    at = scene()
    award = proposed(at)
    decided(award, at.director)
    assert lines() == [(at.budget.pk, award.starts_on, award.gross_pence)]
    assert AwardYear.objects.count() == 1


@pytest.mark.django_db
def test_a_year_without_a_budget_is_refused_by_name_and_nothing_is_held():
    at = scene()
    with pytest.raises(NoBudgetForYear) as told:
        proposed(at, ends_on=LAST_DAY)
    assert str(told.value).startswith("No budget is set for 2027/28, into which this falls.")
    assert not Award.objects.exists()
    assert not Booking.objects.exists()


@pytest.mark.django_db
def test_a_start_in_another_year_than_the_budget_chosen_is_paid_by_the_year_it_happens_in():
    at = scene(start_wanted_on=date(2027, 4, 19))
    later = next_year(at)
    award = proposed(at, starts_on=date(2027, 4, 19), ends_on=LAST_DAY)
    assert award.budget_id == later.pk
    decided(award, at.director)
    assert {one.budget_id for one in LedgerLine.objects.all()} == {later.pk}


@pytest.mark.django_db
def test_what_next_year_cannot_pay_stops_the_award_whole():
    at = scene()
    next_year(at, pounds=1)
    award = proposed(at, ends_on=LAST_DAY)
    with pytest.raises(NotEnoughBudget) as told:
        decided(award, at.director)
    assert "of the budget of 2027/28, which has £1.00 left" in str(told.value)
    assert not LedgerLine.objects.exists()


@pytest.mark.django_db
def test_what_is_not_used_is_freed_in_the_year_it_was_promised_for():
    at = scene()
    later = next_year(at)
    award = proposed(at, ends_on=LAST_DAY)
    decided(award, at.director)
    budgets.release(award_ref=award.ref, day=date(2026, 9, 1), by=SYSTEM, at=NOW)
    assert find_budgets.headroom(at.budget.pk) == find_budgets.headroom(later.pk) == 50_000_00
    freed = LedgerLine.objects.filter(gross_pence__lt=0).order_by("day")
    assert [(one.budget_id, one.day) for one in freed] == [
        (at.budget.pk, date(2026, 9, 1)),
        (later.pk, NEXT_YEAR),
    ]


@pytest.mark.django_db(transaction=True)
def test_two_awards_over_the_same_two_years_at_once_end_with_one_winner_and_no_deadlock():
    at = scene()
    next_year(at)
    one = proposed(at, ends_on=LAST_DAY)
    second = proposed(replace(at, referral=referral()), ends_on=LAST_DAY)
    share = dict(calloffs.years_of(one.pk))
    for budget_id, part in share.items():
        found = find_budgets.left_by_year(budget_id)[part.year_begins]
        budgets.set_budget(
            fund_id=at.budget.fund_id,
            year_begins=found.year_begins,
            amount_pence=part.gross.pence,
            by=SYSTEM,
            at=NOW,
        )
    together = Barrier(2)

    def run(award):
        try:
            together.wait(timeout=5)
            decided(award, at.director)
        except Refusal as refusal:
            return type(refusal)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(max_workers=2) as pool:
        told = list(pool.map(run, (one, second)))
    assert sorted(told, key=str) == sorted([NotEnoughBudget, "done"], key=str)
    assert LedgerLine.objects.count() == 2
