"""Whoever has not answered about its framework agreement is reminded, and nobody else."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from flsf.core.people import SYSTEM
from flsf.flows.issue_agreements import remind_waiting
from flsf.market.agreements import queries, rules
from flsf.market.agreements.enums import ReplyKind
from flsf.market.providers.models import Provider
from flsf.shared.accounts.enums import Role
from flsf.shared.notify.models import Message
from tests import factories
from tests.factories import NOW, TODAY
from tests.factories_market import admitted, issued, provider
from tests.stages.test_agreements import accept, manager, now_of, of, paper, reply

__all__ = ["manager", "of", "paper"]
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("days", "sent", "due"),
    [
        (6, (), False),
        (7, (), True),
        (7, (7,), False),
        (13, (7,), False),
        (14, (7,), True),
        (20, (), True),
        (20, (18,), False),  # by hand, since the last was due
        (29, (7, 14), False),
        (30, (7, 14), True),
        (31, (30,), False),
        (400, (7, 14, 30), False),
    ],
)
def test_a_paper_that_waits_is_due_a_reminder_after_7_14_and_30_days(days, sent, due):
    said = [TODAY + one * DAY for one in sent]
    assert rules.is_reminder_due(TODAY, said, on=TODAY + days * DAY) is due


def test_whoever_has_not_answered_is_reminded_by_night_and_nobody_else(paper, manager):
    answers = {name: issued(admitted(provider(name))) for name in ("Asked", "Declined", "Party")}
    places = {
        name: Provider.objects.get(pk=one.provider_id).organisation for name, one in answers.items()
    }
    people = {
        name: factories.member_of(place, Role.PROVIDER_MANAGER) for name, place in places.items()
    }
    reply(answers["Asked"], people["Asked"])
    reply(answers["Declined"], people["Declined"], kind=ReplyKind.DECLINED)
    accept(answers["Party"], people["Party"])
    week = NOW + 7 * DAY
    assert queries.to_remind(on=TODAY + 6 * DAY) == []
    assert [one.ref for one in queries.to_remind(on=week.date())] == [paper.ref]
    assert remind_waiting(by=SYSTEM, at=week) == 1
    assert remind_waiting(by=SYSTEM, at=week + timedelta(hours=1)) == 0
    [letter] = Message.objects.filter(template="agreement-reminder")
    assert letter.address == manager.email
    assert remind_waiting(by=SYSTEM, at=NOW + 14 * DAY) == 1
    assert now_of(paper, on=TODAY + 14 * DAY).reminded_on == (
        TODAY + 14 * DAY,
        TODAY + 7 * DAY,
    )


def test_one_accepted_just_now_keeps_no_other_from_its_reminder(paper, manager, monkeypatch):
    other = issued(admitted(provider("Other")))
    late = queries.to_remind(on=TODAY + 7 * DAY)
    monkeypatch.setattr(queries, "to_remind", lambda **_: late)
    accept(paper, manager)
    assert remind_waiting(by=SYSTEM, at=NOW + 7 * DAY) == 1
    assert now_of(other, on=TODAY + 7 * DAY).reminded_on == (TODAY + 7 * DAY,)


def test_what_is_due_by_night_takes_the_same_questions_for_one_and_three(db):
    counts = []
    for _ in range(2):
        issued(admitted(provider()))
        with CaptureQueriesContext(connection) as asked:
            queries.to_remind(on=TODAY + 7 * DAY)
        counts.append(len(asked))
        issued(admitted(provider()))
    assert counts[0] == counts[1]
