"""The applicant is asked by whoever may, and the clock stands still until they answer."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from flsf.market.applications import queries as find_applications
from flsf.market.applications.enums import Status
from flsf.market.evaluation import actions, queries
from flsf.market.evaluation.enums import Stage
from flsf.market.evaluation.models import Clarification
from tests.factories import NOW, TODAY
from tests.factories_applications import applicant
from tests.factories_evaluation import marking, opened, scene

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def status(made, on=TODAY):
    return find_applications.status_on(on, application_id=made.application_id)


def stage(made, person):
    return queries.seen(made.application_id, person=person, on=TODAY).stage


def test_a_question_stops_the_clock_until_it_is_answered():
    at = scene()
    person = applicant()
    made = marking(at, person)
    with pytest.raises(actions.WordsMissing):
        actions.ask(evaluation_id=made.pk, words=" ", by=at.first, at=NOW)
    asked = actions.ask(evaluation_id=made.pk, words="Which floor?", by=at.first, at=NOW)
    with pytest.raises(actions.AlreadyAsked):
        actions.ask(evaluation_id=made.pk, words="And the lift?", by=at.second, at=NOW)
    assert (status(made), stage(made, at.first)) == (Status.QUESTION_SENT, Stage.QUESTION)
    later = TODAY + 30 * DAY
    [waiting] = queries.queue(person=at.first, on=later)
    assert (waiting.clock.is_paused, waiting.clock.due_on, waiting.clock.is_late) == (
        True,
        None,
        False,
    )
    with pytest.raises(actions.WordsMissing):
        actions.answer(clarification_id=asked.pk, words="", by=person, at=NOW)
    actions.answer(
        clarification_id=asked.pk, words="The ground floor.", by=person, at=NOW + 5 * DAY
    )
    with pytest.raises(actions.NotOpenQuestion):
        actions.answer(clarification_id=asked.pk, words="No.", by=person, at=NOW + 6 * DAY)
    assert status(made, TODAY + 5 * DAY) is Status.BEING_CHECKED
    clock = queries.queue(person=at.first, on=TODAY + 5 * DAY)[0].clock
    full = find_applications.in_full(made.application_id, person=at.first, on=TODAY)
    assert not clock.is_paused
    assert clock.due_on > full.decide_by


def test_only_an_evaluator_who_is_free_of_interest_asks():
    at = scene()
    made = opened(at)
    given = {"evaluation_id": made.pk, "words": "Which floor?", "at": NOW}
    for stranger in (at.first, at.director):
        with pytest.raises(actions.NotYourEvaluation):
            actions.ask(by=stranger, **given)
    for one in (at.first, at.second):
        actions.assign(evaluation_id=made.pk, person_id=one.pk, by=at.first, at=NOW)
    with pytest.raises(actions.DeclareFirst):
        actions.ask(by=at.first, **given)
    told = {"evaluation_id": made.pk, "at": NOW}
    actions.declare(has_interest=True, interest="My aunt works there.", by=at.first, **told)
    actions.declare(has_interest=False, by=at.second, **told)
    with pytest.raises(actions.HasInterest):
        actions.ask(by=at.first, **given)
    assert (Clarification.objects.count(), status(made)) == (0, Status.BEING_CHECKED)
    assert actions.ask(by=at.second, **given).asked_by == at.second


@pytest.mark.parametrize(
    "broken", [{"answer": "Yes."}, {"answered_at": NOW}, {"answered_at": NOW, "answer": "Yes."}]
)
def test_the_database_keeps_an_answer_whole(broken):
    at = scene()
    actions.ask(evaluation_id=marking(at).pk, words="Which floor?", by=at.first, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Clarification.objects.update(**broken)
