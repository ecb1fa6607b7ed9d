"""Whoever has the next thing to do in a competition finds it, or reads why it is not for now."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from flsf.casework.competitions import actions
from flsf.core import clock
from flsf.shared.accounts.enums import Role
from flsf.web.council.my_work.sources import work_of
from tests import factories_competitions as made
from tests.factories import council_member
from tests.factories_competitions import BEFORE, CLOSES, LATER
from tests.flows.test_hold_competition import decide, proposed
from tests.pages.test_competition_pages import address, get, signed_in

pytestmark = pytest.mark.django_db

LAST_DAY = CLOSES.date()


def waits(person, on=LAST_DAY):
    return {one.kind for one in work_of(person, on) if "competitions/" in one.href}


def test_each_step_waits_for_whoever_does_it():
    held = made.published()
    officer = held.scene.caseworker
    assert waits(officer, LAST_DAY - timedelta(days=1)) == set()
    actions.ask(
        competition_id=held.competition.pk, words="How far?", by=held.managers[0], at=BEFORE
    )
    assert waits(officer, LAST_DAY - timedelta(days=1)) == {"Questions of bidders"}
    made.bid(held)
    assert waits(officer) == {"Bids to open"}
    actions.open_bids(competition_id=held.competition.pk, by=officer, at=LATER)
    assert waits(officer) == {"Bids without scorers"}
    for one in (held.first, held.second):
        made.name(held, one)
        actions.declare(competition_id=held.competition.pk, has_conflict=False, by=one, at=LATER)
    assert (waits(held.first), waits(officer)) == ({"Bids to score"}, set())
    for one in (held.first, held.second):
        made.mark(held, one, (4, 4))
    assert waits(held.second) == {"Scores to agree on"}
    actions.moderate(
        competition_id=held.competition.pk,
        agreed=made.agreed(held, (4, 4)),
        note="Same.",
        by=held.first,
        at=LATER,
    )
    assert waits(officer) == {"Bids to settle on"}
    assert waits(council_member(Role.FINANCE)) == set()


def test_a_competition_without_a_bid_waits_for_what_next():
    held = made.published()
    actions.open_bids(competition_id=held.competition.pk, by=held.scene.caseworker, at=LATER)
    assert waits(held.scene.caseworker) == {"Competitions without a bid"}


def test_a_provider_is_reminded_until_it_has_bid_or_bids_have_closed():
    held = made.published()
    client = Client()
    client.force_login(held.managers[0])

    def to_do(at):
        with clock.stopped_at(at):
            return client.get(reverse("provider-home")).content.decode()

    assert "Asked to bid" in to_do(BEFORE)
    assert "Asked to bid" not in to_do(LATER)
    made.bid(held)
    assert "Asked to bid" not in to_do(BEFORE)


def test_a_scorer_with_an_interest_has_nothing_to_do_in_it_and_somebody_is_named_instead():
    held = made.published()
    officer = held.scene.caseworker
    made.bid(held)
    actions.open_bids(competition_id=held.competition.pk, by=officer, at=LATER)
    for one in (held.first, held.second):
        made.name(held, one)
    said = {"competition_id": held.competition.pk, "at": LATER}
    actions.declare(**said, has_conflict=False, by=held.first)
    assert (waits(held.first), waits(held.second)) == ({"Bids to score"}, {"Bids to score"})
    actions.declare(**said, has_conflict=True, words="I worked there.", by=held.second)
    assert (waits(held.first), waits(held.second)) == ({"Bids to score"}, set())
    assert waits(officer) == {"Bids without scorers"}


def test_that_bids_stay_sealed_is_said_before_a_button_is_pressed():
    held = made.published()
    early = get(held, held.scene.caseworker, "open", at=BEFORE)
    assert "Bids stay sealed until the deadline" in early
    assert "Open them now" not in early


def test_what_can_no_longer_be_done_is_said_before_anything_is_typed():
    held = made.moderated((5, 5), (4, 4))
    assert "You have said already" in get(held, held.first, "interest")
    decide(proposed(held), held.scene.director)
    with clock.stopped_at(LATER):
        form = signed_in(held.managers[0]).get(address(held, "provider-bid"))
    assert form["Location"] == address(held, "provider")
