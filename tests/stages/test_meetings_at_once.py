"""Two hands on one meeting or one action at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from flsf.core.people import SYSTEM
from flsf.core.refusals import Refusal
from flsf.oversight.meetings import actions, queries
from flsf.oversight.meetings.models import AgreedStep, Meeting
from tests.factories import NOW, TODAY, council_member
from tests.factories_market import provider
from tests.factories_meetings import agreed, in_pool, meeting, told

pytestmark = pytest.mark.django_db(transaction=True)


def both(act):
    together = Barrier(2)
    people = [council_member(), council_member()]

    def run(person):
        try:
            together.wait(timeout=5)
            act(person)
        except Refusal as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(max_workers=2) as pool:
        return sorted(pool.map(run, people))


def test_a_meeting_recorded_twice_at_once_is_recorded_once():
    of = provider()
    in_pool(of)
    told_of = both(
        lambda who: actions.record(provider_id=of.pk, meeting=told(), by=who, at=NOW),
    )
    assert told_of == sorted([str(actions.MetThatDay()), "done"])
    assert Meeting.objects.count() == 1


def test_an_action_settled_twice_at_once_is_settled_once():
    of = provider()
    in_pool(of)
    one = agreed(meeting(of))
    seen = queries.action_with_ref(one.ref, person=SYSTEM).latest.id
    told_of = both(
        lambda who: actions.finish(
            action_id=one.pk, done_on=TODAY, words="", seen_id=seen, by=who, at=NOW
        ),
    )
    assert told_of == sorted([str(actions.SettledAlready()), "done"])
    assert AgreedStep.objects.filter(action=one).count() == 2


def test_two_changes_at_once_are_one_change_and_a_word_to_the_other():
    of = provider()
    in_pool(of)
    one = agreed(meeting(of))
    seen = queries.action_with_ref(one.ref, person=SYSTEM).latest.id
    told_of = both(
        lambda who: actions.change(
            action_id=one.pk,
            owner="A B, clerk",
            owner_id=None,
            due_on=TODAY,
            because="So.",
            seen_id=seen,
            by=who,
            at=NOW,
        ),
    )
    assert told_of == sorted([str(actions.ChangedMeanwhile()), "done"])
