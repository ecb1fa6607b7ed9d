"""When an application is sent: the round, the criteria of the day and the commercial model."""

from datetime import timedelta

import pytest

from flsf.core.people import SYSTEM
from flsf.mandate.framework import actions as framework
from flsf.mandate.framework.enums import CommercialModel
from flsf.mandate.rounds import actions as rounds
from flsf.market.applications import actions, queries
from flsf.market.applications.enums import Status
from tests import factories
from tests.factories import NOW, TODAY, council_member
from tests.factories_applications import (
    answered,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def status(of, on=TODAY):
    return queries.status_on(on, application_id=of.pk)


def submit(of, version=1, at=NOW):
    return actions.submit(application_id=of.pk, version=version, by=SYSTEM, at=at)


# --- Rounds and criteria ---


def opened(inside, first, last):
    rounds.open_round(
        framework_id=inside.pk,
        opens_on=first,
        closes_on=last,
        decide_by=last + 60 * DAY,
        by=council_member(),
        at=NOW,
    )


def test_it_is_sent_in_the_round_that_is_open_and_judged_by_the_criteria_of_the_day():
    made = answered()
    opened(made.framework, TODAY + DAY, TODAY + 9 * DAY)
    with pytest.raises(actions.NoRoundOpen):
        submit(made)
    framework.publish_criteria(
        framework_id=made.framework_id,
        criteria=["Children are safe", "They learn"],
        in_force_from=TODAY,
        by=council_member(),
        at=NOW,
    )
    submit(made, at=NOW + DAY)
    full = queries.in_full(made.pk, person=SYSTEM, on=TODAY + DAY)
    assert full.round_number == 1
    assert (full.criteria_version, full.criteria) == (1, ("Children are safe", "They learn"))


def test_between_rounds_answers_are_kept_and_not_sent():
    made = answered()
    opened(made.framework, TODAY, TODAY + 9 * DAY)
    with pytest.raises(actions.NoRoundOpen):
        submit(made, at=NOW + 10 * DAY)
    assert status(made, TODAY + 10 * DAY) is Status.IN_PROGRESS
    submit(made, at=NOW + 9 * DAY)


@pytest.mark.parametrize(
    ("model", "refused"),
    [
        (CommercialModel.PSEUDO_DPS, None),
        (CommercialModel.DYNAMIC_MARKET, None),
        (CommercialModel.OPEN_FRAMEWORK, actions.NoRoundOpen),
        (CommercialModel.LIGHT_TOUCH_CLOSED, actions.ModelRefuses),
        (CommercialModel.SPOT, actions.ModelRefuses),
    ],
)
def test_without_a_round_the_commercial_model_says_whether_it_is_sent(model, refused):
    made = answered()
    factories.works_as(made.framework, model)
    if refused is None:
        submit(made)
        assert status(made) is Status.SUBMITTED
        return
    with pytest.raises(refused):
        submit(made)
    assert status(made) is Status.IN_PROGRESS


@pytest.mark.parametrize(
    "model", [CommercialModel.OPEN_FRAMEWORK, CommercialModel.LIGHT_TOUCH_CLOSED]
)
def test_in_the_first_round_those_models_take_applications_and_before_it_say_wait(model):
    made = answered()
    factories.works_as(made.framework, model)
    opened(made.framework, TODAY + DAY, TODAY + 9 * DAY)
    with pytest.raises(actions.NoRoundOpen):
        submit(made)
    submit(made, at=NOW + DAY)
    assert status(made, TODAY + DAY) is Status.SUBMITTED


def test_a_fixed_list_takes_nobody_in_a_second_round_and_says_why():
    made = answered()
    factories.works_as(made.framework, CommercialModel.LIGHT_TOUCH_CLOSED)
    opened(made.framework, TODAY, TODAY + 2 * DAY)
    opened(made.framework, TODAY + 5 * DAY, TODAY + 9 * DAY)
    with pytest.raises(actions.ModelRefuses, match=r"The list is fixed.*Your answers are kept"):
        submit(made, at=NOW + 5 * DAY)


def test_what_has_ended_takes_nobody():
    made = answered()
    opened(made.framework, TODAY, TODAY + 2 * DAY)
    made.framework.starts_on = TODAY.replace(year=2027)
    made.framework.save()
    with pytest.raises(actions.ModelRefuses, match="has ended"):
        submit(made)
