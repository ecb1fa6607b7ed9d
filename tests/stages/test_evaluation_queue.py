"""What waits to be evaluated, the longest first, with its clock."""

from datetime import timedelta

import pytest

from flsf.mandate.law.enums import Key
from flsf.mandate.law.models import Provision
from flsf.market.evaluation import actions, queries
from flsf.market.evaluation.enums import Stage
from flsf.market.evaluation.rules import Times
from tests.factories import NOW, TODAY
from tests.factories_applications import applicant, sent
from tests.factories_evaluation import (
    AFTER,
    decided,
    finish,
    marking,
    reported,
    scene,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


# --- The queue ---


def test_the_queue_has_the_longest_first_and_asks_as_often_for_three_as_for_one(
    django_assert_num_queries,
):
    at = scene()
    one = marking(at)
    with django_assert_num_queries(14):
        [waiting] = queries.queue(person=at.first, on=TODAY)
    assert (waiting.listed.application_id, waiting.stage, waiting.is_mine) == (
        one.application_id,
        Stage.MARKING,
        True,
    )
    assert (waiting.clock.of, waiting.clock.is_late) == (20, False)
    sent(applicant(), at.framework)
    reported(at)
    with django_assert_num_queries(14):
        stages = [found.stage for found in queries.queue(person=at.first, on=TODAY)]
    assert stages == [Stage.MARKING, None, Stage.DECISION]
    late = queries.queue(person=at.first, on=AFTER.date() + 30 * DAY)
    assert all(found.clock.is_late for found in late)


# --- How long deciding took ---


def test_how_long_it_took_counts_from_the_day_after_and_not_while_the_applicant_is_asked():
    at = scene()
    made = marking(at)
    asked = actions.ask(evaluation_id=made.pk, words="Which ages?", by=at.first, at=NOW + 3 * DAY)
    told = {"clarification_id": asked.pk, "words": "All of them.", "by": made.application.begun_by}
    actions.answer(**told, at=NOW + 5 * DAY)
    finish(at, made, on=NOW + 6 * DAY)
    # Sent on Friday 15 May; Monday and Tuesday wait for the answer that came on Wednesday.
    assert times(at) == Times(counted=1, within=1, half_within=2, longest=2, promised=20)
    decided(at)  # on the day it was sent
    assert times(at) == Times(counted=2, within=2, half_within=0, longest=2, promised=20)


def test_only_what_was_decided_on_those_days_in_that_framework_is_counted():
    at = scene()
    decided(at)
    assert times(at).counted == 1
    assert times(at, since=TODAY + DAY).counted == 0
    assert times(at, until=TODAY - DAY).counted == 0
    assert times(at, since=TODAY, until=TODAY).counted == 1
    assert queries.decision_times(at.framework.pk + 1, since=TODAY, until=TODAY).counted == 0
    assert queries.measured(None, on=TODAY.replace(year=2027) - DAY).decided.counted == 1
    assert queries.measured(None, on=TODAY.replace(year=2027)).decided.counted == 0


def test_how_long_it_took_asks_as_often_for_three_as_for_one(django_assert_num_queries):
    at = scene()
    decided(at)
    with django_assert_num_queries(4):
        times(at)
    decided(at)
    decided(at)
    with django_assert_num_queries(4):
        assert times(at).counted == 3


def test_each_is_held_to_what_was_promised_on_the_day_it_was_sent():
    Provision.objects.create(
        key=Key.DECIDE_APPLICATION_DAYS, value=10, unit="working_days",
        in_force_from=TODAY + DAY, words="Decided within ten", source="For a test",
    )  # fmt: skip
    at = scene()
    before = marking(at)
    after = marking(at, when=NOW + DAY)
    shown = {one.listed.ref: one.clock for one in queries.queue(person=at.first, on=TODAY + DAY)}
    assert shown[before.application.ref].of == 20
    assert shown[after.application.ref].of == 10
    assert (
        shown[after.application.ref].due_on
        == after.submission.decide_by
        < before.submission.decide_by
    )
    seen = queries.seen(after.application_id, person=at.first, on=TODAY + DAY)
    assert seen.clock == shown[after.application.ref]
    for one in (before, after):
        finish(at, one, on=AFTER + 5 * DAY)  # 12 working days
    assert times(at) == Times(counted=2, within=1, half_within=12, longest=12, promised=None)


def times(at, since=TODAY, until=TODAY + 30 * DAY):
    return queries.decision_times(at.framework.pk, since=since, until=until)
