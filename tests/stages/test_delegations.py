"""Who may award is recorded with its minute, and a decision is taken under it or not at all."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from flsf.casework.calloffs import actions as calloffs
from flsf.casework.calloffs import queries as find_awards
from flsf.casework.calloffs.enums import AwardStatus, Decision
from flsf.core.people import SYSTEM
from flsf.mandate.delegations import actions, queries
from flsf.mandate.delegations.actions import NewDelegation
from flsf.mandate.delegations.enums import Power
from flsf.mandate.delegations.models import Delegation
from flsf.mandate.delegations.queries import NotDelegated
from flsf.mandate.framework import actions as frameworks
from flsf.market.evaluation import actions as evaluation
from flsf.market.evaluation import queries as find_evaluation
from flsf.market.evaluation.enums import Outcome
from flsf.market.evaluation.models import JudgedBy
from flsf.shared.accounts.enums import Role
from flsf.shared.audit.models import AuditEntry
from tests import factories, factories_evaluation
from tests.factories import NOW, TODAY, council_member
from tests.factories_evaluation import decided, free_to_decide, reported
from tests.factories_matching import proposed
from tests.factories_matching import scene as to_award

pytestmark = pytest.mark.django_db

NEW = NewDelegation(
    power=Power.CALL_OFF,
    role=Role.DIRECTOR,
    post="Director",
    given_by="Cabinet",
    given_on=TODAY,
    minute="minute 9",
    terms="Under the criteria in the report.",
    in_force_from=TODAY,
)


@pytest.fixture
def inside():
    made = factories.made_framework()
    Delegation.objects.all().delete()
    return made


def record(inside, by=SYSTEM, at=NOW, **more):
    return actions.record(framework_id=inside.pk, new=replace(NEW, **more), by=by, at=at)


def authority(inside, role=Role.DIRECTOR, on=TODAY):
    return queries.authority(inside.pk, Power.CALL_OFF, [role], on=on)


def test_recorded_it_holds_from_its_day_and_the_record_says_so(inside):
    record(inside, in_force_from=TODAY + timedelta(days=1))
    assert authority(inside) is None
    assert authority(inside, on=TODAY + timedelta(days=1)).minute == "minute 9"
    said = AuditEntry.objects.filter(tag="mandate:delegation:recorded").latest("pk")
    assert said.details == {"number": 1, "power": "call_off", "role": "director"}


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"minute": " "}, actions.NotWhole),
        ({"terms": ""}, actions.NotWhole),
        ({"given_on": TODAY + timedelta(days=1)}, actions.GivenLater),
        ({"in_force_from": TODAY - timedelta(days=1)}, actions.HoldsBeforeGiven),
        ({"passed_on_from": 7}, actions.NotTheirsToPassOn),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused(inside, more, refusal):
    with pytest.raises(refusal):
        record(inside, **more)
    assert not Delegation.objects.exists()


def test_nobody_records_what_is_delegated_to_their_own_role(inside):
    with pytest.raises(actions.OwnDelegation):
        record(inside, by=council_member(Role.DIRECTOR))
    assert record(inside, by=council_member(Role.PROCUREMENT)).number == 1


def test_only_what_holds_and_is_of_the_same_power_is_passed_on(inside):
    first = record(inside, given_on=date(2026, 1, 1), in_force_from=date(2026, 1, 1))
    with pytest.raises(actions.NotTheirsToPassOn):
        record(inside, power=Power.JOIN, role=Role.COMMISSIONER, passed_on_from=first.number)
    actions.end(delegation_id=first.pk, last_day=TODAY, why="A new scheme", by=SYSTEM, at=NOW)
    later = TODAY + timedelta(days=1)
    with pytest.raises(actions.NotTheirsToPassOn):
        record(inside, role=Role.COMMISSIONER, passed_on_from=first.number, in_force_from=later)


def test_ended_it_holds_to_its_last_day_and_takes_what_was_passed_on_with_it(inside):
    first = record(inside)
    record(inside, role=Role.COMMISSIONER, passed_on_from=first.number)
    last = TODAY + timedelta(days=3)
    actions.end(delegation_id=first.pk, last_day=last, why="A new scheme", by=SYSTEM, at=NOW)
    assert authority(inside, Role.COMMISSIONER, last) is not None
    assert authority(inside, Role.COMMISSIONER, last + timedelta(days=1)) is None
    with pytest.raises(actions.AlreadyEnded):
        actions.end(delegation_id=first.pk, last_day=last, why="Again", by=SYSTEM, at=NOW)


def test_an_end_needs_a_reason_and_a_day_to_come(inside):
    first = record(inside)
    with pytest.raises(actions.ReasonMissing):
        actions.end(delegation_id=first.pk, last_day=TODAY, why=" ", by=SYSTEM, at=NOW)
    yesterday = TODAY - timedelta(days=1)
    with pytest.raises(actions.EndsInThePast):
        actions.end(delegation_id=first.pk, last_day=yesterday, why="x", by=SYSTEM, at=NOW)


# --- Deciding under one ---


def award(at, award_id, by):
    return calloffs.decide(
        award_id=award_id, decision=Decision.AWARDED, reason="Fits.", by=by, at=NOW
    )


def test_an_award_keeps_by_whose_leave_and_what_was_found_of_each_criterion():
    at = to_award()
    frameworks.publish_criteria(
        framework_id=at.lot.framework_id,
        criteria=["Safe", "Able"],
        in_force_from=TODAY,
        by=SYSTEM,
        at=NOW,
    )
    made = award(at, proposed(at).pk, at.director)
    kept = find_awards.basis_kept(made)
    assert kept.authority.in_words == "Cabinet to the Director, 29 January 2026, minute 57"
    assert kept.authority.limit_pence is None
    assert kept.criteria_version == 1
    assert [one.criterion for one in kept.shown][:2] == ["Safe", "Able"]
    assert {one.result for one in kept.shown[:2]} == {"Decided on paper"}
    Delegation.objects.update(minute="minute 99")
    assert find_awards.basis_kept(made).authority.minute == "minute 57"


def test_nothing_is_awarded_without_a_delegation_and_everything_else_may_be_decided():
    at = to_award()
    Delegation.objects.filter(power=Power.CALL_OFF).delete()
    waiting = proposed(at)
    with pytest.raises(NotDelegated, match="award call-offs under the framework"):
        award(at, waiting.pk, at.director)
    waiting.refresh_from_db()
    assert waiting.status == AwardStatus.AWAITING
    sent_back = calloffs.decide(
        award_id=waiting.pk, decision=Decision.RETURNED, reason="Why?", by=at.director, at=NOW
    )
    assert (sent_back.status, sent_back.basis) == (AwardStatus.RETURNED, {})


def test_who_joins_is_decided_under_a_delegation_and_keeps_it():
    at = factories_evaluation.scene()
    frameworks.publish_criteria(
        framework_id=at.framework.pk, criteria=["Safe"], in_force_from=TODAY, by=SYSTEM, at=NOW
    )
    evaluation.say_judged_by(
        framework_id=at.framework.pk, parts={"Safe": ["past"]}, by=at.first, at=NOW
    )
    made = decided(at)
    kept = made.decision.basis
    assert kept["authority"]["minute"] == "minute 57"
    assert [one[:2] for one in kept["shown"]] == [["Safe", "Met"]]


def test_without_a_delegation_nobody_decides_who_joins():
    at = factories_evaluation.scene()
    Delegation.objects.filter(role=Role.DIRECTOR).delete()
    made = reported(at)
    free_to_decide(made, at.director)
    with pytest.raises(NotDelegated, match="who joins"):
        evaluation.decide(
            evaluation_id=made.pk, outcome=Outcome.ACCEPT, reason="Yes.", by=at.director, at=NOW
        )


def test_the_parts_of_a_criterion_are_said_by_a_person_and_only_changes_are_kept(inside):
    officer = council_member(Role.COMMISSIONER)
    told = {"framework_id": inside.pk, "at": NOW}
    with pytest.raises(evaluation.PartsMissing, match="Able"):
        evaluation.say_judged_by(parts={"Safe": ["a"], "Able": []}, by=officer, **told)
    with pytest.raises(evaluation.NeedsAPerson):
        evaluation.say_judged_by(parts={"Safe": ["a"]}, by=SYSTEM, **told)
    assert evaluation.say_judged_by(parts={"Safe": ["a"]}, by=officer, **told) == 1
    assert evaluation.say_judged_by(parts={"Safe": ["a"]}, by=officer, **told) == 0
    evaluation.say_judged_by(parts={"Safe": ["a", "b"]}, by=officer, **told)
    assert find_evaluation.judged_by(inside.pk) == {"Safe": ("a", "b")}
    assert JudgedBy.objects.count() == 2
