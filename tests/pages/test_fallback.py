"""What is kept ready for a challenge, and what there is of the move once one has come."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from flsf.core.people import SYSTEM
from flsf.flows import change_model
from flsf.mandate.framework.enums import CommercialModel
from flsf.mandate.governance import actions, rules
from flsf.mandate.governance.enums import Kind
from flsf.mandate.rounds import actions as rounds
from flsf.mandate.rounds.enums import Notice
from flsf.mandate.waivers import actions as waivers
from flsf.shared.accounts.enums import Role
from tests import factories
from tests.factories import NOW, TODAY, council_member

pytestmark = pytest.mark.django_db

RISK = {
    "risk": "The pool is challenged",
    "likelihood": "Medium",
    "impact": "High",
    "owner": "Head of commissioning",
    "mitigation": "Rounds.",
    "fallback": "Open framework.",
    "review_on": "2026-09-20",
}
CHALLENGE = {
    "about": "Round 1",
    "by_whom": "A solicitor",
    "knew_on": "2026-05-10",
    "details_notice": "No",
    "standing": "Letter received",
}
OPTION = {
    "option": "Open framework",
    "good": "Listed",
    "bad": "Shut",
    "outcome": "Fallback",
    "why": "Ready",
    "decided_by": "Cabinet",
    "decided_on": "2026-01-01",
}
POSITION = {
    "stance": "Knowing both",
    "model": "Pseudo-DPS",
    "approved_by": "Director",
    "approved_on": "2026-01-01",
    "plan": "Change to an open framework",
    "review_on": "2026-09-01",
}
WATCH = {
    "what": "New guidance",
    "source": "Cabinet Office",
    "effect": "Another model",
    "action": "Rehearse",
    "owner": "Procurement",
    "review_on": "2026-06-01",
}


@pytest.fixture
def running():
    return factories.made_framework()


def added(framework, kind, told):
    actions.add(framework_id=framework.pk, kind=kind, told=told, by=SYSTEM, at=NOW)


def read(role=Role.DIRECTOR, name="fallback"):
    client = Client()
    client.force_login(council_member(role))
    response = client.get(reverse(name))
    assert response.status_code == 200
    return response.content.decode()


def test_without_anything_it_says_what_is_missing(running):
    html = read(Role.COMMISSIONER)
    assert "No challenge is open." in html
    for words in (
        "No option is marked as the fallback",
        "No risk says what is done if it happens",
        "No position has a plan",
        "No guidance is watched",
        "Nobody has rehearsed it",
        "Granted when a challenge has come",
        "Tendered again when a challenge has come",
    ):
        assert words in html
    assert f"{reverse('model-rehearse')}?framework={running.ref}" in html
    assert reverse("model-rehearse") not in read(Role.COUNCILLOR)
    assert "what is kept ready" in read(name="framework-page")


def test_what_is_kept_ready_is_told_from_the_registers_and_the_rehearsal(running):
    factories.works_as(running, CommercialModel.PSEUDO_DPS)
    for kind, told in (
        (Kind.RISK, RISK),
        (Kind.APPRAISAL, OPTION),
        (Kind.POSITION, POSITION),
        (Kind.WATCH, WATCH),
    ):
        added(running, kind, told)
    change_model.rehearse(
        framework_id=running.pk,
        after=CommercialModel.LIGHT_TOUCH_CLOSED,
        takes_effect_on=date(2026, 9, 1),
        authority="Director",
        reason="To be ready.",
        by=council_member(Role.COMMISSIONER),
        at=NOW,
    )
    html = read()
    for words in (
        "The pool is challenged: score 6, Head of commissioning",
        "Open framework",
        "Change to an open framework",
        "New guidance, again on 1 June 2026",
        "rehearsed for 1 September 2026",
    ):
        assert words in html
    assert html.count("Missing") == 0


def test_a_challenge_sets_off_the_move_waiver_and_tender(running):
    added(running, Kind.CHALLENGE, CHALLENGE)
    html = read()
    assert "A challenge has come." in html
    assert "Round 1</a>: Letter received" in html
    assert "None was approved since the challenge came" in html
    assert "No tender notice is recorded since the challenge came" in html
    assert "a challenge has come" in read(name="framework-page")
    waiver = waivers.grant(
        reason="While it is tendered again",
        provider_name="",
        value_pence=100_00,
        starts_on=TODAY,
        expires_on=date(2026, 8, 1),
        approver_name="Director",
        approved_on=TODAY,
        by=SYSTEM,
        at=NOW,
    )
    factories.conflicts_assessed(running)
    made = rounds.open_round(
        framework_id=running.pk, opens_on=TODAY, closes_on=None, decide_by=None, by=SYSTEM, at=NOW
    )
    rounds.record_notice(
        round_id=made.pk,
        kind=Notice.TENDER,
        reference="ZZ-9",
        published_on=TODAY,
        by=SYSTEM,
        at=NOW,
    )
    html = read()
    assert f"{waiver.ref}, until 1 August 2026" in html
    assert "Round 1: UK4 ZZ-9, 15 May 2026" in html


def test_the_register_of_risks_shows_the_score(running):
    added(running, Kind.RISK, RISK)
    client = Client()
    client.force_login(council_member(Role.PROCUREMENT))
    csv = client.get(reverse("register-of-risk-csv")).content.decode()
    assert "Score, of 9" in csv
    assert "The pool is challenged,Open,2026-09-20,6," in csv


@pytest.mark.parametrize(
    ("likelihood", "impact", "score"),
    [("Low", "Low", 1), ("Medium", "High", 6), ("High", "High", 9), ("", "High", None)],
)
def test_a_score_is_likelihood_times_impact(likelihood, impact, score):
    assert rules.score({"likelihood": likelihood, "impact": impact}) == score


def test_who_may_not_read_the_framework_is_turned_away(running):
    client = Client()
    client.force_login(council_member(Role.QUALITY))
    assert client.get(reverse("fallback")).status_code == 403


def test_as_many_queries_for_three_risks_as_for_one(running):
    client = Client()
    client.force_login(council_member(Role.DIRECTOR))
    counts = []
    for more in (1, 2):
        for _ in range(more):
            added(running, Kind.RISK, RISK)
        client.get(reverse("fallback"))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("fallback"))
        counts.append(len(captured))
    assert counts == [17, 17]
