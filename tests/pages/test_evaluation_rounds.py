"""A round is told at one moment from its page; work on applications is in My work."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from flsf.core import clock
from flsf.jobs import rounds as jobs
from flsf.market.evaluation import actions
from flsf.market.evaluation.enums import Outcome
from flsf.market.evaluation.models import DecidersInterest, Telling
from flsf.shared.accounts.enums import Role
from tests.factories import NOW, council_member
from tests.factories_evaluation import (
    AFTER,
    decided,
    free_to_decide,
    judgements,
    mark_all,
    opened,
    reported,
    scene,
)
from tests.factories_exclusions import match

pytestmark = pytest.mark.django_db

WRITTEN = "teaching"


@pytest.fixture
def at():
    return scene()


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


# --- The round ---


def rounds_page(name="round-applications"):
    return reverse(name, kwargs={"number": 1})


def test_a_round_is_told_at_one_moment_with_its_numbers(at):
    yes, no = decided(at), decided(at, but={WRITTEN: 2}, outcome=Outcome.DECLINE)
    waiting = reported(at)
    client = as_(at.director)
    assert "still open" in text(client.get(rounds_page("round-tell")))
    assert "still open" in text(client.post(rounds_page("round-tell")))
    with clock.stopped_at(AFTER):
        html = text(client.get(rounds_page("round-tell")))
        assert f"{waiting.application.ref}</a>" in html
        assert "Not decided yet" in html
        assert waiting.application.ref in text(client.post(rounds_page("round-tell")))
        assert not Telling.objects.exists()
        free_to_decide(waiting, at.director)
        actions.decide(
            evaluation_id=waiting.pk, outcome=Outcome.ACCEPT, reason="So.", by=at.director, at=AFTER
        )
        html = text(client.get(rounds_page("round-tell")))
        assert "2: Accept" in html
        assert "1: Do not accept yet" in html
        press(client)
        work_off()
        html = text(client.get(rounds_page("round-telling")))
        assert "3 applicants were told" in html
        assert "data-look-again" not in html
        html = text(client.get(rounds_page()))
        assert "Everybody was told on 29 May 2026" in html
        for one in (yes, no, waiting):
            assert one.application.ref in html
        assert "have been told" in text(client.get(rounds_page("round-tell")))
        assert "have been told" in text(client.post(rounds_page("round-tell")))


def press(client):
    assert client.post(rounds_page("round-tell")).url.startswith(rounds_page("round-telling"))


def work_off():
    """What the worker does with what waits for it."""
    for one in Telling.objects.filter(ended_at=None):
        jobs.tell_round(one.pk)


def test_how_far_it_is_stands_on_a_page_in_words(at):
    decided(at)
    client, other = as_(at.director), as_(council_member(Role.DIRECTOR))
    with clock.stopped_at(AFTER):
        assert client.get(rounds_page("round-telling")).url.startswith(rounds_page("round-tell"))
        press(client)
        html = text(client.get(rounds_page("round-telling")))
        for words in (
            *("Waiting for its turn", "Looking whether everybody is decided", "To come"),
            *(">Look again</a>", 'data-look-again="/', at.director.name),
            "Nothing has been heard of the background worker",
        ):
            assert words in html
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [AFTER]
            )
        assert "background worker" not in text(client.get(rounds_page("round-telling")))
        assert other.get(rounds_page("round-tell")).url.startswith(rounds_page("round-telling"))
        press(other)
        assert "Somebody asked for this just before you" in text(
            other.get(rounds_page("round-telling"))
        )
        assert Telling.objects.count() == ProcrastinateJob.objects.count() == 1
        assert "Everybody is being told." in text(client.get(rounds_page()))
        assert "waits to be told" not in work(at.director)


def test_whoever_asked_reads_why_nobody_was_told(at):
    made = decided(at)
    client = as_(at.director)
    with clock.stopped_at(AFTER):
        press(client)
        match(made.application.organisation)  # found on the debarment list since
        work_off()
        html = text(client.get(rounds_page("round-telling")))
        assert "Nobody was told" in html
        assert f"under Exclusions and debarment: {made.application.ref}" in html
        assert "Nothing was changed and no email was sent." in html
        assert f"Nobody was told when {at.director.name} asked for it" in text(
            client.get(rounds_page())
        )
        html = work(at.director)
        assert "Nobody could be told when it was asked for" in html
        assert rounds_page("round-telling") in html


def test_one_alone_is_told_in_the_singular(at):
    decided(at)
    with clock.stopped_at(AFTER):
        press(as_(at.director))
        work_off()
        assert "1 applicant was told" in text(as_(at.director).get(rounds_page("round-telling")))


def test_how_far_it_is_costs_the_same_for_one_as_for_three(at, django_assert_num_queries):
    for _ in range(2):
        decided(at)
        with clock.stopped_at(AFTER):
            client = as_(at.director)
            press(client)
            with django_assert_num_queries(10):
                client.get(rounds_page("round-telling"))
        Telling.objects.all().delete()
        decided(at)


@pytest.mark.parametrize("role", [Role.PROCUREMENT, Role.QUALITY, Role.COUNCILLOR])
def test_only_whoever_decides_reads_how_far_it_is(at, role):
    assert as_(council_member(role)).get(rounds_page("round-telling")).status_code == 403


def test_a_round_without_decisions_has_nobody_to_tell(at):
    with clock.stopped_at(AFTER):
        client = as_(at.director)
        assert "Nothing of this round has been decided." in text(
            client.get(rounds_page("round-tell"))
        )
        assert "Nothing of this round has been decided." in text(
            client.post(rounds_page("round-tell"))
        )


def test_a_round_of_one_costs_as_many_queries_as_of_three(at, django_assert_num_queries):
    client = as_(at.director)
    for _ in range(2):
        decided(at)
        with django_assert_num_queries(19):
            client.get(rounds_page())
        decided(at)


def test_whoever_has_an_interest_reads_no_outcome_in_the_round(at):
    made, other = decided(at), decided(at)
    sister = council_member(Role.COMMISSIONER)
    DecidersInterest.objects.create(
        evaluation=made, person=sister, has_interest=True, interest="My sister.", declared_at=NOW
    )
    outcome = f">{Outcome.ACCEPT.label}<"
    seen = {client: text(as_(client).get(rounds_page())) for client in (sister, at.director)}
    assert seen[at.director].count(outcome) == seen[sister].count(outcome) + 1
    assert seen[sister].count("Not shown to you") == 1
    assert made.application.ref in seen[sister]
    assert other.application.ref in seen[sister]
    rows = as_(sister).get(f"{rounds_page().rstrip('/')}.csv").content.decode()
    assert rows.count("Not shown to you") == 1


def test_the_round_leads_to_its_applications(at):
    html = text(as_(at.director).get(reverse("round-page", kwargs={"number": 1})))
    assert rounds_page() in html


# --- My work ---


def both(at, made):
    for one in (at.first, at.second):
        mark_all(made, one)


def work(person):
    return text(as_(person).get("/my-work/"))


def test_work_follows_the_application(at):
    made = opened(at)
    assert "Needs two evaluators" in work(at.first)
    for one in (at.first, at.second):
        actions.assign(evaluation_id=made.pk, person_id=one.pk, by=at.first, at=NOW)
    assert "Say whether you have an interest" in work(at.second)
    for one in (at.first, at.second):
        actions.declare(evaluation_id=made.pk, has_interest=False, by=one, at=NOW)
    assert "Mark this application" in work(at.second)
    assert "Mark this application" not in work(council_member(Role.PROCUREMENT))
    both(at, made)
    assert "agree together" in work(at.second)
    actions.agree(evaluation_id=made.pk, judgements=judgements(made), notes={}, by=at.first, at=NOW)
    assert "Agreed: report" in work(at.second)
    actions.report(evaluation_id=made.pk, outcome=Outcome.ACCEPT, words="So.", by=at.second, at=NOW)
    assert "Decide whether they join" in work(at.director)
    assert "Decide whether they join" not in work(at.first)
    free_to_decide(made, at.director)
    actions.decide(
        evaluation_id=made.pk, outcome=Outcome.ACCEPT, reason="So.", by=at.director, at=NOW
    )
    assert "applicant waits to be told" not in work(at.director)
    with clock.stopped_at(AFTER):
        assert "1 applicant waits to be told" in work(at.director)
        opened(at)
        assert "waits to be told" not in work(at.director)
    with clock.stopped_at(NOW + timedelta(days=60)):
        assert "Applications late" in work(at.director)
