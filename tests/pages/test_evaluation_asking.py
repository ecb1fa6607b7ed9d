"""An evaluator asks the applicant something, and nobody else does."""

import pytest
from django.test import Client
from django.urls import reverse

from flsf.market.evaluation import actions
from flsf.market.evaluation.models import Clarification
from flsf.shared.notify.models import Message
from tests.factories import NOW
from tests.factories_applications import applicant
from tests.factories_evaluation import marking, opened, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return scene()


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def page(name, made):
    return reverse(f"application-{name}", kwargs={"ref": made.application.ref})


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_question_stops_the_clock_and_is_asked_once(at):
    made = marking(at)
    client = as_(at.first)
    assert "Write what you ask" in text(client.post(page("ask", made), {"words": ""}))
    assert client.post(page("ask", made), {"words": "Which ages?"}).url == page("file", made)
    html = text(client.get(page("file", made)))
    assert "Which ages?" in html
    assert "Not answered yet, due 22 May 2026. The clock stands still." in html
    html = text(client.post(page("ask", made), {"words": "And where?"}))
    assert "has not answered the last question yet" in html
    assert "And where?" in html


def test_only_an_evaluator_free_of_interest_asks_the_applicant(at):
    made = opened(at)
    link = f'href="{page("ask", made)}"'
    said = "You are not an evaluator of this application, so you ask its applicant nothing."
    client = as_(at.first)
    assert link not in text(client.get(page("file", made)))
    for response in (
        client.get(page("ask", made)),
        client.post(page("ask", made), {"words": "Which ages?"}),
    ):
        assert said in text(response)
    actions.assign(evaluation_id=made.pk, person_id=at.first.pk, by=at.second, at=NOW)
    assert client.get(page("ask", made)).url == page("file", made)
    declared = {"evaluation_id": made.pk, "by": at.first, "at": NOW}
    actions.declare(has_interest=True, interest="My aunt works there.", **declared)
    assert client.get(page("ask", made)).url == page("file", made)
    assert link not in text(client.get(page("file", made)))
    assert not Clarification.objects.exists()
    free = marking(at)
    assert f'href="{page("ask", free)}"' in text(client.get(page("file", free)))


def test_a_question_is_emailed_to_the_applicant(at):
    person = applicant()
    made = marking(at, person)
    as_(at.first).post(page("ask", made), {"words": "Which ages?"})
    told = Message.objects.get()
    assert (told.template, told.recipient_id) == ("application-question", person.pk)
