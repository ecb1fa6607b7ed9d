"""A competition's award goes the road of every call-off, and everybody hears at one moment."""

from contextlib import suppress
from dataclasses import replace

import pytest

from flsf.casework.calloffs import actions as calloffs
from flsf.casework.calloffs import queries as awards
from flsf.casework.calloffs.enums import AwardStatus, Decision, DirectGround
from flsf.casework.calloffs.models import Award
from flsf.casework.competitions import actions, queries
from flsf.casework.competitions.enums import Stage
from flsf.core.money import Money
from flsf.delivery.placements.models import Placement
from flsf.flows import hold_competition
from flsf.flows.award_calloff import propose_award
from flsf.flows.award_competition import Settled, settle_and_propose
from flsf.mandate.budgets import queries as budgets
from flsf.mandate.budgets.enums import Route
from flsf.market.admissions import actions as admissions
from flsf.market.admissions.enums import SuspensionReason
from flsf.market.admissions.models import Admission
from flsf.shared.accounts.enums import Permission, Role
from flsf.shared.audit.models import AuditEntry
from flsf.shared.notify.models import Message
from tests import factories_awards, factories_matching
from tests import factories_competitions as made
from tests.factories import TODAY, council_member
from tests.factories_competitions import AFTER, BEFORE, LATER

pytestmark = pytest.mark.django_db


def settled(held, **more):
    return Settled(
        **({"budget_id": held.scene.budget.pk, "because": "First by the formula."} | more)
    )


def proposed(held, **more):
    ref = settle_and_propose(
        competition_id=held.competition.pk,
        settled=settled(held, **more),
        by=held.scene.caseworker,
        at=LATER,
    )
    return Award.objects.get(ref=ref)


def decide(award, by, decision=Decision.AWARDED):
    """Whoever may decide has said before that they have no interest."""
    if award.competition_id and by.may(Permission.DECIDE_AWARDS):
        with suppress(actions.AlreadyDeclared):
            actions.declare_to_decide(
                competition_id=award.competition_id, has_conflict=False, by=by, at=LATER
            )
    return factories_matching.decide_award(
        award_id=award.pk, decision=decision, reason="So.", by=by, at=LATER
    )


def told(template):
    return set(Message.objects.filter(template=template).values_list("recipient", flat=True))


def stage(held):
    return queries.stage_of(held.again(), LATER)


def test_every_provider_asked_is_written_to_and_the_message_names_nobody():
    held = made.published()
    assert told("competition-opened") == {one.pk for one in held.managers}
    [details] = set(map(str, Message.objects.values_list("details", flat=True)))
    assert details == str({"reference": held.competition.ref})


def test_an_answer_what_is_added_and_a_stop_go_to_all_who_were_asked():
    held = made.published()
    by = {"by": held.scene.caseworker, "at": BEFORE}
    asked = actions.ask(
        competition_id=held.competition.pk, words="How far?", by=held.managers[0], at=BEFORE
    )
    hold_competition.answer_all(question_id=asked.pk, words="One mile.", **by)
    of = {"competition_id": held.competition.pk}
    hold_competition.add_to_competition(**of, words="There is a lift.", **by)
    hold_competition.stop_competition(**of, because="Not needed.", **by)
    everybody = {one.pk for one in held.managers}
    for template in ("competition-answered", "competition-added-to", "competition-stopped"):
        assert told(template) == everybody


def test_an_award_after_a_competition_does_everything_a_direct_award_does():
    held = made.moderated((5, 5), (4, 4), at=made.scene(direct=False), rates=(3500, 3900))
    award = proposed(held)
    # Six school weeks of two half-days of 2.5 hours at the price that was bid.
    assert (award.route, award.gross, award.rate_pence) == (
        Route.MINI_COMPETITION,
        Money(1050_00),
        3500,
    )
    assert award.findings["competition"] == {
        "ref": held.competition.ref,
        "eligible": 2,
        "invited": 2,
        "bids": 2,
    }
    words = {one["test"]: one["words"] for one in award.findings["tests"]}
    assert words["method"].endswith("2 could bid, 2 were asked, 2 bid")
    assert words["rank"].startswith("First of the bids")
    assert told("competition-decided") == set()
    placement = decide(award, held.scene.director)
    assert Placement.objects.get(ref=placement).award_id == award.pk
    assert budgets.headroom(held.scene.budget.pk) == 50_000_00 - 1050_00
    assert (stage(held), held.again().award_ref) == (Stage.AWARDED, award.ref)
    assert told("competition-decided") == {one.pk for one in held.managers}
    assert told("award-made") == {held.managers[0].pk}


def test_k10_is_measured_of_the_awards_that_were_made():
    held = made.moderated((5, 5), (4, 4))
    award, on = proposed(held), TODAY
    assert awards.competed(person=held.scene.director, on=on) is None
    decide(award, held.scene.director)
    found = awards.competed(person=held.scene.director, on=on)
    assert (found.counted, found.eligible, found.bids, found.single) == (1, 2, 2, 0)


