"""Each financial year pays its own part of a call-off, and all of them the whole."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.casework.calloffs import rules
from flsf.casework.calloffs.rules import Share, Terms
from flsf.mandate.framework.enums import Unit

MONDAY = date(2027, 3, 15)


def every_weekday(first, weeks):
    return [first + timedelta(days=7 * week + day) for week in range(weeks) for day in range(5)]


def terms(unit, *, starts_on=MONDAY, weeks=4, mask=0b11, rate=4000, vat=0, minutes=120):
    return Terms(
        unit=unit,
        rate_pence=rate,
        vat_basis_points=vat,
        half_days_mask=mask,
        minutes_a_half_day=minutes,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=7 * weeks - 1),
    )


def test_two_mondays_each_side_of_april_are_paid_by_their_own_years():
    # Mondays 15, 22 and 29 March, and 5 April 2027; both halves of each.
    found = rules.shares(terms(Unit.SESSION), every_weekday(MONDAY, 4))
    assert found == [
        Share(date(2026, 4, 1), 6 * 4000, 0),
        Share(date(2027, 4, 1), 2 * 4000, 0),
    ]
    assert [one.year for one in found] == ["2026/27", "2027/28"]


def test_a_week_that_straddles_april_is_paid_by_the_year_it_begins_in():
    whole_weeks = terms(Unit.WEEK, starts_on=date(2027, 3, 29), weeks=1, mask=0b1111111111)
    found = rules.shares(whole_weeks, every_weekday(date(2027, 3, 29), 1))
    assert [(one.year, one.net_pence) for one in found] == [("2026/27", 4000), ("2027/28", 0)]


def test_support_within_one_year_has_one_share():
    found = rules.shares(terms(Unit.HOUR, weeks=2), every_weekday(MONDAY, 2))
    assert [(one.year, one.net_pence) for one in found] == [("2026/27", 4 * 2 * 4000)]


def test_nothing_bought_is_paid_by_no_year():
    assert rules.shares(terms(Unit.HOUR, mask=0), every_weekday(MONDAY, 4)) == []


@given(
    unit=st.sampled_from(list(Unit)),
    mask=st.integers(1, 2**10 - 1),
    rate=st.integers(1, 10**6),
    vat=st.sampled_from([0, 500, 2000]),
    weeks=st.integers(1, 110),
    offset=st.integers(0, 700),
    minutes=st.integers(1, 300),
)
def test_the_shares_add_up_to_the_cost_and_none_is_less_than_nothing(
    unit, mask, rate, vat, weeks, offset, minutes
):
    starts_on = date(2025, 1, 6) + timedelta(days=offset)
    asked = terms(
        unit, starts_on=starts_on, weeks=weeks, mask=mask, rate=rate, vat=vat, minutes=minutes
    )
    days = [starts_on + timedelta(days=one) for one in range(7 * weeks)]
    days = [one for one in days if one.weekday() < 5]
    found, whole = rules.shares(asked, days), rules.cost(asked, days)
    assert sum(one.net_pence for one in found) == whole.net.pence
    assert sum(one.vat_pence for one in found) == whole.vat.pence
    assert all(one.net_pence >= 0 and one.vat_pence >= 0 for one in found)
    years = [one.year_begins for one in found]
    assert years == sorted(set(years))


@pytest.mark.parametrize("unit", [Unit.SESSION, Unit.DAY])
@given(mask=st.integers(1, 2**10 - 1), rate=st.integers(2, 10**4).filter(lambda one: one % 2 == 0))
def test_where_halves_of_a_penny_cannot_arise_each_year_counts_for_itself(unit, mask, rate):
    """Another way to the same: the years costed apart."""
    days = every_weekday(MONDAY, 6)
    asked = terms(unit, mask=mask, rate=rate, weeks=6)
    apart = {
        year: rules.cost(asked, [one for one in days if (one >= date(2027, 4, 1)) is later]).net
        for year, later in (("2026/27", False), ("2027/28", True))
    }
    found = {one.year: one.net_pence for one in rules.shares(asked, days)}
    assert found == {year: cost.pence for year, cost in apart.items() if year in found}
