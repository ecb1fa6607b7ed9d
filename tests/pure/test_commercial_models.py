"""What each commercial model allows, by example and by property."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.mandate.framework.enums import CommercialModel
from flsf.mandate.framework.rules import MODELS, CallOff, Carrying, Pool, Years
from flsf.mandate.law.enums import Key
from flsf.shared.calendars.rules import WorkingCalendar

M = CommercialModel
THRESHOLD = 66_354_000
NUMBERS = {
    Key.LIGHT_TOUCH_THRESHOLD: THRESHOLD,
    Key.FRAMEWORK_MOST_YEARS: 8,
    Key.OPEN_FRAMEWORK_MOST_YEARS: 8,
    Key.OPEN_FRAMEWORK_FIRST_YEARS: 3,
    Key.OPEN_FRAMEWORK_NEXT_YEARS: 5,
    Key.STANDSTILL_LEAST_DAYS: 8,
    Key.DETAILS_NOTICE_DAYS: 120,
    Key.TERMINATION_NOTICE_DAYS: 30,
    Key.CHALLENGE_DAYS: 30,
}
YEARS = Years(since=date(2026, 4, 1), latest_last_day=date(2034, 3, 31))


def pool(number=1, *, running=True, closed=True):
    return Pool(is_running=running, open_round=number, deciding_round_is_closed=closed)


@pytest.mark.parametrize(
    ("model", "number", "may"),
    [
        (M.PSEUDO_DPS, 15, True),
        (M.PSEUDO_DPS, None, False),
        (M.LIGHT_TOUCH_CLOSED, 1, True),
        (M.LIGHT_TOUCH_CLOSED, 2, False),
        (M.LIGHT_TOUCH_CLOSED, None, False),
        (M.OPEN_FRAMEWORK, 3, True),
        (M.OPEN_FRAMEWORK, None, False),
        (M.DYNAMIC_MARKET, None, True),
        (M.SPOT, 1, False),
    ],
)
def test_who_may_apply_when(model, number, may):
    assert MODELS[model].may_apply(pool(number)).is_allowed is may


@pytest.mark.parametrize(
    ("model", "closed", "may"),
    [
        (M.PSEUDO_DPS, False, True),
        (M.LIGHT_TOUCH_CLOSED, False, False),
        (M.LIGHT_TOUCH_CLOSED, True, True),
        (M.OPEN_FRAMEWORK, False, False),
        (M.OPEN_FRAMEWORK, True, True),
        (M.DYNAMIC_MARKET, False, True),
        (M.SPOT, True, False),
    ],
)
def test_when_an_application_may_be_decided(model, closed, may):
    assert MODELS[model].may_decide(pool(closed=closed)).is_allowed is may


@pytest.mark.parametrize("model", M)
def test_nobody_joins_a_framework_that_has_ended(model):
    ended = pool(running=False)
    assert not MODELS[model].may_apply(ended).is_allowed
    assert not MODELS[model].may_decide(ended).is_allowed


@pytest.mark.parametrize(
    ("pence", "may"), [(THRESHOLD - 1, False), (THRESHOLD, True), (None, True)]
)
def test_a_dynamic_market_is_for_public_contracts_only(pence, may):
    asked = CallOff(gross_pence=pence, is_on_framework=True)
    answer = MODELS[M.DYNAMIC_MARKET].may_call_off(asked, NUMBERS)
    assert answer.is_allowed is may
    assert may or "£663,540.00 or more" in answer.why


@pytest.mark.parametrize(
    ("pence", "waiver", "may"),
    [(100, False, False), (100, True, True), (THRESHOLD, True, False), (None, True, False)],
)
def test_a_spot_purchase_is_small_and_under_a_waiver(pence, waiver, may):
    asked = CallOff(gross_pence=pence, is_on_framework=False, has_waiver=waiver)
    assert MODELS[M.SPOT].may_call_off(asked, NUMBERS).is_allowed is may


@pytest.mark.parametrize("model", [M.PSEUDO_DPS, M.LIGHT_TOUCH_CLOSED, M.OPEN_FRAMEWORK])
@given(pence=st.none() | st.integers(1, 10**10), waiver=st.booleans())
def test_a_framework_allows_any_value_and_nothing_outside_without_a_waiver(model, pence, waiver):
    ask = MODELS[model].may_call_off
    on = CallOff(gross_pence=pence, is_on_framework=True, has_waiver=waiver)
    off = CallOff(gross_pence=pence, is_on_framework=False, has_waiver=waiver)
    assert ask(on, NUMBERS).is_allowed
    assert ask(off, NUMBERS).is_allowed is waiver


@pytest.mark.parametrize("model", M)
@given(pence=st.none() | st.integers(1, 10**10))
def test_no_model_buys_outside_without_a_waiver_and_every_answer_names_its_rule(model, pence):
    answer = MODELS[model].may_call_off(CallOff(gross_pence=pence, is_on_framework=False), NUMBERS)
    assert not answer.is_allowed
    assert answer.why
    assert answer.source


@pytest.mark.parametrize("model", M)
@given(since=st.dates(date(2025, 2, 24), date(2034, 3, 31)))
def test_no_model_outlives_what_cabinet_approved(model, since):
    years = Years(since=since, latest_last_day=date(2034, 3, 31))
    assert MODELS[model].longest_term(years, NUMBERS) <= date(2034, 3, 31)


def test_only_an_open_framework_re_issues_when_it_reopens_and_within_three_then_five_years():
    for model in M:
        again = MODELS[model].reopening(YEARS, NUMBERS)
        assert again.ends_agreements is (model is M.OPEN_FRAMEWORK)
    first = MODELS[M.OPEN_FRAMEWORK].reopening(YEARS, NUMBERS)
    assert first.must_happen_by == date(2029, 3, 31)
    later = Years(
        since=YEARS.since, latest_last_day=YEARS.latest_last_day, reopened_on=date(2028, 4, 1)
    )
    assert MODELS[M.OPEN_FRAMEWORK].reopening(later, NUMBERS).must_happen_by == date(2033, 3, 31)


def test_whom_a_change_carries_over():
    carried = {model: MODELS[model].take_over().carrying for model in M}
    assert [model for model in M if carried[model] is Carrying.ROLLED_OVER] == [
        *(M.PSEUDO_DPS, M.LIGHT_TOUCH_CLOSED, M.OPEN_FRAMEWORK)
    ]
    assert carried[M.DYNAMIC_MARKET] is Carrying.MUST_APPLY
    assert carried[M.SPOT] is Carrying.ENDED
    assert [model for model in M if MODELS[model].ROLLS] == [M.PSEUDO_DPS]


def test_the_clocks_of_an_open_framework_count_their_first_day():
    found = {
        one.what: one.last_day
        for one in MODELS[M.OPEN_FRAMEWORK].dues(date(2027, 1, 1), NUMBERS, WorkingCalendar())
    }
    # 120 days beginning with 1 January; 30 days; eight working days after New Year and 4 January.
    assert found["UK7 contract details notice"] == date(2027, 4, 30)
    assert found["UK11 contract termination notice for the agreements that end"] == date(
        2027, 1, 30
    )
    assert found["Standstill of 8 working days: not required for light touch, advised"] == date(
        2027, 1, 14
    )
    assert found["Reopen the whole scheme for the first time"] == date(2029, 12, 31)
    assert found["The scheme ends"] == date(2034, 12, 31)


@pytest.mark.parametrize("model", [M.DYNAMIC_MARKET, M.SPOT])
def test_leaving_frameworks_ends_agreements_and_says_so(model):
    found = MODELS[model].dues(date(2027, 1, 1), NUMBERS, WorkingCalendar())
    assert any(one.what.startswith("UK11") for one in found)
