"""An applicant who never answers holds up nobody: after the last day the evaluation goes on."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from flsf.core import clock
from flsf.flows.evaluate_application import ask_applicant, go_on_without_answer
from flsf.market.applications import queries as applications
from flsf.market.applications.enums import Status
from flsf.market.evaluation import actions, queries
from flsf.market.evaluation.models import Clarification
from flsf.shared.notify.models import Message
from tests.factories import NOW, council_member
from tests.factories_applications import applicant
from tests.factories_evaluation import marking, scene

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
LAST = date(2026, 5, 22)  # five working days after Friday 15 May
LATE = NOW + 8 * DAY


@pytest.fixture
def at():
    return scene()


@pytest.fixture
def person():
    return applicant()


@pytest.fixture
def asked(at, person):
    made = marking(at, person)
    ask_applicant(evaluation_id=made.pk, words="Which ages?", by=at.first, at=NOW)
    return Clarification.objects.get()


def close(asked, by, when=LATE, because="No answer after two reminders."):
    go_on_without_answer(clarification_id=asked.pk, because=because, by=by, at=when)


def as_(user):
    client = Client()
    client.force_login(user)
    return client


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def page(name, asked):
    return reverse(f"application-{name}", kwargs={"ref": asked.evaluation.application.ref})


def test_the_applicant_is_told_until_when_to_answer(asked, person):
    assert asked.answer_by == LAST
    [told] = Message.objects.filter(template="application-question")
    assert told.details["day"] == "22 May 2026"
    own = f"/provider/application/{asked.evaluation.application.ref}/"
    assert "Please answer by 22 May 2026" in text(as_(person).get(own))


def test_the_evaluation_and_its_clock_go_on(at, asked):
    close(asked, at.first)
    asked.refresh_from_db()
    assert (asked.answer, asked.closed_because) == ("", "No answer after two reminders.")
    assert queries.open_question(asked.evaluation.application_id) is None
    assert (
        applications.status_on(LATE.date(), application_id=asked.evaluation.application_id)
        is Status.BEING_CHECKED
    )
    [waiting] = queries.queue(person=at.first, on=LATE.date() + DAY)
    assert not waiting.clock.is_paused
    assert Message.objects.filter(template="application-question-closed").count() == 1
    # Something else may be asked, and be answered or closed for itself.
    actions.ask(evaluation_id=asked.evaluation_id, words="Where?", by=at.first, at=LATE)


@pytest.mark.parametrize("when", [NOW, NOW + 7 * DAY])
def test_not_before_the_last_day_has_passed(at, asked, when):
    with pytest.raises(actions.StillTheirTurn):
        close(asked, at.first, when)


def test_by_an_evaluator_without_an_interest_with_words_and_once(at, asked):
    with pytest.raises(actions.WordsMissing):
        close(asked, at.first, because=" ")
    for other in (at.director, council_member()):
        with pytest.raises(actions.NotYourEvaluation):
            close(asked, other)
    close(asked, at.second)
    with pytest.raises(actions.NotOpenQuestion):
        close(asked, at.first)


def test_an_answer_that_comes_later_is_refused_in_words(at, asked, person):
    close(asked, at.first)
    with pytest.raises(actions.NotOpenQuestion, match="went on without an answer"):
        actions.answer(clarification_id=asked.pk, words="All.", by=person, at=LATE)


def test_answered_in_time_nothing_is_closed(at, asked, person):
    actions.answer(clarification_id=asked.pk, words="All.", by=person, at=NOW)
    with pytest.raises(actions.NotOpenQuestion):
        close(asked, at.first)


def test_the_table_holds_an_answer_or_a_reason_and_never_both(asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        Clarification.objects.filter(pk=asked.pk).update(closed_because="So.")


def test_by_clicking_from_my_work_to_what_the_applicant_reads(at, asked, person):
    client = as_(at.first)
    assert page("close-question", asked) not in text(client.get(page("file", asked)))
    assert "The applicant may still answer" in text(
        client.post(page("close-question", asked), {"because": "So."})
    )
    with clock.stopped_at(LATE):
        assert "did not answer in time" in text(client.get(reverse("my-work")))
        assert page("close-question", asked) in text(client.get(page("file", asked)))
        html = text(client.get(page("close-question", asked)))
        assert "to be answered by 22 May 2026" in html
        assert "Write why you go on" in text(client.post(page("close-question", asked), {}))
        done = client.post(page("close-question", asked), {"because": "No word from them."})
        assert done.url == page("file", asked)
        assert "None in time. No word from them." in text(client.get(page("file", asked)))
        assert client.get(page("close-question", asked)).url == page("file", asked)
        own = f"/provider/application/{asked.evaluation.application.ref}/"
        assert "We went on without an answer: No word from them." in text(as_(person).get(own))
