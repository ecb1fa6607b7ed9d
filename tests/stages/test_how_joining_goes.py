"""How long receipts and joining took, and what became of applications that were begun."""

from datetime import timedelta

import pytest

from flsf.core import clock
from flsf.core.people import SYSTEM
from flsf.flows.release_round import release_round
from flsf.flows.send_application import send_application
from flsf.jobs import outbox
from flsf.market.applications import actions as applications
from flsf.market.applications import queries as find_applications
from flsf.market.evaluation import actions, queries
from flsf.market.evaluation.enums import Outcome
from flsf.market.evaluation.rules import Times
from flsf.market.providers.models import Provider
from flsf.shared.notify import actions as notify
from flsf.shared.notify.models import Message
from tests.factories import NOW, TODAY, made_framework
from tests.factories_applications import answered, applicant, begun, mentoring, questions
from tests.factories_evaluation import AFTER, decided, finish, marking, scene

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


# --- The receipt ---


def send(at, *, when=NOW):
    person = applicant()
    made = answered(person, at.framework)
    send_application(application_id=made.pk, version=1, address=person.email, by=person, at=when)
    return made


def leave(when):
    with clock.stopped_at(when):
        outbox.send_outbox(0)


def receipts(at, on=TODAY):
    return queries.acknowledgement_times(at.framework.pk, since=TODAY, until=on, on=on)


def test_a_receipt_counts_to_the_day_on_which_its_email_left():
    at = scene()
    send(at)
    leave(NOW + HOUR)
    assert receipts(at) == Times(counted=1, within=1, half_within=0, longest=0, promised=2)
    send(at)
    leave(NOW + 5 * DAY)  # sent on Friday, left on Wednesday
    assert receipts(at) == Times(counted=2, within=1, half_within=0, longest=3, promised=2)


def test_one_that_has_not_left_counts_from_the_day_after_the_promised_one():
    at = scene()
    send(at)
    tuesday = TODAY + 4 * DAY
    assert receipts(at, on=tuesday).counted == 0
    assert receipts(at, on=tuesday + DAY) == Times(1, 0, 3, 3, 2)
    [message] = Message.objects.all()
    notify.mark_failed(message_id=message.pk, trouble="No such address", by=SYSTEM, at=NOW)
    assert receipts(at, on=tuesday + DAY) == Times(1, 0, 3, 3, 2)


def test_only_what_was_sent_on_those_days_in_that_framework_counts():
    at = scene()
    send(at)
    leave(NOW)
    given = {"since": TODAY, "until": TODAY, "on": TODAY}
    assert queries.acknowledgement_times(None, **given).counted == 1
    assert queries.acknowledgement_times(at.framework.pk + 1, **given).counted == 0
    given |= {"since": TODAY + DAY, "until": TODAY + DAY}
    assert queries.acknowledgement_times(None, **given).counted == 0


def test_receipts_ask_as_often_for_three_as_for_one(django_assert_num_queries):
    at = scene()
    for many in (1, 3):
        while Message.objects.count() < many:
            send(at)
        leave(NOW)
        with django_assert_num_queries(4):
            assert receipts(at).counted == many


# --- Small providers ---


def told(at, since=TODAY):
    release_round(round_of=at.round(AFTER.date()), by=at.director, at=AFTER)
    return joined(at, since)


def joined(at, since=TODAY):
    return queries.joining_times(at.framework.pk, since=since, until=AFTER.date())


def test_joining_counts_from_beginning_to_the_telling_without_the_days_of_asking():
    at = scene()
    made = marking(at, when=NOW + 3 * DAY)  # begun on Friday, sent on Monday
    asked = actions.ask(evaluation_id=made.pk, words="Which ages?", by=at.first, at=NOW + 4 * DAY)
    given = {"clarification_id": asked.pk, "words": "All.", "by": made.application.begun_by}
    actions.answer(**given, at=NOW + 6 * DAY)  # Tuesday and Wednesday do not count
    finish(at, made, on=NOW + 7 * DAY)
    found = told(at)
    assert found.writing == Times(1, 1, 1, 1, 30)
    assert found.deciding == Times(1, 1, 2, 2, 20)
    # Told on Friday 29 May: nine working days, Monday the 25th being none, without two of asking.
    assert found.altogether == Times(1, 1, 7, 7, 30)


