"""What a call-off costs, to the penny, checked against sums done another way."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.casework.calloffs import rules
from flsf.casework.calloffs.rules import Terms
from flsf.core.half_days import WEEK
from flsf.core.money import Money
from flsf.mandate.framework.enums import Unit

FIRST = date(2026, 6, 1)  # a Monday


def weekdays(weeks):
    return [FIRST + timedelta(days=7 * week + day) for week in range(weeks) for day in range(5)]


def terms(unit, mask=0b101, rate=4000, vat=2000, weeks=3, minutes=150):
    return Terms(
        unit=unit,
        rate_pence=rate,
        vat_basis_points=vat,
        half_days_mask=mask,
        minutes_a_half_day=minutes,
        starts_on=FIRST,
        ends_on=FIRST + timedelta(days=7 * weeks - 1),
    )


@pytest.mark.parametrize(
    ("unit", "net", "working"),
    [
        (Unit.HOUR, 60_000, "6 half-days on school days times 2.5 hours times £40.00"),
        (Unit.SESSION, 24_000, "6 half-days on school days times £40.00"),
        (Unit.DAY, 12_000, "6 half-days on school days divided by 2 times £40.00 a day"),
        (Unit.WEEK, 12_000, "3 school weeks times £40.00"),
        # Six days of 190, of £40: £1.263.
        (Unit.PLACE_YEAR, 126, "0.0316 of a school year of 190 days times £40.00"),
    ],
)
def test_each_unit_has_its_own_sum(unit, net, working):
    found = rules.cost(terms(unit), weekdays(3))
    assert (found.net, found.working) == (Money(net), working)
    assert found.gross == found.net + found.vat


def test_days_the_schools_are_shut_cost_nothing():
    shut = [day for day in weekdays(3) if day != FIRST]
    assert rules.cost(terms(Unit.SESSION), shut).sessions == 5


@given(
    mask=st.integers(0, 2**10 - 1),
    rate=st.integers(1, 10**6),
    vat=st.sampled_from([0, 500, 2000]),
    weeks=st.integers(1, 30),
    minutes=st.integers(30, 300),
)
def test_hours_cost_what_an_accountant_would_say(mask, rate, vat, weeks, minutes):
    found = rules.cost(terms(Unit.HOUR, mask, rate, vat, weeks, minutes), weekdays(weeks))
    sessions = sum(1 for one in WEEK if mask & one.bit) * weeks
    net = Decimal(sessions * minutes * rate) / 60
    whole = net.quantize(Decimal(1), ROUND_HALF_UP)
    assert found.net.pence == whole
    assert found.vat.pence == (whole * vat / 10_000).quantize(Decimal(1), ROUND_HALF_UP)


@given(
    mask=st.integers(0, 2**10 - 1),
    more=st.integers(0, 2**10 - 1),
    unit=st.sampled_from(list(Unit)),
)
def test_more_half_days_never_cost_less(mask, more, unit):
    fewer = rules.cost(terms(unit, mask), weekdays(4))
    assert rules.cost(terms(unit, mask | more), weekdays(4)).net >= fewer.net


def test_the_year_of_the_rolling_sum_has_no_day_twice():
    assert rules.rolling_window(date(2026, 5, 15)) == (date(2025, 5, 16), date(2026, 5, 15))
    assert rules.rolling_window(date(2028, 2, 29)) == (date(2027, 3, 2), date(2028, 2, 29))
