"""An award is whole or not at all: shortlist, place, money, placement, disclosure, word."""

from dataclasses import replace
from datetime import date

import pytest

from flsf.casework.calloffs import actions as calloffs
from flsf.casework.calloffs.enums import AwardStatus, Decision, DirectGround, ValueRule
from flsf.casework.calloffs.models import Award
from flsf.casework.children import queries as children
from flsf.casework.children.enums import Detail, SenStage
from flsf.casework.matching import queries as matching
from flsf.casework.matching.models import Shortlist
from flsf.casework.referrals import queries as referrals
from flsf.casework.referrals.enums import Status
from flsf.casework.timetable.actions import ChildIsElsewhere, NoPlaceLeft
from flsf.casework.timetable.enums import Hold
from flsf.casework.timetable.models import Booking
from flsf.core.money import Money
from flsf.delivery.placements.models import Placement
from flsf.flows.award_calloff import ReferralNotSeen, ServiceGone, propose_award
from flsf.flows.keep_registration import WouldBeASchool
from flsf.mandate.budgets import actions as budgets
from flsf.mandate.budgets import queries as find_budgets
from flsf.shared.accounts.enums import Role
from flsf.shared.notify.models import Message
from tests.factories import NOW, TODAY, council_member, member_of
from tests.factories_awards import budget, limit
from tests.factories_market import require
from tests.factories_matching import (
    WANTED,
    child,
    choice,
    decided,
    proposed,
    referral,
    scene,
    service,
)

pytestmark = pytest.mark.django_db


def status_of(at):
    return referrals.status_on(TODAY, referral_id=at.referral.pk)


def test_a_proposal_freezes_the_shortlist_and_holds_the_place():
    at = scene()
    award = proposed(at)
    assert matching.replay(award.shortlist.ref)
    assert set(Booking.objects.values_list("half_day", "hold", "award_ref")) == {
        (0, Hold.HELD, award.ref),
        (2, Hold.HELD, award.ref),
    }
    # Six school weeks of two half-days of 2.5 hours at £40.
    assert (award.gross, award.status) == (Money(1200_00), AwardStatus.AWAITING)
    assert award.findings["rank"] == 1
    assert award.findings["working"] == "12 half-days on school days times 2.5 hours times £40.00"
    assert status_of(at) is Status.MATCHING


def test_an_award_does_everything_that_goes_with_it():
    at = scene()
    provider_person = member_of(at.service.provider.organisation, Role.PROVIDER_MANAGER)
    award = proposed(at)
    assert children.detail_for(at.child.pk, person=provider_person, on=TODAY) is None
    placement_ref = decided(award, at.director)
    placement = Placement.objects.get(ref=placement_ref)
    assert (placement.award_id, placement.starts_on) == (award.pk, WANTED)
    assert placement.nature == f"Tutoring: {at.service.name}"
    assert set(Booking.objects.values_list("hold", flat=True)) == {Hold.BOOKED}
    assert find_budgets.headroom(at.budget.pk) == 50_000_00 - 1200_00
    assert children.detail_for(at.child.pk, person=provider_person, on=TODAY) is Detail.WORKING
    assert status_of(at) is Status.OFFERED
    assert set(Message.objects.values_list("recipient", "template")) >= {
        (provider_person.pk, "award-made"),
        (at.caseworker.pk, "award-decided"),
    }


@pytest.mark.parametrize("decision", [Decision.RETURNED, Decision.NOT_AWARDED])
def test_what_is_not_awarded_frees_the_place_and_costs_nothing(decision):
    at = scene()
    decided(proposed(at), at.director, decision)
    assert not Booking.objects.exists()
    assert not Placement.objects.exists()
    assert find_budgets.headroom(at.budget.pk) == 50_000_00
    proposed(at)  # and can be proposed again


