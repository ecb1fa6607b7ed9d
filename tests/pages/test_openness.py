"""The evidence file of a framework, and the five principles with what is measured and found."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from flsf.core.people import SYSTEM
from flsf.flows import release_round
from flsf.mandate.framework import actions as framework
from flsf.mandate.governance import actions as governance_actions
from flsf.mandate.governance import queries as governance
from flsf.mandate.governance.enums import Kind
from flsf.mandate.rounds import actions as rounds
from flsf.mandate.rounds.enums import Notice
from flsf.market.evaluation import actions as evaluation
from flsf.oversight.openness import queries
from flsf.oversight.openness.enums import Topic
from flsf.shared.accounts.enums import Role
from tests import factories, factories_evaluation
from tests.factories import NOW, TODAY, council_member

pytestmark = pytest.mark.django_db


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


def read(client, name, query="", **captured):
    response = client.get(reverse(name, kwargs=captured) + query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def scene():
    made = factories_evaluation.scene()
    factories.conflicts_assessed(made.framework)
    framework.publish_criteria(
        framework_id=made.framework.pk,
        criteria=["Safe", "Able"],
        in_force_from=TODAY,
        by=made.first,
        at=NOW,
    )
    rounds.record_notice(
        round_id=made.round().round_id,
        kind=Notice.TENDER,
        reference="ZZ-2026-001",
        published_on=TODAY,
        by=SYSTEM,
        at=NOW,
    )
    return made


def topics(scene, person, on=TODAY):
    found = queries.evidence_file(scene.framework, person=person, on=on)
    return {one.topic for one in found}


def test_all_that_was_done_is_told_with_who_and_when(scene):
    made = factories_evaluation.decided(scene)
    evaluation_ref = made.application.ref
    html = read(client_of(council_member(Role.PROCUREMENT)), "evidence-file")
    for words in (
        "Commercial model:",
        "Criteria version 1 published",
        "Questions version 1 published",
        "Round 1 opens",
        "UK4 Tender notice ZZ-2026-001",
        "Conflicts assessment 1: Words",
        f"{evaluation_ref}: {scene.first.name} named to mark",
        f"{evaluation_ref}: has no interest",
        f"{evaluation_ref}: marked",
        f"{evaluation_ref}: accept",
        "As reported.",
    ):
        assert words in html
    assert reverse("application-file", kwargs={"ref": evaluation_ref}) in html
    assert "Nothing is on record of: clarifications, summaries sent, challenges." in html


def test_that_an_applicant_was_asked_is_in_it_and_not_what(scene):
    asked = factories_evaluation.marking(scene)
    evaluation.ask(evaluation_id=asked.pk, words="Which papers?", by=scene.first, at=NOW)
    html = read(client_of(scene.director), "evidence-file", "?topic=clarification")
    assert f"{asked.application.ref}: asked" in html
    assert "Which papers?" not in html


def test_conflicts_and_applications_are_left_out_for_those_who_may_not_read_them(scene):
    factories_evaluation.decided(scene)
    councillor = council_member(Role.COUNCILLOR)
    assert topics(scene, councillor) == {
        *(Topic.MANDATE, Topic.CRITERIA, Topic.ROUND, Topic.NOTICE),
    }
    html = read(client_of(councillor), "evidence-file")
    assert "You do not read here: what was done about each application, nor the conflicts" in html


def test_nobody_reads_of_an_applicant_in_whom_they_have_an_interest(scene):
    made = factories_evaluation.opened(scene)
    for one in (scene.first, scene.second):
        evaluation.assign(evaluation_id=made.pk, person_id=one.pk, by=scene.second, at=NOW)
    evaluation.declare(
        evaluation_id=made.pk, has_interest=True, interest="My sister.", by=scene.first, at=NOW
    )
    ref = made.application.ref
    assert ref not in read(client_of(scene.first), "evidence-file")
    html = read(client_of(scene.director), "evidence-file")
    assert f"{ref}: has an interest" in html
    assert "My sister." not in html


def test_filters_are_in_the_address_and_stay_with_the_framework(scene):
    client = client_of(council_member(Role.PROCUREMENT))
    here = f"?framework={scene.framework.ref}"
    html = read(client, "evidence-file", f"{here}&topic=notice")
    assert f'name="framework" value="{scene.framework.ref}"' in html
    assert "UK4 Tender" in html
    assert "Criteria version 1" not in html
    assert "Criteria version 1" not in read(client, "evidence-file", f"{here}&round=1")
    later = TODAY + timedelta(days=1)
    assert "Nothing is on record that answers" in read(
        client, "evidence-file", f"{here}&since={later}"
    )
    assert "Nothing is on record that answers" in read(
        client, "evidence-file", f"{here}&until={TODAY - timedelta(days=400)}"
    )
    assert "UK4 Tender" in read(client, "evidence-file", f"{here}&round=99&topic=nonsense")
    rows = json.loads(client.get(f"{reverse('evidence-file-json')}{here}").content)["rows"]
    assert {"2026-05-15"} >= {row["day"] for row in rows if row["about"] == "Notices"}


def test_the_finding_of_a_principle_is_a_persons_and_keeps_the_facts_of_its_day(scene):
    keeper = council_member(Role.PROCUREMENT)
    client = client_of(keeper)
    html = read(client, "principles")
    assert html.count("Nobody has written a finding yet.") == 5
    assert "1 of 1 rounds have a tender notice recorded" in html
    add = f"{reverse('entry-add', kwargs={'kind': 'principle'})}?principle=transparency"
    form = client.get(add).content.decode()
    assert "1 of 1 rounds have a tender notice recorded (speaks for it)" in form
    typed = {
        "principle": "Transparency",
        "finding": "Kept.",
        "rests_on": "1 of 1 rounds",
        "found_on-day": "15",
        "found_on-month": "5",
        "found_on-year": "2026",
        "review_on-day": "15",
        "review_on-month": "11",
        "review_on-year": "2026",
    }
    assert client.post(add, typed).status_code == 302
    html = read(client, "principles")
    assert html.count("Nobody has written a finding yet.") == 4
    assert "Kept." in html
    assert keeper.name in html
    [line] = governance.entries(scene.framework.pk, Kind.PRINCIPLE, person=keeper, on=TODAY)
    assert (line.title, line.told["rests_on"]) == ("Transparency", "1 of 1 rounds")


def test_a_finding_without_words_is_told_at_the_field(scene):
    client = client_of(council_member(Role.PROCUREMENT))
    add = reverse("entry-add", kwargs={"kind": "principle"})
    html = client.post(add, {"principle": "Mercy"}).content.decode()
    assert "Enter: What do you find?" in html
    # A principle that there is not begins an empty form.
    assert "speaks for it" not in client.get(f"{add}?principle=mercy").content.decode()


def test_who_only_reads_writes_no_finding(scene):
    html = read(client_of(council_member(Role.COUNCILLOR)), "principles")
    assert "Write a finding" not in html
    assert client_of(council_member(Role.QUALITY)).get(reverse("principles")).status_code == 403


def test_the_facts_are_a_list_with_files(scene):
    client = client_of(council_member(Role.DIRECTOR))
    html = read(client, "principle-facts", "?principle=transparency&speaks=for")
    assert "tender notice recorded" in html
    assert "or equivalent" not in html
    csv = client.get(reverse("principle-facts-csv")).content.decode()
    assert "Competitive access" in csv
    assert "The five principles" in html


def test_no_framework_no_file(db):
    client = client_of(council_member(Role.DIRECTOR))
    assert "No framework is running today." in read(client, "evidence-file")
    assert client.get(reverse("principles")).status_code == 404
    assert "No fact answers" in read(client, "principle-facts")


def asked(client, name):
    with CaptureQueriesContext(connection) as captured:
        read(client, name)
    return len(captured)


@pytest.mark.parametrize(("name", "queries_asked"), [("evidence-file", 45), ("principles", 27)])
def test_as_many_queries_for_three_applications_as_for_one(scene, name, queries_asked):
    client = client_of(council_member(Role.PROCUREMENT))
    factories_evaluation.decided(scene)
    asked(client, name)
    at_one = asked(client, name)
    for _ in range(2):
        factories_evaluation.decided(scene)
    assert (at_one, asked(client, name)) == (queries_asked, queries_asked)


@pytest.mark.parametrize(
    ("standing", "open_ones"),
    [("Letter received", 1), ("Claim issued", 1), ("May still come", 0), ("Settled", 0)],
)
def test_a_challenge_is_open_from_its_letter_until_it_is_over(scene, standing, open_ones):
    told = {
        "about": "Round 1",
        "by_whom": "A solicitor",
        "knew_on": "2026-05-01",
        "details_notice": "No",
        "standing": standing,
    }
    governance_actions.add(
        framework_id=scene.framework.pk, kind=Kind.CHALLENGE, told=told, by=SYSTEM, at=NOW
    )
    assert queries.measured(scene.framework, on=TODAY).challenges_open == open_ones
    html = read(client_of(scene.director), "evidence-file", "?topic=challenge")
    assert standing in html


def test_the_framework_page_leads_there(scene):
    html = read(client_of(council_member(Role.COUNCILLOR)), "framework-page")
    for name in ("evidence-file", "principles"):
        assert f"{reverse(name)}?framework={scene.framework.ref}" in html


def test_a_round_that_was_told_together_speaks_for_transparency(scene):
    factories_evaluation.decided(scene)
    on = factories_evaluation.AFTER
    release_round.release_round(round_of=scene.round(on.date()), by=scene.director, at=on)
    measured = queries.measured(scene.framework, on=on.date())
    assert (measured.rounds_told, measured.rounds_told_at_once) == (1, 1)
    assert [one.marked_by for one in measured.decisions] == [2]
    assert Topic.TOLD in topics(scene, scene.director, on=on.date())
