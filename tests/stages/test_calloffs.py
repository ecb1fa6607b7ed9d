"""Support is bought lawfully, by those who may."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from flsf.casework.calloffs import actions, queries
from flsf.casework.calloffs.enums import AwardStatus, Decision, DirectGround
from flsf.casework.calloffs.models import Award
from flsf.casework.calloffs.rules import Found
from flsf.core.money import Money
from flsf.core.people import SYSTEM
from flsf.mandate.budgets.enums import Group
from flsf.mandate.framework import actions as frameworks
from flsf.mandate.framework.enums import CommercialModel
from flsf.mandate.framework.models import Lot
from flsf.mandate.framework.rules import LotTerms
from flsf.shared.accounts.enums import OrganisationKind, Role
from tests.factories import NOW, TODAY, council_member, member_of, organisation
from tests.factories_awards import MONDAY, limit, proposal, provider
from tests.factories_money import waiver

pytestmark = pytest.mark.django_db


def propose(one=None, *, by=SYSTEM, **changes):
    return actions.propose(proposal=one or proposal(**changes), findings={}, by=by, at=NOW)


def decide(award, by, decision=Decision.AWARDED, reason="Fits best."):
    return actions.decide(award_id=award.pk, decision=decision, reason=reason, by=by, at=NOW)


@pytest.fixture
def director():
    limit(Role.DIRECTOR, None)
    return council_member(Role.DIRECTOR)


def test_a_proposal_waits_for_a_decision():
    award = propose()
    assert (award.status, award.decision, award.gross) == (
        AwardStatus.AWAITING,
        "",
        Money(500_00),
    )


def set_model(lot_id, model):
    frameworks.set_model(
        framework_id=Lot.objects.get(pk=lot_id).framework_id,
        model=model,
        in_force_from=TODAY,
        authority="Director",
        reason="As a fallback.",
        by=SYSTEM,
        at=NOW,
    )


def test_a_dynamic_market_refuses_what_is_below_the_threshold_by_name_with_the_rule():
    one = proposal()
    set_model(one.lot_id, CommercialModel.DYNAMIC_MARKET)
    with pytest.raises(actions.ModelRefuses) as told:
        propose(one)
    assert "£663,540.00 or more" in str(told.value)
    assert "section 34" in str(told.value)


def test_an_award_proposed_before_the_model_changed_is_not_made_after(director):
    one = proposal()
    award = propose(one)
    set_model(one.lot_id, CommercialModel.DYNAMIC_MARKET)
    with pytest.raises(actions.ModelRefuses):
        decide(award, director)
    assert decide(award, director, Decision.NOT_AWARDED).status == AwardStatus.NOT_AWARDED


def test_a_lot_that_allows_no_direct_award_has_none_proposed_or_made(director):
    before, after = proposal(), proposal()
    award = propose(before)
    for one in (before, after):
        frameworks.change_lot(
            lot_id=one.lot_id,
            name="Tutoring",
            terms=LotTerms(direct_award_allowed=False),
            by=SYSTEM,
            at=NOW,
        )
    with pytest.raises(actions.LotWantsCompetition):
        propose(after)
    with pytest.raises(actions.LotWantsCompetition):
        decide(award, director)
    assert decide(award, director, Decision.NOT_AWARDED).status == AwardStatus.NOT_AWARDED


def test_nothing_is_bought_outside_a_framework_without_a_waiver():
    with pytest.raises(actions.ModelRefuses, match="waiver"):
        propose(lot_id=None, lot_code="")
    assert propose(lot_id=None, lot_code="", waiver_id=waiver().pk).waiver_id


def test_refuses_to_buy_nothing():
    with pytest.raises(actions.NothingIsBought):
        propose(net=0)


def test_a_direct_award_needs_its_ground():
    with pytest.raises(actions.GroundMissing):
        propose(direct_ground=None)
    with pytest.raises(actions.NotRankedFirst):
        propose(direct_ground=DirectGround.BEST_FIT, rank=2, override_reason="Closer to home")


@pytest.mark.parametrize(
    ("decision", "status"),
    [
        (Decision.AWARDED, AwardStatus.AWARDED),
        (Decision.RETURNED, AwardStatus.RETURNED),
        (Decision.NOT_AWARDED, AwardStatus.NOT_AWARDED),
    ],
)
def test_the_decision_says_who_when_and_why(director, decision, status):
    award = decide(propose(), director, decision)
    assert (award.status, award.decided_by, award.decision_reason) == (
        status,
        director,
        "Fits best.",
    )
    with pytest.raises(actions.AlreadyDecided):
        decide(award, director)


def test_refuses_a_decision_without_reason_or_by_somebody_who_may_not(director):
    award = propose()
    with pytest.raises(actions.ReasonMissing):
        decide(award, director, reason="  ")
    with pytest.raises(actions.MayNotDecide):
        decide(award, council_member(Role.CASEWORKER))
    with pytest.raises(actions.OwnProposal):
        decide(propose(by=director), director)


def test_refuses_a_decision_beyond_the_limit_but_not_to_decline():
    limit(Role.COMMISSIONER, 400)
    officer = council_member(Role.COMMISSIONER)
    award = propose()
    with pytest.raises(actions.BeyondYourLimit) as told:
        decide(award, officer)
    assert "for £500.00 with VAT and you may decide up to £400.00" in str(told.value)
    assert decide(award, officer, Decision.RETURNED).status == AwardStatus.RETURNED


def test_a_role_without_a_limit_decides_nothing():
    with pytest.raises(actions.BeyondYourLimit):
        decide(propose(), council_member(Role.COMMISSIONER))


def test_ends_early_within_its_term(director):
    award = decide(propose(), director)
    with pytest.raises(actions.EndOutsideTerm):
        actions.end(award_id=award.pk, ended_on=award.ends_on + timedelta(1), by=SYSTEM, at=NOW)
    ended = actions.end(award_id=award.pk, ended_on=MONDAY, by=SYSTEM, at=NOW)
    assert (ended.status, ended.ended_on) == (AwardStatus.ENDED, MONDAY)
    with pytest.raises(actions.NotAwarded):
        actions.end(award_id=award.pk, ended_on=MONDAY, by=SYSTEM, at=NOW)


def test_what_was_found_is_on_the_register_as_found(officer):
    found = [
        Found("A-FOUND2", proposal(), AwardStatus.AWARDED, "Recorded as found"),
        Found("A-FOUND3", proposal(), AwardStatus.ENDED, "Recorded as found", ended_on=MONDAY),
    ]
    made = actions.record_found_many(found=found, by=SYSTEM, at=NOW)
    assert [one.ref for one in made] == ["A-FOUND2", "A-FOUND3"]
    assert queries.agreed_by_ref(["A-FOUND3"])["A-FOUND3"].ended_on == MONDAY
    assert queries.register(person=officer, on=TODAY, status="ended").get().ref == "A-FOUND3"


def test_waits_for_those_whose_limit_reaches_and_who_did_not_propose(director):
    limit(Role.COMMISSIONER, 600)
    officer = council_member(Role.COMMISSIONER)
    small, large = propose(by=director), propose(net=70_000, by=officer)
    assert list(queries.awaiting(person=officer, on=TODAY)) == [small]
    assert list(queries.awaiting(person=director, on=TODAY)) == [large]


def test_estimates_are_what_waits_and_nothing_else(officer, director):
    propose()
    decide(propose(), director)
    assert queries.estimated(Group.TEAM, person=officer, on=TODAY) == {"send": Money(500_00)}
    assert queries.estimated(Group.MONTH, person=officer, on=TODAY) == {"2026-06": Money(500_00)}


def test_call_offs_from_a_provider_are_valued_together():
    same = provider()
    propose(provider_id=same.pk)
    propose(provider_id=same.pk, net=20_000)
    propose()
    assert queries.called_off_rolling(same.pk, on=TODAY) == Money(700_00)
    assert queries.called_off(same.pk, since=date(2025, 1, 1), until=TODAY) == Money(0)


def test_a_provider_sees_its_own_awards_only():
    place = organisation(OrganisationKind.PROVIDER)
    award = propose()
    assert queries.with_ref(award.ref, person=member_of(place), on=TODAY) is None
    theirs = member_of(award.provider.organisation)
    assert queries.with_ref(award.ref, person=theirs, on=TODAY) == award


@pytest.mark.parametrize(
    "broken",
    [{"decision": "awarded"}, {"gross_pence": 1}, {"direct_ground": ""}, {"route": "waiver"}],
)
def test_the_database_refuses_half_a_decision_and_sums_that_do_not_add_up(broken):
    award = propose()
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.filter(pk=award.pk).update(**broken)
