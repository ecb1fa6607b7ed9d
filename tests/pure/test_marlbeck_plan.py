"""Marlbeck's figures are the report's figures, before anything is loaded."""

from collections import Counter
from datetime import date
from itertools import pairwise
from random import Random

import pytest

from flsf.core import half_days
from flsf.demo.plan import children, days, ground, history, live, money, providers
from flsf.mandate.framework.enums import SpendLine


def test_placements_a_year_are_those_of_the_report():
    years = [sum(counts) for counts in zip(*money.PLACEMENTS.values(), strict=True)]
    assert years == [99, 144, 362]


def test_placements_by_type_are_those_of_the_report():
    assert {line: sum(counts) for line, counts in money.PLACEMENTS.items()} == {
        SpendLine.AP: 320,
        SpendLine.ONLINE: 97,
        SpendLine.IN_PERSON: 73,
        SpendLine.POST_16: 102,
        SpendLine.MENTORING: 13,
    }


def test_spend_adds_up_both_ways():
    spend = money.by_year()
    assert {line: sum(years) for line, years in spend.items()} == dict(money.BY_LINE)
    first, middle, last = (sum(year) for year in zip(*spend.values(), strict=True))
    assert (first, last) == (1_050_000_00, 3_370_000_00)
    assert round(middle / 1_000_000_00, 2) == 1.58
    assert min(pence for years in spend.values() for pence in years) > 0


def test_spend_by_type_reads_as_the_report_says():
    assert money.BY_LINE[SpendLine.AP] > 2_000_000_00
    assert 2_000_000_00 < money.BY_LINE[SpendLine.ONLINE] < 2_010_000_00
    assert money.BY_LINE[SpendLine.IN_PERSON] == 1_080_000_00


def test_amounts_lose_no_penny():
    parts = money.amounts(1_000_01, 7, Random(1))
    assert (len(parts), sum(parts)) == (7, 1_000_01)
    assert min(parts) > 0


def test_the_ground_is_the_same_every_time_and_its_postcodes_are_nobodys():
    one, other = ground.lay(), ground.lay()
    assert one == other
    assert len(one.wards) == 24
    assert len(one.postcodes) > 300
    assert all(spot.postcode.startswith("ZZ") for spot in one.postcodes)


@pytest.mark.parametrize("begins", range(2022, 2032))
def test_half_terms_follow_one_another_on_weekdays(begins):
    year = days.terms(begins)
    assert all(term.first_day <= term.last_day for term in year)
    assert all(one.last_day < next_.first_day for one, next_ in pairwise(year))
    assert all(term.first_day.weekday() < 5 and term.last_day.weekday() < 5 for term in year)


def test_the_years_before_this_one():
    plan = days.Days(date(2026, 11, 22))
    assert plan.three_years == (date(2023, 4, 1), date(2024, 4, 1), date(2025, 4, 1))
    assert plan.framework_starts == date(2025, 9, 1)


def test_forty_providers_and_about_a_hundred_and_twenty_services():
    made = providers.make(ground.lay())
    assert len(made) == 40
    assert len({one.key for one in made}) == 40
    assert 105 <= sum(len(one.services) for one in made) <= 125
    assert {one.flaw for one in made} == {
        "", "insurance-lapsed", "insurance-soon", "suspended", "left", "stale-capacity",
    }  # fmt: skip


def test_four_hundred_children_with_numbers_of_their_own():
    made = children.make(ground.lay(), date(2026, 11, 22))
    assert [sum(one.group == group for one in made) for group, _ in children.GROUPS] == [
        190,
        150,
        60,
    ]
    assert len({one.upn for one in made}) == 400


def test_history_is_the_reports_to_the_penny():
    plan, borough = days.Days(date(2026, 11, 22)), ground.lay()
    people = children.make(borough, plan.today)
    past = history.make(plan, people, providers.make(borough))
    years = [
        [one for one in past if days.financial_year(one.starts_on) == year]
        for year in plan.three_years
    ]
    assert [len(year) for year in years] == [99, 144, 362]
    assert sum(one.pence for one in years[0]) == money.FIRST_YEAR
    assert sum(one.pence for one in years[2]) == money.LAST_YEAR
    for one in past:
        assert {days.financial_year(day) for day, _ in one.paid} == {
            days.financial_year(one.starts_on)
        }
    assert sum(one.on_framework for one in past) > 50


def test_no_half_day_of_marlbeck_is_over_full():
    plan, borough = days.Days(date(2026, 11, 22)), ground.lay()
    people, market = children.make(borough, plan.today), providers.make(borough)
    placed = live.placements(plan, people, market)
    assert len(placed) == live.LIVE
    assert len({one.child for one in placed}) == live.LIVE
    taken = Counter(
        (one.provider, one.service, half_day.index)
        for one in placed
        for half_day in half_days.from_mask(one.half_days)
    )
    places = {(p.key, n): s.places for p in market for n, s in enumerate(p.services)}
    assert all(count <= places[key[:2]] for key, count in taken.items())
    assert sum(bool(one.waiver) for one in placed) == 10
    waiting = live.waiting(people, placed)
    assert not {one.child for one in waiting} & {one.child for one in placed}
