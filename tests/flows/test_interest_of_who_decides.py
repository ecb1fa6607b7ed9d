"""Whoever decides what came of a competition says first that they have no interest in it."""

import pytest

from flsf.casework.calloffs import actions as calloffs
from flsf.casework.calloffs import queries as awards
from flsf.casework.calloffs.enums import AwardStatus, Decision
from flsf.casework.competitions import actions
from flsf.casework.competitions.enums import Stage
from flsf.mandate.governance.actions import ConflictNotTold
from flsf.mandate.governance.models import Declaration
from flsf.shared.accounts.enums import Role
from tests import factories_awards, factories_matching
from tests import factories_competitions as made
from tests.factories import TODAY, council_member
from tests.factories_competitions import LATER
from tests.flows.test_hold_competition import proposed, stage

pytestmark = pytest.mark.django_db


def decide(award, by, decision=Decision.AWARDED):
    return factories_matching.decide_award(
        award_id=award.pk, decision=decision, reason="So.", by=by, at=LATER
    )


def declare(award, by, *, has_conflict=False, words=""):
    actions.declare_to_decide(
        competition_id=award.competition_id,
        has_conflict=has_conflict,
        words=words,
        by=by,
        at=LATER,
    )


def waiting(award, by):
    return award in awards.awaiting(person=by, on=TODAY)


@pytest.fixture
def held():
    return made.moderated((5, 5), (4, 4))


@pytest.fixture
def award(held):
    return proposed(held)


@pytest.mark.parametrize("decision", sorted(Decision))
def test_nothing_is_decided_before_it_is_said(held, award, decision):
    with pytest.raises(calloffs.DeclareFirst):
        decide(award, held.scene.director, decision)
    award.refresh_from_db()
    assert award.status == AwardStatus.AWAITING
    declare(award, held.scene.director)
    decide(award, held.scene.director, decision)
    award.refresh_from_db()
    assert award.decision == decision


@pytest.mark.parametrize("decision", sorted(Decision))
def test_with_an_interest_somebody_else_decides(held, award, decision):
    director, other = held.scene.director, council_member(Role.DIRECTOR)
    assert waiting(award, director)
    declare(award, director, has_conflict=True, words="My sister works for one of them.")
    with pytest.raises(calloffs.HasInterest):
        decide(award, director, decision)
    assert not waiting(award, director)
    assert waiting(award, other)
    declare(award, other)
    decide(award, other, decision)


def test_an_interest_in_one_competition_keeps_from_no_other_award(held, award):
    beside = calloffs.propose(
        proposal=factories_awards.proposal(), findings={}, by=held.scene.caseworker, at=LATER
    )
    declare(award, held.scene.director, has_conflict=True, words="I own a part of it.")
    assert list(awards.awaiting(person=held.scene.director, on=TODAY)) == [beside]


def test_it_is_said_once_and_with_words(held, award):
    director = held.scene.director
    with pytest.raises(ConflictNotTold):
        declare(award, director, has_conflict=True, words="  ")
    declare(award, director)
    with pytest.raises(actions.AlreadyDeclared):
        declare(award, director, has_conflict=True, words="I forgot one.")
    assert [one.has_conflict for one in Declaration.objects.filter(declared_by=director.pk)] == [
        False
    ]


def test_only_whoever_may_decide_says_it_and_only_while_an_award_can_wait(held):
    director = held.scene.director
    told = {"competition_id": held.competition.pk, "has_conflict": False, "at": LATER}
    award = proposed(held)
    with pytest.raises(actions.MayNot):
        actions.declare_to_decide(**told, by=held.scene.caseworker)
    declare(award, director)
    decide(award, director)
    assert stage(held) is Stage.AWARDED
    with pytest.raises(actions.NotNow):
        actions.declare_to_decide(**told, by=council_member(Role.DIRECTOR))


def test_nobody_says_it_before_bids_are_ranked():
    held = made.opened()
    with pytest.raises(actions.NotNow):
        actions.declare_to_decide(
            competition_id=held.competition.pk,
            has_conflict=False,
            by=held.scene.director,
            at=LATER,
        )


def test_an_award_whose_first_bid_was_withdrawn_can_still_be_sent_back(held, award):
    actions.withdraw(competition_id=held.competition.pk, by=held.managers[0], at=LATER)
    declare(award, held.scene.director)
    decide(award, held.scene.director, Decision.RETURNED)
    award.refresh_from_db()
    assert award.status == AwardStatus.RETURNED