def test_choosing_another_than_the_first_needs_a_reason():
    at = scene()
    other = service(at.lot, largest_group=8)
    wanted = {"service_ref": other.ref, "ground": DirectGround.PREFERENCE}
    with pytest.raises(calloffs.OverrideNeedsReason):
        proposed(at, **wanted)
    with pytest.raises(calloffs.NotRankedFirst):
        proposed(at, service_ref=other.ref, override_reason="Near grandma.")
    award = proposed(at, **wanted, override_reason="Near grandma.")
    assert (award.override_reason, award.findings["rank"]) == ("Near grandma.", 2)


def test_a_service_the_law_leaves_out_cannot_be_chosen_with_any_reason():
    at = scene()
    require()
    with pytest.raises(calloffs.RuledOut) as told:
        proposed(at, ground=DirectGround.URGENT, override_reason="Nobody else is free.")
    assert "Public liability insurance" in str(told.value)
    assert not Shortlist.objects.exists()


def test_more_hours_than_an_unregistered_provider_may_give_are_refused():
    at = scene()
    planned = referral(child(sen_stage=SenStage.EHCP), half_days_mask=0b101)
    at = replace(at, referral=planned)
    with pytest.raises(WouldBeASchool) as told:
        proposed(at, half_days_mask=0b1111111111)
    assert "25 hours a week" in str(told.value)
    proposed(at)


def test_a_start_that_has_passed_is_retrospective_and_needs_its_reason():
    at = scene()
    with pytest.raises(calloffs.FindingNeedsReason):
        proposed(at, starts_on=date(2026, 5, 11))
    award = proposed(
        at, starts_on=date(2026, 5, 11), reasons={ValueRule.RETROSPECTIVE: "Agreed by phone."}
    )
    assert award.findings["reasons"] == {"retrospective": "Agreed by phone."}


def test_a_provider_that_lapsed_since_the_proposal_is_not_awarded():
    at = scene()
    award = proposed(at)
    require()
    with pytest.raises(calloffs.RuledOut):
        decided(award, at.director)
    award.refresh_from_db()
    assert award.status == AwardStatus.AWAITING
    assert not Placement.objects.exists()


def test_without_enough_budget_nothing_of_the_award_happens():
    at = scene()
    poor = budget(1000)
    award = proposed(at, budget_id=poor.pk)
    with pytest.raises(budgets.NotEnoughBudget):
        decided(award, at.director)
    award.refresh_from_db()
    assert award.status == AwardStatus.AWAITING
    assert set(Booking.objects.values_list("hold", flat=True)) == {Hold.HELD}
    assert not Placement.objects.exists()


def test_no_place_and_a_busy_child_are_refused_whole():
    at = scene()
    proposed(at)
    with pytest.raises(ChildIsElsewhere):
        proposed(at, ground=DirectGround.CONTINUITY, override_reason="x")
    small = service(at.lot, places={0: 1, 2: 1})
    proposed(replace(at, referral=referral()), **_of(small))
    with pytest.raises(NoPlaceLeft):
        proposed(replace(at, referral=referral()), **_of(small))
    assert Award.objects.count() == Shortlist.objects.count() == 2


def _of(other):
    return {
        "service_ref": other.ref,
        "ground": DirectGround.PREFERENCE,
        "override_reason": "They know each other.",
    }


def test_refuses_what_the_officer_cannot_see_and_services_that_are_not_there():
    at = scene()
    stranger = council_member(Role.FINANCE)
    with pytest.raises(ReferralNotSeen):
        propose_award(referral_id=at.referral.pk, choice=choice(at), by=stranger, at=NOW)
    with pytest.raises(ServiceGone):
        proposed(at, service_ref="S-NONE2")


def test_small_awards_are_decided_by_those_whose_limit_reaches():
    at = scene()
    limit(Role.COMMISSIONER, 1199)
    commissioner = council_member(Role.COMMISSIONER)
    award = proposed(at)
    with pytest.raises(calloffs.BeyondYourLimit):
        decided(award, commissioner)
    assert award.findings["tests"][-1]["words"] == "May be decided by: Director"