def test_the_limit_the_reason_and_the_proposer_hold_as_at_any_award():
    held = made.moderated((5, 5), (4, 4))
    award = proposed(held)
    factories_awards.limit(Role.COMMISSIONER, 100)
    with pytest.raises(calloffs.BeyondYourLimit):
        decide(award, council_member(Role.COMMISSIONER))
    with pytest.raises(calloffs.MayNotDecide):
        decide(award, held.scene.caseworker)


def test_whoever_scored_the_bids_does_not_decide_the_award():
    held = made.moderated((5, 5), (4, 4))
    factories_awards.limit(Role.COMMISSIONER, None)
    award = proposed(held)
    with pytest.raises(calloffs.ScoredIt):
        decide(award, held.second)
    assert decide(award, council_member(Role.COMMISSIONER))


def test_one_competition_has_one_award_under_way_and_another_once_it_was_returned():
    held = made.moderated((5, 5), (4, 4))
    award = proposed(held)
    with pytest.raises(calloffs.AlreadyProposed):
        proposed(held)
    decide(award, held.scene.director, Decision.RETURNED)
    assert stage(held) is Stage.SETTLED
    again = proposed(held)
    assert (again.status, Award.objects.count()) == (AwardStatus.AWAITING, 2)


def test_a_bid_withdrawn_while_its_award_waits_is_not_awarded():
    held = made.moderated((5, 5), (4, 4))
    award = proposed(held)
    actions.withdraw(competition_id=held.competition.pk, by=held.managers[0], at=LATER)
    with pytest.raises(calloffs.NotSettledOn):
        decide(award, held.scene.director)
    assert Award.objects.get().status == AwardStatus.AWAITING
    decide(award, held.scene.director, Decision.NOT_AWARDED)
    second = proposed(held, value_words="Within the rate card.")
    assert second.provider_id == held.services[1].provider_id
    assert decide(second, held.scene.director)
    # Whoever withdrew is told nothing of how it went.
    assert told("competition-decided") == {held.managers[1].pk}


def test_a_first_bid_whose_provider_was_suspended_since_is_passed_over_for_the_next():
    held = made.moderated((5, 5), (4, 4))
    admissions.suspend(
        admission_id=Admission.objects.get(provider=held.services[0].provider).pk,
        reason=SuspensionReason.QUALITY,
        explanation="Two visits found the same gaps.",
        takes_effect_on=LATER.date(),
        review_on=TODAY.replace(month=6),
        by=held.scene.director,
        at=LATER,
    )
    with pytest.raises(calloffs.RuledOut):
        proposed(held)
    assert held.again().settled_at is None  # neither half has happened
    first = queries.ranking(held.competition)[0].offer.key
    actions.pass_over(
        competition_id=held.competition.pk,
        bid_ref=first,
        because="Suspended since.",
        by=held.scene.caseworker,
        at=LATER,
    )
    assert proposed(held, value_words="Fair.").provider_id == held.services[1].provider_id


def test_what_is_proposed_of_a_competition_is_what_it_was_settled_on():
    held = made.moderated((5, 5), (4, 4))
    award = proposed(held)
    decide(award, held.scene.director, Decision.RETURNED)
    choice = factories_matching.choice(
        held.scene, service_ref=held.services[1].ref, ends_on=held.competition.told.ends_on
    )
    other = replace(
        choice, ground=None, wanted=replace(choice.wanted, competition_id=held.competition.pk)
    )
    with pytest.raises(calloffs.NotSettledOn):
        propose_award(
            referral_id=held.scene.referral.pk, choice=other, by=held.scene.caseworker, at=LATER
        )


def test_without_a_bid_a_lot_that_allows_no_direct_award_has_one_on_that_ground():
    held = made.published(at=made.scene(direct=False))
    direct = factories_matching.choice(
        held.scene, ground=DirectGround.NO_BIDS, override_reason="Nearer."
    )
    usual = factories_matching.choice(held.scene)

    def propose(choice):
        return propose_award(
            referral_id=held.scene.referral.pk, choice=choice, by=held.scene.caseworker, at=LATER
        )

    with pytest.raises(calloffs.NoCompetitionHeld):
        propose(direct)
    actions.open_bids(competition_id=held.competition.pk, by=held.scene.caseworker, at=AFTER)
    with pytest.raises(calloffs.LotWantsCompetition, match="start a competition"):
        propose(usual)
    award = Award.objects.get(ref=propose(direct))
    words = {one["test"]: one["words"] for one in award.findings["tests"]}
    assert "brought no bid" in words["method"]
    assert decide(award, held.scene.director)


def test_a_stopped_competition_is_not_awarded():
    held = made.moderated((5, 5), (4, 4))
    award = proposed(held)
    hold_competition.stop_competition(
        competition_id=held.competition.pk,
        because="The child has moved.",
        by=held.scene.caseworker,
        at=LATER,
    )
    with pytest.raises(calloffs.NotSettledOn):
        decide(award, held.scene.director)


def test_no_name_of_the_child_is_in_the_record_of_a_whole_competition():
    held = made.moderated((5, 5), (4, 4))
    decide(proposed(held), held.scene.director)
    child = held.scene.child
    rows = AuditEntry.objects.filter(tag__startswith="casework:competition")
    assert rows.count() > 8
    said = " ".join(f"{one.subject} {one.details}" for one in rows)
    assert child.last_name not in said
