"""Projections against the closed form, and the report's figures against its own words."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.oversight.reports.enums import State
from flsf.oversight.reports.rules import (
    CHECKS,
    Plan,
    annual_rate,
    base_for,
    by_year,
    growth_needed,
    in_words,
    judged,
    rounded,
    total,
)

BY_KEY = {check.key: check for check in CHECKS}
rates = st.integers(1, 5000).map(lambda points: Fraction(points, 10_000))


@given(st.integers(1, 10**11), rates, st.integers(1, 20), st.booleans())
def test_the_total_is_that_of_the_closed_form(base, growth, years, first_year_grows):
    plan = Plan(base, growth, years, first_year_grows)
    factor = 1 + growth
    closed = base * (factor**years - 1) / growth * (factor if first_year_grows else 1)
    assert total(plan) == closed == sum(by_year(plan))


@given(st.integers(1, 10**11), rates, st.integers(1, 20), st.booleans())
def test_a_base_worked_back_comes_to_the_total_again(pence, growth, years, first_year_grows):
    base = base_for(pence, growth=growth, years=years, first_year_grows=first_year_grows)
    one = total(Plan(1, growth, years, first_year_grows))
    assert base * one == pence


@given(st.integers(10**6, 10**10), st.integers(0, 3000), st.integers(2, 10))
def test_growth_worked_back_is_the_growth(base, points, years):
    growth = Fraction(points, 10_000)
    pence = round(total(Plan(base, growth, years)))
    assert abs(growth_needed(base, pence, years=years) - growth) <= Fraction(1, 10_000)


def test_no_growth_is_the_same_every_year():
    assert total(Plan(100, Fraction(0), 8)) == 800


@pytest.mark.parametrize(
    ("percent", "years", "comes_to"),
    [("14.5", 9, "1.52"), ("14.5", 10, "1.36"), ("13.7", 7, "1.85"), ("0", 5, "0")],
)
def test_a_change_over_years_is_a_rate_a_year(percent, years, comes_to):
    assert annual_rate(Fraction(percent) / 100, years) * 100 == Fraction(comes_to)


@pytest.mark.parametrize(
    ("key", "says", "state"),
    [
        ("projection-from-8", "£68.4747 million", State.ROUNDS_TO),
        ("projection-from-actual", "£28.8449 million", State.CONTRADICTS),
        ("projection-from-actual-flat", "£28.4187 million", State.CONTRADICTS),
        ("base-implied", "£8.003 million", State.IMPLIES),
        ("base-implied-flat", "£8.123 million", State.IMPLIES),
        ("growth-needed", "20.58 %", State.CONTRADICTS),
        ("gap", "£4.63 million", State.IMPLIES),
        ("gap-in-places", "65.2 places", State.IMPLIES),
        ("three-years", "£24.7272 million", State.IMPLIES),
        ("extensions", "£43.7474 million", State.IMPLIES),
        ("volume", "859.3 placements", State.IMPLIES),
        ("unit-cost-2024", "£9,309.39", State.IMPLIES),
        ("unit-cost-2022", "£10,606.06", State.IMPLIES),
        ("types-placements", "605 placements", State.CONTRADICTS),
        ("types-spend", "£5.995 million", State.CONTRADICTS),
        ("year-between", "144 placements", State.IMPLIES),
        ("spend-between", "£1.575 million", State.IMPLIES),
        ("unit-cost-alternative", "£6,250", State.IMPLIES),
        ("unit-cost-online", "£20,618.56", State.IMPLIES),
        ("college-place", "£568,000", State.EXACT),
        ("not-in-work", "11.618 %", State.IMPLIES),
        ("rate-from-neet-9", "1.52 %", State.ROUNDS_TO),
        ("home-education", "£71.0777 million", State.IMPLIES),
        ("term", "8 years", State.EXACT),
        ("horizon", "the year 2034", State.CONTRADICTS),
        ("norfolk", "£149.5 million", State.ROUNDS_TO),
        ("actions", "16 actions", State.EXACT),
    ],
)
def test_each_figure_of_the_report_comes_to_what_it_comes_to(key, says, state):
    check = BY_KEY[key]
    assert (in_words(check, check.comes_to), judged(check)) == (says, state)


def test_the_projection_is_never_said_to_follow_from_what_was_spent():
    stated = Fraction("68.5")
    for check in CHECKS:
        if "3.37" in check.formula + check.inputs and check.stated == stated:
            assert judged(check) is State.CONTRADICTS


def test_each_figure_is_there_once_and_says_where_it_stands():
    assert len(BY_KEY) == len(CHECKS)
    assert all(check.where and check.says and check.formula for check in CHECKS)


def test_a_half_is_rounded_away_from_nothing():
    assert rounded(Fraction(5, 2), 0) == Decimal(3)
    assert rounded(Fraction(149500, 1000), 0) == Decimal(150)
