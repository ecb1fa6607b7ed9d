"""When a delegation holds, under which one somebody decides, and what a decision keeps."""

import json
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from flsf.mandate.delegations import rules
from flsf.mandate.delegations.enums import Power
from flsf.mandate.delegations.rules import Basis, Given, Shown
from flsf.market.evaluation import rules as evaluation
from flsf.market.evaluation.enums import Verdict
from flsf.market.evaluation.rules import Found
from flsf.shared.accounts.enums import Role

DAY = date(2026, 5, 15)


def one(number, *, role=Role.DIRECTOR, power=Power.CALL_OFF, since=DAY, last=None, of=None):
    return Given(
        number=number,
        power=power,
        role=role,
        post=str(role.label),
        given_by="Cabinet" if of is None else "Director",
        given_on=since,
        minute=f"minute {number}",
        terms="To award.",
        since=since,
        last_day=last,
        passed_on_from=of,
    )


def asked(every, role=Role.DIRECTOR, power=Power.CALL_OFF, on=DAY):
    return rules.authority(every, power, [role], on=on)


def test_it_holds_from_its_day_to_its_last():
    every = [one(1, last=DAY + timedelta(days=2))]
    found = [asked(every, on=DAY + timedelta(days=ahead)) is not None for ahead in range(-1, 4)]
    assert found == [False, True, True, True, False]


def test_it_gives_its_own_power_to_its_own_role_alone():
    every = [one(1)]
    assert asked(every, role=Role.COMMISSIONER) is None
    assert asked(every, power=Power.JOIN) is None


def test_what_was_passed_on_falls_with_what_it_came_from():
    every = [one(1, last=DAY), one(2, role=Role.COMMISSIONER, of=1)]
    found = asked(every, Role.COMMISSIONER)
    assert found.in_words == (
        "Director to the Commissioning officer, 15 May 2026, minute 2; "
        "who has it from Cabinet, 15 May 2026, minute 1"
    )
    assert asked(every, Role.COMMISSIONER, on=DAY + timedelta(days=1)) is None


def test_the_one_given_most_directly_is_the_one_decided_under():
    every = [one(1, role=Role.COMMISSIONER), one(2, of=1), one(3)]
    assert asked(every).number == 3


@st.composite
def chains(draw):
    """Delegations of which each may be passed on from any other, even in a ring."""
    size = draw(st.integers(1, 6))
    made = []
    for number in range(1, size + 1):
        since = DAY + timedelta(days=draw(st.integers(-3, 3)))
        length = draw(st.none() | st.integers(0, 5))
        made.append(
            one(
                number,
                power=draw(st.sampled_from([Power.JOIN, Power.CALL_OFF])),
                since=since,
                last=None if length is None else since + timedelta(days=length),
                of=draw(st.none() | st.integers(1, size)),
            )
        )
    return made


def holds_slowly(every, on):
    """Numbers in force, found by adding from the roots until nothing is added."""
    alive = {
        one.number: one
        for one in every
        if one.since <= on and (one.last_day is None or one.last_day >= on)
    }
    reached = {number for number, each in alive.items() if each.passed_on_from is None}
    while True:
        more = {
            number
            for number, each in alive.items()
            if each.passed_on_from in reached
            and alive[each.passed_on_from].power is each.power
            and number not in reached
        }
        if not more:
            return reached
        reached |= more


@given(chains(), st.integers(-4, 9))
def test_it_holds_as_worked_out_from_the_roots(every, ahead):
    on = DAY + timedelta(days=ahead)
    by_number = {each.number: each for each in every}
    found = {each.number for each in every if rules.holds(each, by_number, on=on)}
    assert found == holds_slowly(every, on)


@given(st.none() | st.integers(0, 10**9), st.lists(st.text(min_size=1), max_size=3))
def test_what_is_kept_reads_back_as_it_was(limit, criteria):
    found = replace(asked([one(1)]), limit_pence=limit)
    kept = Basis(found, 2, tuple(Shown(words, "Met", "here") for words in criteria))
    assert rules.basis_from_json(json.loads(json.dumps(kept.as_json()))) == kept


def test_nothing_kept_is_nothing():
    assert rules.basis_from_json({}) is None


GOOD = {
    "people": Found("The people", Verdict.MEETS, None),
    "teaching": Found("Teaching", Verdict.MEETS, 4),
}


def test_a_criterion_is_met_when_every_part_that_judges_it_is():
    shown = evaluation.shown("Safe", ["people", "teaching"], GOOD)
    assert (shown.result, shown.where) == (
        "Met",
        "The people: meets it; Teaching: meets it, 4 of 5",
    )
    worse = GOOD | {"teaching": Found("Teaching", Verdict.NOT_YET, 1)}
    assert evaluation.shown("Safe", ["people", "teaching"], worse).result == "Not met yet"


def test_a_criterion_nobody_mapped_or_asked_says_so():
    assert evaluation.shown("Safe", [], GOOD).result == "Not said"
    assert evaluation.shown("Safe", ["prices"], GOOD).result == "Not asked of them"
