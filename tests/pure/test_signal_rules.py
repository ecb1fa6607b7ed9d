"""Signs of how safe a provider's future is, each against another way of working it out."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from flsf.oversight.signals import rules
from flsf.oversight.signals.enums import Sign, Standing
from flsf.oversight.signals.rules import Asked, Facts, Price, Terms, Wait

ON = date(2026, 5, 15)
DAY = timedelta(days=1)
TERMS = Terms(
    reliance=1_500,
    dependence=5_000,
    fall=2_500,
    pay_days=30,
    price_months=24,
    ended_early=2_500,
    not_taking=5_000,
)
NOTHING = Facts(
    paid=0, paid_to_all=0, income=None, income_said_on=None, children_then=None, children_now=0,
    waits=(), prices=(), ended=0, ended_early=0, services=0, not_taking=0, overdue=(), lapsing=(),
    only_lots=(), only_needs=(), met_on=None, leaving="",
)  # fmt: skip
ACT, WATCH, FINE, NOT_KNOWN = Standing.ACT, Standing.WATCH, Standing.FINE, Standing.NOT_KNOWN


def told(sign, *, may_count=True, **facts):
    asked = Asked(facts=replace(NOTHING, **facts), terms=TERMS, on=ON, may_count=may_count)
    [found] = [one for one in rules.signals(asked) if one.sign is sign]
    return found


def standing(sign, **facts):
    return told(sign, **facts).standing


def test_what_is_not_known_is_never_taken_for_nought():
    found = rules.signals(Asked(facts=NOTHING, terms=TERMS, on=ON, may_count=True))
    assert [one.sign for one in found if one.standing is not NOT_KNOWN] == [Sign.CHECKS, Sign.ONLY]
    assert rules.worst(found) is FINE
    assert rules.worst([]) is NOT_KNOWN
    assert {one.sign for one in found} == set(Sign)
    assert all(one.means and one.could_do and one.threshold and one.number for one in found)


@pytest.mark.parametrize(
    ("paid", "says"),
    [(1_499, FINE), (1_500, WATCH), (2_999, WATCH), (3_000, ACT), (10_000, ACT), (-5, FINE)],
)
def test_how_much_we_lean_on_it(paid, says):
    assert standing(Sign.RELIANCE, paid=paid, paid_to_all=10_000) is says


def test_reliance_is_told_in_words():
    assert told(Sign.RELIANCE, paid=2, paid_to_all=10).number == (
        "20% of all that we paid in twelve months"
    )
    assert told(Sign.RELIANCE).threshold == "Watch from 15%, act from 30%"


@pytest.mark.parametrize(
    ("paid", "says"), [(4_999, FINE), (5_000, WATCH), (7_999, WATCH), (8_000, ACT), (12_000, ACT)]
)
def test_how_much_it_leans_on_us(paid, says):
    assert standing(Sign.DEPENDENCE, paid=paid, income=10_000, income_said_on=ON) is says


def test_an_income_of_nought_or_never_said_tells_nothing():
    assert standing(Sign.DEPENDENCE, paid=9, income=0, income_said_on=ON) is NOT_KNOWN
    assert standing(Sign.DEPENDENCE, paid=9) is NOT_KNOWN
    found = told(Sign.DEPENDENCE, paid=30, income=10, income_said_on=ON)
    assert found.number == "100% of its income, as it said on 15 May 2026, comes from us"


@pytest.mark.parametrize(
    ("then", "now", "says"),
    [
        (8, 7, FINE),  # one fewer says nothing
        (8, 6, WATCH),
        (10, 8, FINE),
        (10, 7, WATCH),
        (10, 5, ACT),
        (10, 0, ACT),
        (5, 9, FINE),
        (4, 0, NOT_KNOWN),
        (None, 6, NOT_KNOWN),
    ],
)
def test_children_against_a_year_ago(then, now, says):
    assert standing(Sign.CHILDREN, children_then=then, children_now=now) is says


@given(then=st.integers(0, 60), now=st.integers(0, 60))
def test_a_fall_as_fractions_say_it(then, now):
    fall = Fraction(then - now, then) if then else Fraction(0)
    if then < 5:
        says = NOT_KNOWN
    elif then - now >= 2 and fall >= Fraction(1, 2):
        says = ACT
    else:
        says = WATCH if then - now >= 2 and fall >= Fraction(1, 4) else FINE
    assert standing(Sign.CHILDREN, children_then=then, children_now=now) is says


@given(paid=st.integers(0, 10**10), others=st.integers(0, 10**10))
def test_reliance_as_fractions_say_it(paid, others):
    assume(paid + others)
    part = Fraction(paid, paid + others)
    says = ACT if part >= Fraction(3, 10) else WATCH if part >= Fraction(3, 20) else FINE
    assert standing(Sign.RELIANCE, paid=paid, paid_to_all=paid + others) is says


def wait(ago, took=None):
    sent = ON - ago * DAY
    return Wait(sent, None if took is None else sent + took * DAY)


@pytest.mark.parametrize(
    ("waits", "says", "number"),
    [
        ((wait(90, 29),), FINE, "Every claim within 30 days, 1 in all"),
        ((wait(90, 30), wait(60, 3)), WATCH, "1 of 2 claims late, the longest after 31 days"),
        ((wait(29),), FINE, "Every claim within 30 days, 1 in all"),
        ((wait(30),), ACT, "1 of 1 claims late, the longest after 31 days; 1 not paid yet"),
        (
            (wait(30), wait(90, 44)),
            ACT,
            "2 of 2 claims late, the longest after 45 days; 1 not paid yet",
        ),
    ],
)
def test_thirty_days_begin_with_the_day_of_receipt(waits, says, number):
    found = told(Sign.PAYMENT, waits=waits)
    assert (found.standing, found.number) == (says, number)


@given(ago=st.integers(0, 200), took=st.none() | st.integers(0, 200))
def test_late_is_what_a_calendar_of_thirty_days_does_not_hold(ago, took):
    assume(took is None or took <= ago)
    one = wait(ago, took)
    kept = {one.sent_on + number * DAY for number in range(30)}
    assert rules.is_late(one, 30, on=ON) is ((one.paid_on or ON) not in kept)


@pytest.mark.parametrize(
    ("since", "says", "months"),
    [
        (date(2024, 5, 15), WATCH, 24),
        (date(2024, 5, 16), FINE, 23),
        (date(2020, 1, 1), WATCH, 76),
        (ON, FINE, 0),
    ],
)
def test_how_long_a_price_has_stood_still(since, says, months):
    found = told(Sign.PRICE, prices=(Price("Music", since), Price("Maths", ON)))
    assert found.standing is says
    assert f"Music: the same price since {since.day} " in found.number or since == ON
    assert found.number.endswith(f"{months} months")


@given(since=st.dates(date(2019, 1, 1), ON))
def test_whole_months_as_a_calendar_counts_them(since):
    """The oracle steps a month at a time, in months that have the day."""
    months, year, month = 0, since.year, since.month
    while True:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        if (year, month, since.day) > (ON.year, ON.month, ON.day):
            break
        months += 1
    assert rules.whole_months(since, ON) == months


@pytest.mark.parametrize(
    ("ended", "early", "says"),
    [(0, 0, NOT_KNOWN), (1, 1, FINE), (8, 2, WATCH), (9, 2, FINE), (2, 2, WATCH), (40, 0, FINE)],
)
def test_placements_that_ended_early(ended, early, says):
    assert standing(Sign.ENDED, ended=ended, ended_early=early) is says


@pytest.mark.parametrize(
    ("services", "not_taking", "says"),
    [(0, 0, NOT_KNOWN), (3, 1, FINE), (2, 1, WATCH), (1, 1, WATCH), (4, 0, FINE)],
)
def test_services_that_take_no_new_children(services, not_taking, says):
    assert standing(Sign.PLACES, services=services, not_taking=not_taking) is says


def test_checks_and_what_nobody_else_gives_and_leaving():
    assert standing(Sign.CHECKS, lapsing=("Insurance",)) is WATCH
    assert standing(Sign.CHECKS, lapsing=("Insurance",), overdue=("Policy",)) is ACT
    found = told(Sign.CHECKS, lapsing=("Insurance",), overdue=("Policy",))
    assert found.number == "Overdue: Policy. Running out: Insurance"
    assert told(Sign.ONLY, only_lots=("Music",), only_needs=("Hearing",)).number == (
        "The only one for: Music, Hearing"
    )
    assert standing(Sign.ONLY, only_needs=("Hearing",)) is WATCH
    assert standing(Sign.LEAVING, met_on=ON) is FINE
    found = told(Sign.LEAVING, met_on=ON, leaving="Music stops in July.")
    assert (found.standing, found.number) == (ACT, "On 15 May 2026: Music stops in July.")


def test_small_counts_are_for_those_who_see_placements():
    found = {"children_then": 7, "children_now": 3}
    assert told(Sign.CHILDREN, **found).number == "7 a year ago, 3 now"
    assert told(Sign.CHILDREN, **found, may_count=False).number == (
        "7 a year ago, fewer than 5 now"
    )
    found = {"ended": 9, "ended_early": 3}
    assert told(Sign.ENDED, **found).number.startswith("3 of 9")
    assert told(Sign.ENDED, **found, may_count=False).number == (
        "fewer than 5 ended before the agreed day"
    )


@given(
    then=st.none() | st.integers(0, 9),
    now=st.integers(0, 9),
    ended=st.integers(0, 9),
    early=st.integers(0, 9),
)
def test_no_count_of_one_to_four_is_told_to_the_others(then, now, ended, early):
    assume(early <= ended)
    facts = {
        "children_then": then, "children_now": now, "ended": ended, "ended_early": early,
    }  # fmt: skip
    for sign in (Sign.CHILDREN, Sign.ENDED):
        words = told(sign, may_count=False, **facts).number.replace("fewer than 5", "")
        assert not {"1", "2", "3", "4"} & set(words.split())


def test_the_worst_come_first():
    def signs(*standings):
        return [replace(told(Sign.ONLY), standing=standing) for standing in standings]

    one, two, three = signs(WATCH, WATCH, NOT_KNOWN), signs(ACT, FINE), signs(ACT, WATCH)
    assert sorted([one, two, three], key=rules.urgency) == [three, two, one]
    assert [rules.worst(each) for each in (one, two, signs(NOT_KNOWN), signs(FINE))] == [
        WATCH, ACT, NOT_KNOWN, FINE,
    ]  # fmt: skip
