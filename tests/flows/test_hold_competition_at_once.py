"""The deadline, and two people at one moment: one winner, and a clear word to the other."""

from datetime import timedelta

import pytest

from flsf.casework.calloffs.actions import AlreadyProposed
from flsf.casework.calloffs.models import Award
from flsf.casework.competitions import actions
from flsf.casework.competitions.models import Bid, Competition
from flsf.casework.timetable.actions import ChildIsElsewhere
from flsf.flows.award_competition import Settled, settle_and_propose
from tests import factories_competitions as made
from tests.factories import NOW
from tests.factories_competitions import BEFORE, CLOSES, LATER
from tests.flows.test_award_calloff_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)

A_MOMENT = timedelta(microseconds=1)


def test_a_bid_and_the_opening_of_bids_at_the_deadline_end_with_a_word_to_each():
    """Whichever has the lock first: the bid is opened with the others, or is late for good."""
    held = made.published()
    told = at_once(
        lambda: made.bid(held, at=CLOSES - A_MOMENT),
        lambda: actions.open_bids(
            competition_id=held.competition.pk, by=held.scene.caseworker, at=CLOSES
        ),
    )
    assert told == ["done", "done"]
    opened, sent = Competition.objects.get(), Bid.objects.get()
    in_time = Bid.objects.visible_to(held.scene.caseworker).count()
    assert opened.opened_at == CLOSES
    assert in_time == (not sent.is_late)


def test_two_people_of_one_provider_who_bid_at_once_leave_one_bid():
    held = made.published()
    told = at_once(
        lambda: made.bid(held, rate_pence=3900, at=BEFORE),
        lambda: made.bid(held, rate_pence=3800, at=BEFORE),
    )
    assert told == ["done", "done"]
    assert Bid.objects.filter(replaced_at=None).count() == 1


def test_a_bid_and_its_withdrawal_at_once_leave_none_that_is_both():
    held = made.published()
    made.bid(held, at=BEFORE)
    out = {"competition_id": held.competition.pk, "by": held.managers[0], "at": BEFORE}
    told = at_once(lambda: actions.withdraw(**out), lambda: actions.withdraw(**out))
    assert sorted(told, key=str) == sorted([actions.NoBidThere, "done"], key=str)


def test_two_officers_begin_for_one_request_and_one_of_them_does():
    at = made.scene()

    def begin():
        actions.draft(
            referral_id=at.referral.pk,
            lot_id=at.lot.pk,
            wanted=made.wanted(),
            by=at.caseworker,
            at=NOW,
        )

    assert sorted(at_once(begin, begin), key=str) == sorted([actions.AlreadyHeld, "done"], key=str)


def test_two_officers_settle_at_once_and_one_award_waits():
    held = made.moderated((5, 5), (4, 4))

    def settle():
        settle_and_propose(
            competition_id=held.competition.pk,
            settled=Settled(budget_id=held.scene.budget.pk, because="First."),
            by=held.scene.caseworker,
            at=LATER,
        )

    told = at_once(settle, settle)
    assert told.count("done") == 1
    assert {one for one in told if one != "done"} <= {
        actions.NotNow,
        AlreadyProposed,
        ChildIsElsewhere,
    }
    assert Award.objects.count() == 1


def test_two_scorers_named_at_once_are_no_more_than_two():
    held = made.published()
    made.name(held, held.first, at=BEFORE)
    told = at_once(
        lambda: made.name(held, held.second, at=BEFORE),
        lambda: made.name(held, held.scene.caseworker, at=BEFORE),
    )
    assert sorted(told, key=str) == sorted([actions.EnoughScorers, "done"], key=str)
