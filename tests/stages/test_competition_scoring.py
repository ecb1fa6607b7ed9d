"""Bids are opened, scored by two people apart, agreed on and settled."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from flsf.casework.competitions import actions, queries, rules
from flsf.casework.competitions.actions import Judged
from flsf.casework.competitions.enums import Stage, Tie
from flsf.casework.competitions.models import Agreed, Competition
from flsf.core.people import SYSTEM
from flsf.mandate.governance import queries as governance
from flsf.mandate.governance.actions import declare as declare_governance
from flsf.shared.accounts.enums import Role
from tests import factories_competitions as made
from tests import factories_matching
from tests.factories import NOW, council_member
from tests.factories_competitions import AFTER, BEFORE, CLOSES, LATER

pytestmark = pytest.mark.django_db


def stage(held, at=LATER):
    return queries.stage_of(held.again(), at)


def seen(held, person, at=LATER):
    return queries.seen(held.again(), person=person, at=at)


def own(held, number=0, at=BEFORE):
    return queries.own(held.competition.ref, person=held.managers[number], at=at)


def withdraw(held, number=0, at=LATER):
    return actions.withdraw(competition_id=held.competition.pk, by=held.managers[number], at=at)


def draft(at, **more):
    given = {"referral_id": at.referral.pk, "lot_id": at.lot.pk, "wanted": made.wanted()}
    return actions.draft(**(given | more), by=more.pop("by", at.caseworker), at=NOW)


# Scoring


def test_bids_stay_sealed_until_the_deadline():
    held = made.published()
    opens = {"competition_id": held.competition.pk, "by": held.scene.caseworker}
    with pytest.raises(actions.NotYetClosed):
        actions.open_bids(**opens, at=CLOSES - timedelta(microseconds=1))
    with pytest.raises(actions.MayNot):
        actions.open_bids(**(opens | {"by": held.scene.director}), at=CLOSES)
    actions.open_bids(**opens, at=CLOSES)
    with pytest.raises(actions.NotNow):
        actions.open_bids(**opens, at=CLOSES)


def test_two_people_score_and_each_says_first_whether_they_have_an_interest():
    held = made.opened()
    third = council_member(Role.PROCUREMENT)
    with pytest.raises(actions.EnoughScorers):
        made.name(held, third)
    with pytest.raises(actions.AlreadyScorer):
        made.name(held, held.first)
    with pytest.raises(actions.MayNotScore):
        made.name(held, council_member(Role.FINANCE))
    with pytest.raises(actions.AlreadyDeclared):
        actions.declare(
            competition_id=held.competition.pk, has_conflict=False, by=held.first, at=AFTER
        )
    with pytest.raises(actions.NotYourScoring):
        actions.declare(competition_id=held.competition.pk, has_conflict=False, by=third, at=AFTER)


def test_whoever_has_not_said_marks_nothing_and_reads_no_bid():
    held = made.published()
    made.bid(held)
    made.name(held, held.first, at=BEFORE)
    with pytest.raises(actions.NotNow):
        actions.declare(
            competition_id=held.competition.pk, has_conflict=False, by=held.first, at=BEFORE
        )
    actions.open_bids(competition_id=held.competition.pk, by=held.scene.caseworker, at=AFTER)
    found = seen(held, held.first)
    assert (len(found.bids), found.may_read) == (1, False)
    with pytest.raises(actions.DeclareFirst):
        made.mark(held, held.first, (4, 4))


def test_somebody_with_an_interest_has_no_part_in_it_and_is_replaced():
    held = made.published()
    made.bid(held)
    made.name(held, held.first, at=BEFORE)
    actions.open_bids(competition_id=held.competition.pk, by=held.scene.caseworker, at=AFTER)
    actions.declare(
        competition_id=held.competition.pk,
        has_conflict=True,
        words="My sister works there.",
        by=held.first,
        at=AFTER,
    )
    found = seen(held, held.first)
    assert (found.may_read, found.has_conflict, found.free) == (False, True, [])
    act = {"competition_id": held.competition.pk, "by": held.first, "at": LATER}
    with pytest.raises(actions.HasConflict):
        made.mark(held, held.first, (4, 4))
    for do in (
        lambda: actions.name_scorer(**act, person_id=held.second.pk),
        lambda: actions.stop(**act, because="So."),
    ):
        with pytest.raises(actions.HasConflict):
            do()
    for one in (held.second, council_member(Role.PROCUREMENT)):
        made.name(held, one)
    assert len(seen(held, held.second).free) == 2
    about = queries.about(held.competition)
    assert governance.has_declared(held.first.pk, about) is True


def test_somebody_who_declared_an_interest_before_is_not_named():
    held = made.published()
    declare_governance(
        about=queries.about(held.competition),
        has_conflict=True,
        words="My sister works there.",
        by=held.first,
        at=NOW,
    )
    with pytest.raises(actions.TheyHaveConflict):
        made.name(held, held.first)


def test_neither_scorer_sees_the_others_marks_until_both_have_finished():
    held = made.opened()
    made.mark(held, held.first, (4, 4), (3, 3))
    made.mark(held, held.second, (5, 5), (3, 3), finish=False)
    for person in (held.first, held.second):
        assert {who for one in seen(held, person).bids for who in one.marks} == {person.pk}
    actions.finish(competition_id=held.competition.pk, by=held.second, at=AFTER)
    found = seen(held, held.first)
    assert {who for one in found.bids for who in one.marks} == {held.first.pk, held.second.pk}
    assert sorted(one.differ("c1") for one in found.bids) == [False, True]
    assert found.stage is Stage.MODERATION
    # Nor does anybody else of the council, before they have agreed.
    assert not seen(held, held.scene.director).may_read


def test_marks_are_whole_scores_with_reasons_and_final_once_finished():
    held = made.opened()
    first, _ = made.bids_of(held)
    give = {"competition_id": held.competition.pk, "by": held.first, "at": AFTER}
    with pytest.raises(actions.ScoreWrong):
        actions.mark(**give, bid_ref=first.ref, marks={"c1": Judged(6, "So.")})
    with pytest.raises(actions.NoSuchBid):
        actions.mark(**give, bid_ref=first.ref, marks={"c9": Judged(3, "So.")})
    with pytest.raises(actions.NoSuchBid):
        actions.mark(**give, bid_ref="B-NONE", marks={})
    actions.mark(**give, bid_ref=first.ref, marks={"c1": Judged(3, "So."), "c2": Judged(3, "")})
    with pytest.raises(actions.MarksMissing, match=first.provider.name):
        actions.finish(competition_id=held.competition.pk, by=held.first, at=AFTER)
    made.mark(held, held.first, (3, 3), (4, 4))
    with pytest.raises(actions.MarksFinal):
        actions.mark(**give, bid_ref=first.ref, marks={"c1": Judged(4, "So.")})
    with pytest.raises(actions.NotYourScoring):
        made.mark(held, held.scene.director, (3, 3), (4, 4))


def test_what_is_agreed_covers_every_bid_with_a_note_and_reasons():
    held = made.opened()
    agree = {"competition_id": held.competition.pk, "by": held.first, "at": LATER}
    both = made.agreed(held, (4, 4), (3, 3))
    with pytest.raises(actions.NotFinished):
        actions.moderate(**agree, agreed=both, note="Same.")
    for one in (held.first, held.second):
        made.mark(held, one, (4, 4), (3, 3))
    with pytest.raises(actions.NoteMissing):
        actions.moderate(**agree, agreed=both, note="")
    key = next(iter(both))
    with pytest.raises(actions.MarksMissing):
        actions.moderate(**agree, agreed={one: both[one] for one in both if one != key}, note="S")
    with pytest.raises(actions.MarksMissing):
        actions.moderate(**agree, agreed=both | {key: Judged(4, "")}, note="Same.")
    with pytest.raises(actions.ScoreWrong):
        actions.moderate(**agree, agreed=both | {key: Judged(9, "So.")}, note="Same.")
    with pytest.raises(actions.NoSuchBid):
        actions.moderate(**agree, agreed=both | {("B-NONE", "c1"): Judged(4, "So.")}, note="Same.")
    with pytest.raises(actions.NotYourScoring):
        actions.moderate(**(agree | {"by": held.scene.caseworker}), agreed=both, note="Same.")
    actions.moderate(**agree, agreed=both, note="Same.")
    assert stage(held) is Stage.RANKED
    actions.moderate(**agree, agreed=made.agreed(held, (5, 5), (3, 3)), note="Again.")
    assert Agreed.objects.filter(score=5).count() == 2


# What comes of it


def settle(held, **more):
    given = {"because": "First by the formula.", "by": held.scene.caseworker, "at": LATER}
    return actions.settle(competition_id=held.competition.pk, **(given | more))


def test_the_ranking_is_by_the_published_formula_and_frozen_when_it_is_settled():
    held = made.moderated((4, 4), (5, 3), rates=(4000, 3200))
    found = seen(held, held.first)
    first, second = found.placed
    # 30x5/5 + 40x3/5 + 30 = 84; 24 + 32 + 30x3200/4000 = 80.
    assert [(found.of(one).bid.provider_id, one.total) for one in found.placed] == [
        (held.services[1].provider_id, 8400),
        (held.services[0].provider_id, 8000),
    ]
    decided = rules.decided(first, second)
    assert (decided.by, decided.more) == (Tie.TOTAL, 400)
    with pytest.raises(actions.ReasonMissing):
        settle(held, because="")
    with pytest.raises(actions.MayNot):
        settle(held, by=council_member(Role.PROCUREMENT))
    kept = settle(held).ranking
    assert [(one["place"], one["total"], sum(one["parts"].values())) for one in kept] == [
        (1, 8400, 8400),
        (2, 8000, 8000),
    ]
    assert stage(held) is Stage.SETTLED
    won = queries.won(held.competition.pk)
    assert (won.rate_pence, won.service_id) == (3200, held.services[1].pk)


def test_a_single_bid_goes_on_with_words_on_value_for_money():
    held = made.moderated((4, 4))
    with pytest.raises(actions.ValueWordsMissing):
        settle(held)
    assert settle(held, value_words="Below the lot's mean rate.").value_words


def test_an_abnormally_low_price_goes_on_with_what_the_provider_explained():
    held = made.moderated((4, 4), (4, 4), rates=(4000, 1000))
    assert [one.is_low for one in seen(held, held.first).bids] == [False, True]
    with pytest.raises(actions.LowWordsMissing):
        settle(held)
    assert settle(held, low_words="They have the room for nothing.").low_words


def test_words_that_are_not_asked_for_are_not_kept():
    held = made.moderated((4, 4), (4, 4))
    found = settle(held, value_words="x", low_words="y")
    assert (found.value_words, found.low_words) == ("", "")


def test_no_bid_and_it_comes_to_nothing():
    held = made.published()
    made.bid(held)
    withdraw(held, at=BEFORE)
    actions.open_bids(competition_id=held.competition.pk, by=held.scene.caseworker, at=AFTER)
    assert stage(held) is Stage.NOTHING
    assert queries.came_to_nothing(held.scene.referral.pk, held.scene.lot.pk)
    assert queries.counts_of(held.again()).bids == 0
    assert draft(held.scene).pk  # and another may be held


def test_bids_below_the_threshold_come_to_nothing_too():
    held = made.moderated((2, 5))
    assert stage(held) is Stage.NOTHING
    assert queries.came_to_nothing(held.scene.referral.pk, held.scene.lot.pk)
    with pytest.raises(actions.NotNow):
        settle(held, value_words="x")


def test_while_bids_can_be_taken_it_has_not_come_to_nothing():
    held = made.moderated((4, 4))
    assert not queries.came_to_nothing(held.scene.referral.pk, held.scene.lot.pk)


def test_a_bid_withdrawn_after_opening_is_on_record_and_prices_are_measured_anew():
    held = made.moderated((4, 4), (3, 4), rates=(4000, 3000))
    before = {one.offer.key: one.parts[-1].points for one in queries.ranking(held.competition)}
    first, second = made.bids_of(held)
    assert before == {first.ref: 2250, second.ref: 3000}
    settle(held)
    withdraw(held, 1)
    assert stage(held) is Stage.RANKED
    [left] = queries.ranking(held.again())
    assert (left.offer.key, left.parts[-1].points) == (first.ref, 3000)
    shown = seen(held, held.first)
    assert [one.bid.withdrawn_at is not None for one in shown.bids] == [False, True]
    assert shown.counts.bids == 2  # it bid, and withdrew after the deadline
    assert queries.won(held.competition.pk) is None


def test_the_first_bid_may_be_passed_over_with_a_reason_and_no_other():
    held = made.moderated((5, 5), (4, 4))
    first, second = (one.offer.key for one in queries.ranking(held.competition))
    over = {"competition_id": held.competition.pk, "by": held.scene.caseworker, "at": LATER}
    with pytest.raises(actions.NotFirst):
        actions.pass_over(**over, bid_ref=second, because="A check has lapsed.")
    with pytest.raises(actions.ReasonMissing):
        actions.pass_over(**over, bid_ref=first, because="")
    settle(held)
    actions.pass_over(**over, bid_ref=first, because="A check has lapsed.")
    assert [one.offer.key for one in queries.ranking(held.again())] == [second]
    assert stage(held) is Stage.RANKED


def test_an_award_is_noted_once():
    held = made.moderated((5, 5), (4, 4))
    note = {"competition_id": held.competition.pk, "award_ref": "A-1", "by": SYSTEM, "at": LATER}
    with pytest.raises(actions.NotNow):
        actions.note_awarded(**note)
    settle(held)
    actions.note_awarded(**note)
    assert stage(held) is Stage.AWARDED
    with pytest.raises(actions.NotNow):
        actions.note_awarded(**note)
    with pytest.raises(actions.NotNow):
        withdraw(held)


def test_a_bidder_reads_its_own_marks_and_those_of_the_first_once_it_is_awarded():
    held = made.moderated((5, 5), (4, 4))
    settle(held)
    assert own(held, 1, at=LATER).mine is None
    actions.note_awarded(competition_id=held.competition.pk, award_ref="A-1", by=SYSTEM, at=LATER)
    lost = own(held, 1, at=LATER)
    assert (lost.mine["place"], lost.first["provider"]) == (2, held.services[0].provider.name)
    assert lost.reasons["c1"].reason == "4 because."


def test_k10_counts_each_competition_once():
    one = made.moderated((5, 5), (4, 4))
    again = replace(one.scene, referral=factories_matching.referral())
    two = made.moderated((5, 5), at=again)
    found = queries.measured([one.competition.pk, two.competition.pk])
    assert (found.counted, found.bids, found.single) == (2, rules.median([1, 2]), 1)
    assert queries.measured([]) is None


def test_the_database_keeps_an_opening_before_the_deadline_out():
    held = made.published()
    with pytest.raises(IntegrityError), transaction.atomic():
        Competition.objects.filter(pk=held.competition.pk).update(opened_at=BEFORE)
