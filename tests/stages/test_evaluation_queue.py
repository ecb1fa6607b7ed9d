"""What waits to be evaluated, the longest first, with its clock."""

from datetime import timedelta

import pytest

from flsf.market.evaluation import queries
from flsf.market.evaluation.enums import Stage
from tests.factories import TODAY
from tests.factories_applications import applicant, sent
from tests.factories_evaluation import (
    AFTER,
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
    with django_assert_num_queries(8):
        [waiting] = queries.queue(person=at.first, on=TODAY)
    assert (waiting.listed.application_id, waiting.stage, waiting.is_mine) == (
        one.application_id,
        Stage.MARKING,
        True,
    )
    assert (waiting.clock.of, waiting.clock.is_late) == (20, False)
    sent(applicant(), at.framework)
    reported(at)
    with django_assert_num_queries(8):
        stages = [found.stage for found in queries.queue(person=at.first, on=TODAY)]
    assert stages == [Stage.MARKING, None, Stage.DECISION]
    late = queries.queue(person=at.first, on=AFTER.date() + 30 * DAY)
    assert all(found.clock.is_late for found in late)
