"""The facts behind the five principles: what each says by itself, and what is too few to tell."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.mandate.governance.rules import PRINCIPLES
from flsf.market.evaluation.enums import Outcome
from flsf.market.evaluation.rules import FEWEST, Taken
from flsf.oversight.openness import rules
from flsf.oversight.openness.enums import Principle, Speaks
from flsf.oversight.openness.rules import Decision, Measured

NOTHING = Measured(
    days=0,
    days_open=0,
    rounds_held=0,
    rounds_with_tender=0,
    rounds_told=0,
    rounds_told_at_once=0,
    criteria_versions=0,
    criteria_before_first_round=False,
    says_how_it_calls_off=False,
    questions=0,
    questions_that_can_fail=0,
    questions_with_reason=0,
    fails_by_area=0,
)
GOOD = replace(
    NOTHING,
    days=100,
    days_open=100,
    rounds_held=3,
    rounds_with_tender=3,
    rounds_told=2,
    rounds_told_at_once=2,
    criteria_versions=1,
    criteria_before_first_round=True,
    says_how_it_calls_off=True,
    questions=10,
    questions_that_can_fail=4,
    questions_with_reason=4,
    named=2,
    have_said=2,
    lots=2,
    pool=4,
    pool_small=3,
    begun=6,
    sent=5,
)


def decision(**more):
    usual = {
        "outcome": Outcome.ACCEPT,
        "time": Taken(days=12, promised=20),
        "is_small": True,
        "is_local": True,
        "is_voluntary": False,
        "by_published_criteria": True,
        "marked_by": 2,
    }
    return Decision(**(usual | more))


def said(principle, one, words):
    return next(fact for fact in rules.of(principle, one) if words in fact.words)


def test_the_register_of_findings_names_the_same_five():
    assert [str(one.label) for one in Principle] == list(PRINCIPLES)


def test_of_nothing_nothing_is_told_for_or_against_by_what_is_counted():
    speaks = {fact.words: fact.speaks for fact in rules.facts(NOTHING)}
    assert speaks["0 of 0 decisions rest on two people who marked apart"] is Speaks.SILENT
    assert speaks["0 of 0 rounds have a tender notice recorded"] is Speaks.SILENT
    assert speaks["How call-offs are made is not published"] is Speaks.AGAINST
    assert speaks["0 questions name a qualification without “or equivalent”"] is Speaks.SILENT


def test_what_is_all_as_it_should_be_speaks_for_it():
    one = replace(GOOD, decisions=(decision(),) * 6)
    against = [fact for fact in rules.facts(one) if fact.speaks is Speaks.AGAINST]
    assert against == []
    assert said(Principle.ACCESS, one, "days").words == (
        "Providers could apply on 100 of 100 days (100%)"
    )
    assert said(Principle.PROPORTIONALITY, one, "begun").words == (
        "5 of 6 applications begun were sent (83%)"
    )


@pytest.mark.parametrize(
    ("changed", "principle", "words"),
    [
        ({"rounds_with_tender": 2}, Principle.TRANSPARENCY, "2 of 3 rounds"),
        ({"rounds_told_at_once": 1}, Principle.TRANSPARENCY, "1 of 2 rounds"),
        ({"criteria_before_first_round": False}, Principle.TRANSPARENCY, "not before"),
        ({"says_how_it_calls_off": False}, Principle.TRANSPARENCY, "is not published"),
        ({"breaches": ("Broken",)}, Principle.PROPORTIONALITY, "section 22: Broken"),
        ({"questions_with_reason": 3}, Principle.PROPORTIONALITY, "3 of 4 questions"),
        ({"lots_with_few": 1}, Principle.ACCESS, "1 of 2 lots"),
        ({"no_equivalent": 1}, Principle.NON_DISCRIMINATION, "1 question names"),
        ({"no_self_cleaning": 2}, Principle.NON_DISCRIMINATION, "2 questions about"),
        ({"fails_by_area": 1}, Principle.NON_DISCRIMINATION, "1 question fails"),
        (
            {"have_an_interest": 1, "marked_with_an_interest": 1},
            Principle.FAIRNESS,
            "1 had one and 1 of these marked",
        ),
        ({"decisions": (decision(marked_by=1),)}, Principle.FAIRNESS, "0 of 1 decisions rest"),
        (
            {"decisions": (decision(by_published_criteria=False),)},
            Principle.FAIRNESS,
            "0 of 1 decisions were by criteria",
        ),
        (
            {"decisions": (decision(time=Taken(21, 20)), *[decision()] * 4)},
            Principle.ACCESS,
            "4 of 5 applications were decided",
        ),
    ],
)
def test_each_thing_that_is_not_speaks_against_its_principle(changed, principle, words):
    assert said(principle, replace(GOOD, **changed), words).speaks is Speaks.AGAINST


def test_what_asks_for_judgement_is_to_be_weighed():
    one = replace(GOOD, days_open=60, have_said=1, challenges_open=1)
    assert said(Principle.ACCESS, one, "60 of 100 days (60%)").speaks is Speaks.WEIGH
    assert said(Principle.FAIRNESS, one, "1 of 2 named").speaks is Speaks.WEIGH
    assert said(Principle.FAIRNESS, one, "1 challenge is open").speaks is Speaks.WEIGH


def test_small_and_others_are_put_side_by_side_from_five_of_each():
    small = [decision(time=Taken(days, 20)) for days in (5, 9, 10, 12, 30)]
    large = [decision(is_small=False, outcome=Outcome.DECLINE)] * 2 + [decision(is_small=False)] * 3
    one = replace(GOOD, decisions=(*small, *large))
    took = said(Principle.FAIRNESS, one, "Time to decide")
    assert took.words == (
        "Time to decide: small providers half within 10 working days, the longest 30; "
        "others half within 12 working days, the longest 12"
    )
    assert took.speaks is Speaks.WEIGH
    assert said(Principle.FAIRNESS, one, "Not accepted").words == (
        "Not accepted: small providers 0%; others 40%"
    )
    fewer = replace(GOOD, decisions=(*small, *large[:4]))
    hidden = said(Principle.FAIRNESS, fewer, "Not accepted")
    assert hidden.words == "Not accepted: fewer than five of small providers or of others"
    assert hidden.speaks is Speaks.SILENT


def test_a_finding_keeps_the_facts_one_a_line():
    facts = rules.of(Principle.TRANSPARENCY, GOOD)
    lines = rules.in_words(facts).splitlines()
    assert len(lines) == len(facts)
    assert lines[0] == "3 of 3 rounds have a tender notice recorded (speaks for it)"


DAY = date(2026, 5, 15)
DAYS = st.dates(DAY - timedelta(days=40), DAY + timedelta(days=40))


@given(st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=6), DAYS, DAYS)
def test_days_within_spans_are_counted_once(spans, first, last):
    span = [DAY + timedelta(days=ahead) for ahead in range(-60, 61)]
    slow = sum(
        first <= day <= last and any(a <= day and (b is None or day <= b) for a, b in spans)
        for day in span
    )
    assert rules.days_within(spans, first, last) == slow


@given(
    st.lists(st.sampled_from([Outcome.ACCEPT, Outcome.DECLINE]), max_size=9),
    st.lists(st.sampled_from([Outcome.ACCEPT, Outcome.DECLINE]), max_size=9),
)
def test_nothing_of_a_group_of_fewer_than_five_is_told(small, large):
    one = replace(
        GOOD,
        decisions=(
            *(decision(outcome=each) for each in small),
            *(decision(outcome=each, is_small=False) for each in large),
        ),
    )
    fact = said(Principle.FAIRNESS, one, "Not accepted")
    assert ("%" in fact.words) == (min(len(small), len(large)) >= FEWEST)


@given(st.integers(0, 500), st.integers(0, 500))
def test_per_cent_is_rounded_to_the_nearest(part, whole):
    if whole:
        assert abs(rules.percent(part, whole) * whole - 100 * part) * 2 <= whole
    else:
        assert rules.percent(part, whole) == 0