def test_only_small_providers_that_were_told_that_they_joined_count():
    at = scene()
    decided(at)
    decided(at, but={"teaching": 2}, outcome=Outcome.DECLINE)
    assert joined(at).altogether.counted == 0
    assert told(at).altogether.counted == 1
    assert joined(at, since=AFTER.date() + DAY).altogether.counted == 0
    Provider.objects.update(is_small=False)
    assert joined(at).altogether.counted == 0


def test_joining_asks_as_often_for_three_as_for_one(django_assert_num_queries):
    at = scene()
    decided(at)
    told(at)
    with django_assert_num_queries(6):
        joined(at)


# --- What became of those that were begun ---


def became(at, on, person=None, since=TODAY):
    return find_applications.completion(
        at.framework.pk, since=since, until=on, person=person or at.first, on=on
    )


def numbers(found):
    return (found.begun, found.sent, found.withdrawn, found.stopped, found.going_on)


def test_one_has_stopped_after_fourteen_days_without_a_touch():
    at = scene()
    begun(applicant(), at.framework)
    assert numbers(became(at, TODAY + 13 * DAY)) == (1, 0, 0, 0, 1)
    assert numbers(became(at, TODAY + 14 * DAY)) == (1, 0, 0, 1, 0)


def test_what_was_sent_or_withdrawn_has_not_stopped():
    at = scene()
    decided(at)
    gone = begun(applicant(), at.framework)
    applications.withdraw(application_id=gone.pk, because="We moved.", by=SYSTEM, at=NOW)
    assert numbers(became(at, TODAY + 30 * DAY)) == (2, 1, 1, 0, 0)


def test_it_stopped_in_the_part_of_the_last_answer_and_what_was_filled_in_is_none():
    at = scene()
    known = begun(applicant(), at.framework)
    begun(applicant(), at.framework)
    for hours, typed in ((1, {"first-aid": ["I carry a kit."]}), (2, {"phone": ["01632 960 001"]})):
        applications.answer(application_id=known.pk, typed=typed, by=SYSTEM, at=NOW + hours * HOUR)
    found = {one.section.code: one for one in became(at, TODAY + 20 * DAY).sections if one.stopped}
    asked = {one.code: one.section for one in questions_of(at)}
    assert set(found) == {"", asked["phone"]}
    assert found[asked["phone"]].answered == 1
    assert found[asked["phone"]].finished == 0


def questions_of(at):
    return find_applications.questions_in_force(at.framework.pk, on=TODAY).questions.questions


def test_only_staff_count_and_only_what_was_begun_then():
    at = scene()
    person = applicant()
    begun(person, at.framework)
    assert became(at, TODAY, person=person) is None
    assert numbers(became(at, TODAY + DAY, since=TODAY + DAY)) == (0, 0, 0, 0, 0)


def test_a_framework_that_asks_nothing_counts_nothing():
    at = scene()
    bare = made_framework()
    assert (
        find_applications.completion(bare.pk, since=TODAY, until=TODAY, person=at.first, on=TODAY)
        is None
    )


def test_another_frameworks_applications_do_not_count():
    at = scene()
    other = made_framework()
    questions(other)
    mentoring(other)
    begun(applicant(), other)
    assert numbers(became(at, TODAY)) == (0, 0, 0, 0, 0)


def test_it_asks_as_often_for_three_as_for_one(django_assert_num_queries):
    at = scene()
    begun(applicant(), at.framework)
    assert at.first.reach.whole_council
    with django_assert_num_queries(5):
        became(at, TODAY)
    for _ in range(2):
        begun(applicant(), at.framework)
    with django_assert_num_queries(5):
        assert became(at, TODAY).begun == 3
