"""Delegations are listed, recorded and ended; decisions show theirs, then and after."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from flsf.core.people import SYSTEM
from flsf.mandate.delegations.enums import Power
from flsf.mandate.delegations.models import Delegation
from flsf.mandate.framework import actions as frameworks
from flsf.market.evaluation import queries as evaluation
from flsf.shared.accounts.enums import Role
from tests import factories, factories_applications, factories_evaluation
from tests.factories import NOW, TODAY, council_member
from tests.factories_matching import proposed
from tests.factories_matching import scene as to_award

pytestmark = pytest.mark.django_db

ANSWERS = {
    "power": "extend",
    "role": "director",
    "post": "Director of Children's Services",
    "given_by": "Cabinet",
    "given_on-day": "29", "given_on-month": "1", "given_on-year": "2026",
    "minute": "minute 57",
    "terms": "To approve subsequent extensions.",
    "in_force_from-day": "1", "in_force_from-month": "2", "in_force_from-year": "2026",
    "passed_on_from": "",
}  # fmt: skip


@pytest.fixture
def inside():
    return factories.made_framework()


def as_(role):
    client = Client()
    client.force_login(council_member(role))
    return client


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_delegation_is_recorded_listed_and_ended(inside):
    keeper = as_(Role.PROCUREMENT)
    done = text(keeper.post(reverse("delegation-add"), ANSWERS, follow=True))
    assert "Recorded. Decisions from its day on may rest on it" in done
    assert "To approve subsequent extensions." in done
    assert "Extend the framework&#39;s term" in done
    made = Delegation.objects.get(power=Power.EXTEND)
    extend = text(as_(Role.COMMISSIONER).get(reverse("framework-extend")))
    assert "Delegated by Cabinet to the Director of Children&#39;s Services" in extend
    address = reverse("delegation-end", args=[made.number])
    last = {"last_day-day": "15", "last_day-month": "5", "last_day-year": "2026"}
    assert "Enter why it ends" in text(keeper.post(address, last))
    done = text(keeper.post(address, last | {"why": "A new scheme"}, follow=True))
    assert "Nobody decides under it after 15 May 2026" in done
    assert "A new scheme" in done
    assert "This delegation has ended already" in text(keeper.post(address, last | {"why": "x"}))
    csv = keeper.get(reverse("delegation-list-csv")).content.decode()
    assert "Award call-offs under the framework" in csv


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"given_on-year": "2027"}, "It is dated after today"),
        ({"in_force_from-year": "2025"}, "It cannot hold before the day"),
        ({"minute": ""}, "Enter the minute or the reference of the decision"),
        ({"power": "all"}, "Select a valid choice"),
        ({"passed_on_from": "1"}, "That one is for another power"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(inside, more, words):
    before = Delegation.objects.count()
    html = text(as_(Role.PROCUREMENT).post(reverse("delegation-add"), ANSWERS | more))
    assert words in html
    assert "To approve subsequent extensions." in html
    assert Delegation.objects.count() == before


def test_nobody_records_one_for_their_own_role(inside):
    own = ANSWERS | {"power": "join", "role": "commissioner"}
    assert "You hold that role" in text(as_(Role.COMMISSIONER).post(reverse("delegation-add"), own))


def test_a_councillor_reads_them_and_records_none(inside):
    client = as_(Role.COUNCILLOR)
    html = text(client.get(reverse("delegation-list")))
    assert "minute 57" in html
    assert reverse("delegation-add") not in html
    assert client.get(reverse("delegation-add")).status_code == 403
    assert as_(Role.QUALITY).get(reverse("delegation-list")).status_code == 403


def test_a_framework_without_any_says_that_nobody_can_award(inside):
    Delegation.objects.all().delete()
    html = text(as_(Role.DIRECTOR).get(reverse("delegation-list")))
    assert "Nobody has recorded a delegation, so nobody can award." in html
    extend = text(as_(Role.COMMISSIONER).get(reverse("framework-extend")))
    assert "No delegation to extend is on record." in extend


def test_as_many_queries_for_three_as_for_one(inside):
    Delegation.objects.all().delete()
    client, counts = as_(Role.DIRECTOR), []
    for roles in ([Role.DIRECTOR], [Role.COMMISSIONER, Role.DIRECTOR]):
        factories.delegate(inside, powers=[Power.JOIN], roles=roles)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("delegation-list"))
        counts.append(len(captured))
    assert counts == [9, 9]


def test_it_is_said_by_which_parts_each_criterion_is_judged(inside):
    factories_applications.questions(inside)
    frameworks.publish_criteria(
        framework_id=inside.pk, criteria=["Safe", "Able"], in_force_from=TODAY, by=SYSTEM, at=NOW
    )
    client, address = as_(Role.COMMISSIONER), reverse("criteria-judged")
    assert address in text(client.get(reverse("framework-page")))
    html = text(client.get(address))
    assert "Safe" in html
    assert "Select at least one part" in text(client.post(address, {"parts-0": ["about"]}))
    assert "Select a valid choice" in text(client.post(address, {"parts-0": ["nothing"]}))
    done = client.post(address, {"parts-0": ["about"], "parts-1": ["past"]}, follow=True)
    assert "Whoever decides from now on sees each criterion so" in text(done)
    assert evaluation.judged_by(inside.pk) == {"Safe": ("about",), "Able": ("past",)}
    assert as_(Role.DIRECTOR).get(address).status_code == 403


def test_without_criteria_or_questions_there_is_nothing_to_say(inside):
    assert as_(Role.COMMISSIONER).get(reverse("criteria-judged")).status_code == 404


# --- Where it is decided ---


def test_whoever_awards_reads_by_whose_leave_and_the_criteria_and_the_award_keeps_them():
    at = to_award()
    frameworks.publish_criteria(
        framework_id=at.lot.framework_id, criteria=["Safe"], in_force_from=TODAY, by=SYSTEM, at=NOW
    )
    waiting = proposed(at)
    client = Client()
    client.force_login(at.director)
    address = reverse("award-decision", args=[waiting.ref])
    for words in ("Cabinet to the Director, 29 January 2026, minute 57", "Any amount", "Safe"):
        assert words in text(client.get(address))
    client.post(address, {"decision": "awarded", "reason": "Fits."})
    html = text(client.get(reverse("award-page", args=[waiting.ref])))
    assert "By whose leave it was decided, as it was then" in html
    assert "minute 57" in html


def test_whoever_has_no_delegation_is_told_so_where_they_would_decide():
    at = to_award()
    waiting = proposed(at)
    Delegation.objects.all().delete()
    client = Client()
    client.force_login(at.director)
    html = text(client.get(reverse("award-decision", args=[waiting.ref])))
    assert "Nobody has delegated the award of call-offs to your role." in html
    assert "No delegation in force gives your role this power" in html
    assert "Record the decision" not in html


def test_who_decides_who_joins_reads_it_too_and_the_file_keeps_it():
    at = factories_evaluation.scene()
    frameworks.publish_criteria(
        framework_id=at.framework.pk, criteria=["Safe"], in_force_from=TODAY, by=SYSTEM, at=NOW
    )
    made = factories_evaluation.reported(at)
    client = Client()
    client.force_login(at.director)
    factories_evaluation.free_to_decide(made, at.director)
    address = reverse("application-decision", args=[made.application.ref])
    html = text(client.get(address))
    assert "By whose leave you decide" in html
    assert "Nobody has said by which parts of an application it is judged" in html
    client.post(address, {"outcome": "accept", "words": "Good."})
    kept = text(client.get(reverse("application-file", args=[made.application.ref])))
    assert "By whose leave it was decided, as it was then" in kept


def test_without_a_delegation_nobody_can_decide_who_joins():
    at = factories_evaluation.scene()
    made = factories_evaluation.reported(at)
    Delegation.objects.all().delete()
    client = Client()
    client.force_login(at.director)
    html = text(client.get(reverse("application-decision", args=[made.application.ref])))
    assert "Nobody has delegated who joins to your role." in html
