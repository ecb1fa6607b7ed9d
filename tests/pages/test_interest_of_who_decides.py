"""Whoever decides an award after a competition is asked first for their interest in who bid."""

import pytest
from django.urls import reverse

from flsf.casework.calloffs import actions as calloffs
from flsf.core import clock
from flsf.mandate.governance.actions import ConflictNotTold
from flsf.mandate.governance.models import Declaration
from tests import factories_awards
from tests import factories_competitions as made
from tests.factories_competitions import LATER
from tests.flows.test_hold_competition import proposed
from tests.pages.test_competition_pages import plain, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def after_the_deadline():
    with clock.stopped_at(LATER):
        yield


@pytest.fixture
def held():
    return made.moderated((5, 5), (4, 4))


@pytest.fixture
def award(held):
    return proposed(held)


def test_what_one_says_before_deciding_is_asked_on_a_page_and_at_the_field(held, award):
    client = signed_in(held.scene.director)
    page = reverse("award-page", args=[award.ref])
    asks, decision = (
        reverse(name, args=[award.ref]) for name in ("award-interest", "award-decision")
    )
    assert client.get(decision)["Location"] == asks
    html = plain(client.get(asks))
    for one in held.services:
        assert one.provider.name in html
    refused = plain(client.post(asks, {}))
    assert "Choose yes or no" in refused
    refused = plain(client.post(asks, {"has_conflict": "yes"}))
    assert 'href="#id_words"' in refused
    assert str(ConflictNotTold()) in refused
    assert not Declaration.objects.filter(declared_by=held.scene.director).exists()
    assert client.post(asks, {"has_conflict": "no"})["Location"] == decision
    assert "Record the decision" in plain(client.get(decision))
    assert client.get(asks)["Location"] == page
    given = {"decision": "awarded", "reason": "The best of two."}
    assert client.post(decision, given)["Location"] == page


def test_with_an_interest_the_page_says_that_somebody_else_decides(held, award):
    client = signed_in(held.scene.director)
    page = reverse("award-page", args=[award.ref])
    asks = reverse("award-interest", args=[award.ref])
    given = {"has_conflict": "yes", "words": "My sister works for one of them."}
    assert client.post(asks, given)["Location"] == page
    html = plain(client.get(page))
    assert str(calloffs.HasInterest()) in html
    assert "Decide this award" not in html
    decision = reverse("award-decision", args=[award.ref])
    assert str(calloffs.HasInterest()) in plain(
        client.post(decision, {"decision": "awarded", "reason": "So."})
    )
    assert "86.00" not in plain(
        client.get(reverse("competition-page", args=[held.competition.ref]))
    )
    assert client.post(asks, {"has_conflict": "no"}).status_code == 200
    said = Declaration.objects.filter(declared_by=held.scene.director)
    assert [one.has_conflict for one in said] == [True]


def test_who_cannot_decide_is_not_asked_and_a_direct_award_asks_nobody(held, award):
    asks = reverse("award-interest", args=[award.ref])
    assert signed_in(held.scene.caseworker).get(asks).status_code == 403
    direct = calloffs.propose(
        proposal=factories_awards.proposal(), findings={}, by=held.scene.caseworker, at=LATER
    )
    client = signed_in(held.scene.director)
    page = reverse("award-page", args=[direct.ref])
    asks = reverse("award-interest", args=[direct.ref])
    assert client.get(asks)["Location"] == page
    assert client.post(asks, {"has_conflict": "no"})["Location"] == page
    assert client.get(reverse("award-decision", args=[direct.ref])).status_code == 200
