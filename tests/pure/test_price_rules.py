"""What a session costs, against sums done another way."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.core.half_days import WEEK, Half, from_mask, on_day
from flsf.delivery.attendance.enums import Came, NotHeldBecause
from flsf.mandate.framework.enums import Unit
from flsf.money.payments.rules import Rate, Session, Terms, charge, half_up, owed_lines, rate_for

MONDAY = date(2026, 4, 13)
DAYS = [MONDAY + timedelta(days=n) for n in range(28) if (MONDAY + timedelta(days=n)).weekday() < 5]


def terms(unit=Unit.HOUR, agreed=4500, **changes):
    return Terms(
        **{
            "award_ref": "A-TEST1",
            "unit": unit,
            "agreed_pence": agreed,
            "vat_basis_points": 0,
            "half_days_mask": 0b11,
            "minutes_a_half_day": 150,
            "first_day": MONDAY,
            "last_day": MONDAY + timedelta(days=80),
            "most_net_pence": 10**9,
        }
        | changes
    )


def session(day=MONDAY, half=Half.AM, **changes):
    return Session(
        **{
            "mark_id": 1,
            "placement_id": 1,
            "day": day,
            "half": half,
            "held": True,
            "not_held_because": None,
            "came": Came.YES,
            "minutes": 150,
            "is_extra": False,
            "days_until_marked": 0,
        }
        | changes
    )


@pytest.mark.parametrize(
    ("unit", "minutes", "rate", "pence"),
    [
        (Unit.HOUR, 60, 4500, 4500),
        (Unit.HOUR, 150, 4500, 11250),
        (Unit.HOUR, 50, 4501, 3751),  # 3750.83
        (Unit.HOUR, 30, 4501, 2251),  # 2250.5 goes up
        (Unit.SESSION, 10, 6200, 6200),
        (Unit.DAY, 10, 9001, 4501),
        (Unit.WEEK, 10, 25001, 12501),
        (Unit.PLACE_YEAR, 10, 7_100_000, 18684),  # 71,000 / 380 = 186.84
    ],
)
def test_a_session_costs_by_the_unit(unit, minutes, rate, pence):
    assert charge(terms(unit, rate), session(minutes=minutes), happened=True).net_pence == pence


def test_both_halves_of_a_day_cost_a_days_rate():
    halves = [session(half=half) for half in Half]
    assert [charge(terms(Unit.DAY, 9001), one, happened=True).net_pence for one in halves] == [
        4501,
        4500,
    ]


@given(st.integers(1, 10**7), st.integers(1, 2**10 - 1))
def test_the_half_days_of_a_week_cost_a_weeks_rate(rate, mask):
    agreed = terms(Unit.WEEK, rate, half_days_mask=mask)
    held = [session(MONDAY + timedelta(days=one.weekday), one.half) for one in from_mask(mask)]
    assert sum(charge(agreed, one, happened=True).net_pence for one in held) == rate


@given(st.fractions(0, 10**9))
def test_half_a_penny_goes_up(exact):
    assert Fraction(-1, 2) < half_up(exact) - exact <= Fraction(1, 2)


def test_vat_is_rounded_once_a_line():
    cost = charge(terms(agreed=4501, vat_basis_points=2000), session(minutes=30), happened=True)
    assert (cost.net_pence, cost.vat_pence, cost.gross_pence) == (2251, 450, 2701)


def test_a_rate_that_rises_does_not_raise_what_an_award_pays():
    listed = (Rate(MONDAY - timedelta(days=90), 4500), Rate(MONDAY + timedelta(days=7), 4600))
    assert rate_for(terms(listed=listed), on=MONDAY + timedelta(days=7)) == 4500


def test_a_rate_that_falls_is_paid_from_its_day():
    listed = (Rate(MONDAY - timedelta(days=90), 4500), Rate(MONDAY + timedelta(days=7), 4400))
    assert rate_for(terms(listed=listed), on=MONDAY + timedelta(days=6)) == 4500
    assert rate_for(terms(listed=listed), on=MONDAY + timedelta(days=7)) == 4400


def test_a_lower_price_agreed_stays_lower():
    listed = (Rate(MONDAY, 4500), Rate(MONDAY + timedelta(days=7), 4600))
    bargain = terms(agreed=4000, listed=listed)
    assert rate_for(bargain, on=MONDAY + timedelta(days=30)) == 4000


def test_outside_the_framework_the_price_agreed_is_paid():
    assert rate_for(terms(agreed=5100), on=MONDAY) == 5100


sessions = st.lists(
    st.tuples(
        st.sampled_from([(day, half) for day in DAYS for half in Half]),
        st.sampled_from(["came", "late", "missed", "child", "provider", "site", "weather"]),
        st.integers(0, 300),
    ),
    unique_by=lambda one: one[0],
    max_size=40,
)


def oracle(agreed, told, paid_in_a_row):
    """The same sum, done slowly with fractions and a tally kept by hand. In pence, with VAT."""
    total, tally = 0, 0
    for (day, _), what, minutes in sorted(told, key=lambda one: (one[0][0], one[0][1] == "pm")):
        if what in ("provider", "site", "weather"):
            continue
        came = what in ("came", "late")
        tally = 0 if came else tally + 1
        if not came and tally > paid_in_a_row:
            continue
        rates = [one for one in agreed.listed if one.in_force_from <= day]
        rate = agreed.agreed_pence
        if rates and rates[-1].pence < rate:
            rate = rates[-1].pence
        given = minutes if came else agreed.minutes_a_half_day
        exact = {
            Unit.HOUR: Fraction(rate) * Fraction(given, 60),
            Unit.SESSION: Fraction(rate),
        }[agreed.unit]
        net = (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
        vat = Fraction(net) * Fraction(agreed.vat_basis_points, 10000)
        total += net + (2 * vat.numerator + vat.denominator) // (2 * vat.denominator)
    return total


@given(
    sessions,
    st.sampled_from([Unit.HOUR, Unit.SESSION]),
    st.integers(1, 20000),
    st.lists(st.integers(1, 20000), max_size=3),
    st.sampled_from([0, 500, 2000]),
    st.integers(0, 4),
)
def test_the_lines_add_up_to_what_the_marks_come_to(told, unit, agreed, listed, vat, in_a_row):
    rates = tuple(Rate(MONDAY + timedelta(days=9 * n - 3), one) for n, one in enumerate(listed))
    bought = terms(unit, agreed, vat_basis_points=vat, listed=rates)
    marks = [
        session(
            day,
            half,
            mark_id=number,
            held=what in ("came", "late", "missed"),
            not_held_because=None if what in ("came", "late", "missed") else NotHeldBecause(what),
            came={"came": Came.YES, "late": Came.LATE}.get(what, Came.NO),
            minutes=minutes,
        )
        for number, ((day, half), what, minutes) in enumerate(told)
    ]
    lines = owed_lines(bought, marks, paid_in_a_row=lambda _: in_a_row, late_after_days=lambda _: 7)
    assert sum(line.gross_pence for line in lines) == oracle(bought, told, in_a_row)
    assert len({line.mark_id for line in lines}) == len(lines)


def test_every_half_day_of_a_school_year_costs_a_place():
    """190 school days of two half-days come to the year's price, but for rounding each line."""
    place = terms(Unit.PLACE_YEAR, 7_100_000, half_days_mask=2 ** len(WEEK) - 1)
    each = charge(place, session(), happened=True).net_pence
    assert on_day(MONDAY, Half.AM) is not None
    assert abs(each * 380 - 7_100_000) <= 380 / 2
