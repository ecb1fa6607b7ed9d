"""What somebody with an interest in an applicant sees of it, and what a decider says first."""

import pytest
from django.test import Client
from django.urls import reverse

from flsf.market.evaluation import actions
from flsf.market.evaluation.enums import Outcome
from flsf.market.evaluation.models import Decision, Report
from flsf.shared.accounts.enums import Role
from tests.factories import NOW, council_member
from tests.factories_evaluation import agreed, judgements, mark_all, opened, reported, scene

pytestmark = pytest.mark.django_db

PLAIN = "past"


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


def test_somebody_with_an_interest_is_shown_that_it_is_there_and_where_and_no_more(at):
    made = opened(at)
    sister = council_member(Role.COMMISSIONER)
    actions.assign(evaluation_id=made.pk, person_id=sister.pk, by=at.first, at=NOW)
    actions.declare(
        evaluation_id=made.pk, has_interest=True, interest="My sister.", by=sister, at=NOW
    )
    for one in (at.first, at.second):
        actions.assign(evaluation_id=made.pk, person_id=one.pk, by=at.first, at=NOW)
        actions.declare(evaluation_id=made.pk, has_interest=False, by=one, at=NOW)
    asked = actions.ask(evaluation_id=made.pk, words="On which floor?", by=at.first, at=NOW)
    actions.answer(clarification_id=asked.pk, words="On the first.", by=at.first, at=NOW)
    for one in (at.first, at.second):
        mark_all(made, one)
    actions.agree(evaluation_id=made.pk, judgements=judgements(made), notes={}, by=at.first, at=NOW)
    said = {"evaluation_id": made.pk, "outcome": Outcome.ACCEPT, "at": NOW}
    actions.report(**said, words="Take them.", by=at.second)
    actions.declare_to_decide(evaluation_id=made.pk, has_interest=False, by=at.director, at=NOW)
    actions.decide(**said, reason="They do it well.", by=at.director)
    everything = text(as_(at.first).get(page("file", made)))
    html = text(as_(sister).get(page("file", made)))
    for words in (
        *("On which floor?", "On the first.", "4 of 5", "Take them.", "They do it well."),
        *("We walk, cook and mend bicycles", "My sister.", "What they sent"),
    ):
        assert words in everything
        assert words not in html
    assert "Decided, not told yet" in html
    assert "You have declared an interest in this applicant" in html
    assert as_(sister).get(page("interest", made)).url == page("file", made)
    for name in ("evaluators", "ask", "sheet", "agree", "report", "decision"):
        for response in (as_(sister).get(page(name, made)), as_(sister).post(page(name, made), {})):
            assert response.url == page("file", made)
    anew = reverse("application-reopen", kwargs={"ref": made.application.ref, "criterion": PLAIN})
    assert as_(sister).get(anew).url == page("file", made)
    assert made.application.ref not in text(as_(sister).get("/my-work/"))


def test_whoever_decides_says_first_whether_they_have_an_interest(at):
    made = reported(at)
    client = as_(at.director)
    assert page("decision", made) in text(client.get(page("file", made)))
    for response in (
        client.get(page("decision", made)),
        client.post(page("decision", made), {"outcome": "accept", "words": "Yes."}),
    ):
        assert response.url == page("interest", made)
    html = text(client.get(page("interest", made)))
    assert "Before you decide" in html
    assert "You decide nothing before you have said whether you have an interest" in html
    html = text(client.post(page("interest", made), {"has_interest": "yes"}))
    assert "Say what the interest is" in html
    response = client.post(page("interest", made), {"has_interest": "no"})
    assert response.url == page("decision", made)
    assert "Record the decision" in text(client.get(page("decision", made)))
    assert client.get(page("interest", made)).url == page("file", made)
    other = as_(council_member(Role.DIRECTOR))
    said = {"has_interest": "yes", "interest": "My son works there."}
    html = text(other.post(page("interest", made), said, follow=True))
    assert "Thank you. Somebody else decides" in html
    assert "You have declared an interest in this applicant" in html
    assert other.get(page("decision", made)).url == page("file", made)
    assert not Decision.objects.exists()


def test_who_is_no_evaluator_reports_on_nothing(at):
    made = agreed(at)
    client = as_(council_member(Role.PROCUREMENT))
    assert "Write the report" not in text(client.get(page("file", made)))
    assert "so you do not report on it" in text(client.get(page("report", made)))
    given = {"outcome": "accept", "words": "Take them."}
    html = text(client.post(page("report", made), given))
    assert "You are not an evaluator of this application." in html
    assert not Report.objects.exists()
