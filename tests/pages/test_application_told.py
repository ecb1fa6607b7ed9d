"""An applicant answers what is asked, reads what was found, and sends the failed parts again."""

import pytest
from django.test import Client
from django.urls import reverse

from flsf.core import clock
from flsf.flows.release_round import release_round
from flsf.market.applications import queries as applications
from flsf.market.applications.enums import Status
from flsf.market.evaluation import actions
from flsf.market.evaluation.enums import Outcome
from flsf.market.evaluation.models import Clarification
from tests.factories import NOW
from tests.factories_applications import CHARITY, applicant
from tests.factories_evaluation import AFTER, decided, marking, scene

pytestmark = pytest.mark.django_db

WRITTEN = "teaching"


@pytest.fixture
def at():
    return scene()


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def page(made, name="tasks"):
    return reverse(f"application-{name}", kwargs={"ref": made.application.ref})


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def told(at):
    return release_round(round_of=at.round(AFTER.date()), by=at.director, at=AFTER)


# --- What is asked ---


def test_the_applicant_answers_once_and_the_answer_is_kept(at):
    person = applicant()
    made = marking(at, person)
    client = as_(person)
    assert client.get(page(made, "question")).url == page(made)
    asked = actions.ask(evaluation_id=made.pk, words="Which ages?", by=at.first, at=NOW)
    html = text(client.get(page(made)))
    assert "We have a question" in html
    assert page(made, "question") in html
    assert "Which ages?" in text(client.get(page(made, "question")))
    empty = {"asked": asked.pk, "words": ""}
    assert "Write your answer" in text(client.post(page(made, "question"), empty))
    given = {"asked": asked.pk, "words": "Ten to fourteen."}
    assert client.post(page(made, "question"), given).url == page(made)
    html = text(client.get(page(made)))
    assert "What we asked" in html
    assert "Ten to fourteen." in html
    assert "Ten to fourteen." in text(as_(at.first).get(page(made, "file")))
    again = text(client.post(page(made, "question"), {**given, "words": "Ten to sixteen."}))
    assert "it was answered, or the council went on" in again
    assert "Ten to sixteen." in again
    assert Clarification.objects.get().answer == "Ten to fourteen."


def test_another_applicant_reads_and_answers_nothing(at):
    made, other = marking(at), applicant()
    theirs = marking(at, other)
    asked = actions.ask(evaluation_id=made.pk, words="Which ages?", by=at.first, at=NOW)
    client = as_(other)
    given = {"asked": asked.pk, "words": "Mine."}
    assert client.get(page(made, "question")).status_code == 404
    assert client.post(page(made, "question"), given).status_code == 404
    assert client.post(page(theirs, "question"), given).status_code == 404
    assert Clarification.objects.get().answer == ""


# --- What was found ---


def test_nothing_is_shown_before_all_of_the_round_are_told(at):
    person = applicant()
    made = decided(at, person, but={WRITTEN: 2}, outcome=Outcome.DECLINE)
    html = text(as_(person).get(page(made)))
    assert "What we found" not in html
    assert "Being checked" in html


def test_the_accepted_read_each_part_and_what_to_do_next(at):
    person = applicant()
    made = decided(at, person)
    told(at)
    with clock.stopped_at(AFTER):
        html = text(as_(person).get(page(made)))
    for said in ("You are in", "4 of 5. A part passes with 3.", "What you wrote shows it."):
        assert said in html
    assert "Send the papers you promised" in html
    assert "Change what did not pass" not in html


def test_not_accepted_yet_changes_the_failed_part_and_sends_again(at):
    person = applicant()
    made = decided(at, person, but={WRITTEN: 2}, outcome=Outcome.DECLINE)
    told(at)
    with clock.stopped_at(AFTER):
        client = as_(person)
        html = text(client.get(page(made)))
        assert "Not yet, and why" in html
        assert "2 of 5" in html
        assert client.post(page(made), {"again": "yes"}).url == page(made)
        html = text(client.get(page(made)))
        assert "Last time this part did not pass" in html
        assert reverse("application-page", args=(made.application.ref, WRITTEN, 1)) in html
        kept = applications.answers_of(made.application_id)
        assert kept["programme"].typed == tuple(CHARITY["programme"])
        status = applications.status_on(AFTER.date(), application_id=made.application_id)
        assert status is Status.IN_PROGRESS


def test_the_pages_cost_as_many_queries_for_one_part_as_for_all(at, django_assert_num_queries):
    one, all_of_them = applicant(), applicant()
    first = decided(at, one, but={WRITTEN: 2}, outcome=Outcome.DECLINE)
    second = decided(
        at, all_of_them, but=dict.fromkeys(_written(first), 2), outcome=Outcome.DECLINE
    )
    told(at)
    with clock.stopped_at(AFTER):
        for person, made in ((one, first), (all_of_them, second)):
            client = as_(person)
            with django_assert_num_queries(17):
                client.get(page(made))


def _written(made):
    return [code for code, _, is_scored in made.criteria if is_scored]
