"""What a provision lacks: by example and by property."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.mandate.budgets.enums import Route
from flsf.oversight.provisions import rules
from flsf.oversight.provisions.enums import Bought, Duty, Standing
from flsf.oversight.provisions.rules import Admitted, Contract, Provision, Watched

TODAY = date(2026, 5, 15)
DAY = timedelta(days=1)
GOVERNED = Admitted(
    lot_name="Tutoring", lot_runs=True, status_words="In the pool", agreement_version=2
)


def contract(**more):
    usual = {
        "award_ref": "A-1",
        "route": Route.DIRECT_AWARD,
        "is_decided": True,
        "starts_on": date(2026, 4, 1),
        "last_day": date(2026, 7, 17),
    }
    return Contract(**(usual | more))


def under_waiver(**more):
    usual = {
        "route": Route.WAIVER,
        "waiver_ref": "W-1",
        "waiver_starts_on": date(2026, 4, 1),
        "waiver_expires_on": TODAY,
    }
    return contract(**(usual | more))


UNSEEN = Watched()


def provision(*contracts, admitted=GOVERNED, watched=UNSEEN, teams=("send",)):
    return Provision(
        provider_ref="P-1",
        provider_name="Canal Side",
        service_ref="S-1",
        name="Maths",
        lot_name=admitted.lot_name,
        teams=teams,
        routes=tuple(rules.bought(one, on=TODAY) for one in contracts),
        contracts=contracts,
        admitted=admitted,
        watched=watched,
        on=TODAY,
    )


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (contract(last_day=TODAY), None),
        (contract(last_day=TODAY - DAY), "Its award ended on 14 May 2026"),
        (contract(is_decided=False), "Nobody has decided its award"),
        (contract(route=Route.SPOT), "Bought outside the framework without a waiver"),
        (under_waiver(), None),
        (under_waiver(waiver_expires_on=TODAY - DAY), "Its waiver ran out on 14 May 2026"),
        (under_waiver(waiver_ended_on=TODAY), "Its waiver was ended on 15 May 2026"),
        (under_waiver(waiver_ended_on=TODAY + DAY), None),
        (under_waiver(waiver_starts_on=TODAY + DAY), "Its waiver begins on 16 May 2026"),
        (
            under_waiver(
                starts_on=TODAY + 9 * DAY,
                waiver_starts_on=TODAY + 9 * DAY,
                waiver_expires_on=TODAY + 20 * DAY,
            ),
            None,
        ),
    ],
)
def test_a_placement_rests_on_an_award_or_a_waiver_or_on_nothing(one, words):
    wrong = rules.fault(one, on=TODAY)
    assert (wrong.words if wrong else None) == words


def test_how_it_is_bought_follows():
    assert rules.bought(contract(), on=TODAY) is Bought.FRAMEWORK
    assert rules.bought(under_waiver(), on=TODAY) is Bought.WAIVER
    assert rules.bought(contract(route=Route.SPOT), on=TODAY) is Bought.NOTHING


@pytest.mark.parametrize(
    ("admitted", "gaps"),
    [
        (GOVERNED, []),
        (Admitted(), ["It is in no lot of a framework"]),
        (
            Admitted(lot_name="Tutoring", lot_runs=True),
            ["The provider is not admitted to Tutoring"],
        ),
        (
            Admitted(lot_name="Tutoring", status_words="Removed", is_removed=True),
            [
                "The framework of Tutoring does not run today",
                "The provider is removed from Tutoring",
                "No agreement for Tutoring is in force",
            ],
        ),
    ],
)
def test_governance_is_an_agreement_in_force_in_a_lot_that_runs(admitted, gaps):
    assert rules.governance_gaps(admitted) == gaps


def test_oversight_is_checks_in_date_and_nothing_late():
    watched = Watched(
        overdue=("Public liability insurance",),
        visit_due_on=TODAY - DAY,
        review_due_on=TODAY - 2 * DAY,
    )
    assert rules.oversight_gaps(watched, on=TODAY) == [
        "Not in date: Public liability insurance",
        "A visit was due by 14 May 2026",
        "Its suspension was to be looked at by 13 May 2026",
    ]
    assert rules.oversight_gaps(Watched(visit_due_on=TODAY, review_due_on=TODAY), on=TODAY) == []
    asked_nothing = rules.oversight_gaps(Watched(asks_checks=False), on=TODAY)
    assert asked_nothing == ["No check is asked of providers yet"]


def test_a_gap_says_of_how_many_placements_it_is_true():
    one = provision(contract(), contract(route=Route.SPOT), contract(route=Route.SPOT))
    assert one.gaps[Duty.PROCUREMENT] == ["Bought outside the framework without a waiver (2 of 3)"]
    alone = provision(contract(route=Route.SPOT))
    assert alone.gaps[Duty.PROCUREMENT] == ["Bought outside the framework without a waiver"]


def test_what_is_there_is_told_in_words():
    one = provision(
        contract(), under_waiver(), contract(), watched=Watched(visited_on=date(2026, 5, 1))
    )
    assert one.standing is Standing.COMPLIANT
    assert [one.present(duty) for duty in Duty] == [
        "Agreement version 2, Tutoring",
        "In date; last looked at on 1 May 2026",
        "Award under the framework: 2; Waiver that is live: 1",
    ]
    assert provision(contract()).present(Duty.OVERSIGHT) == "In date"


def test_filters_narrow_and_empty_ones_do_not():
    good, bad = provision(contract()), provision(contract(route=Route.SPOT), teams=("ap",))
    every = [good, bad]
    assert rules.narrowed(every) == every
    assert rules.narrowed(every, standing="compliant") == [good]
    assert rules.narrowed(every, lacking="procurement") == [bad]
    assert rules.narrowed(every, route="framework") == [good]
    assert rules.narrowed(every, team="ap") == [bad]
    assert rules.narrowed(every, team="ap", standing="compliant") == []


@given(
    st.lists(
        st.builds(
            contract,
            route=st.sampled_from([Route.DIRECT_AWARD, Route.SPOT, Route.WAIVER]),
            is_decided=st.booleans(),
            last_day=st.dates(TODAY - 5 * DAY, TODAY + 5 * DAY),
            waiver_expires_on=st.dates(TODAY - 5 * DAY, TODAY + 5 * DAY),
        ),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from([GOVERNED, Admitted()]),
    st.booleans(),
)
def test_a_provision_complies_if_and_only_if_nothing_is_missing(contracts, admitted, overdue):
    watched = Watched(overdue=("Insurance",) if overdue else ())
    one = provision(*contracts, admitted=admitted, watched=watched)
    told = rules.summary([one])
    assert (one.standing is Standing.COMPLIANT) == (not any(one.gaps.values()))
    assert told.compliant + told.not_compliant == told.provisions == 1
    assert bool(told.not_compliant) == any(told.lacking.values())
    assert bool(one.faulty) == bool(one.gaps[Duty.PROCUREMENT]) == (Bought.NOTHING in one.routes)
