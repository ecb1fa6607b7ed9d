"""Rounds: opened, rolled on, closed, answered; and every refusal."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from flsf.core.people import SYSTEM
from flsf.mandate.framework import actions as frameworks
from flsf.mandate.framework.enums import CommercialModel
from flsf.mandate.rounds import actions, queries
from flsf.mandate.rounds.enums import Notice, Status
from flsf.mandate.rounds.models import Round
from flsf.mandate.rounds.rules import NewRound, PublishedNotice
from flsf.shared.audit.models import AuditEntry
from tests import factories
from tests.factories import NOW, TODAY, conflicts_assessed, council_member, made_framework

pytestmark = pytest.mark.django_db

ONE_DAY = timedelta(days=1)


def closed_framework():
    return frameworks.establish(
        name="FLSF",
        starts_on=date(2026, 4, 1),
        initial_years=3,
        extension_years_allowed=5,
        commercial_model=CommercialModel.LIGHT_TOUCH_CLOSED,
        by=SYSTEM,
        at=NOW,
    )


def opened(framework=None, **changed):
    usual = {"opens_on": TODAY, "closes_on": TODAY + timedelta(days=27)}
    return actions.open_round(
        framework_id=(framework or made_framework()).pk, **(usual | changed), by=SYSTEM, at=NOW
    )


def held(framework, *, standing=None):
    """A round of April, closed in time."""
    new = NewRound(
        opens_on=date(2026, 4, 1), closes_on=date(2026, 4, 30), decide_by=None, standstill_days=8
    )
    [made] = actions.take_in_many(framework_id=framework.pk, rounds=[new], by=SYSTEM, at=NOW)
    return made


def test_a_round_is_open_from_its_first_day_to_its_last():
    one = opened(opens_on=TODAY + ONE_DAY, standstill_days=8, decide_by=date(2026, 7, 1))
    on_days = [
        queries.with_number(one.framework_id, 1, on=day).status
        for day in (TODAY, one.opens_on, one.closes_on, one.closes_on + ONE_DAY)
    ]
    assert on_days == [Status.TO_COME, Status.OPEN, Status.OPEN, Status.CLOSED]
    assert queries.open_round(one.framework_id, on=TODAY) is None
    assert queries.next_round(one.framework_id, on=TODAY).number == 1
    assert queries.open_round(one.framework_id, on=one.closes_on).round_id == one.pk
    assert queries.open_round(one.framework_id, on=one.closes_on + ONE_DAY) is None
    assert queries.next_round(one.framework_id, on=one.opens_on) is None


def test_each_framework_counts_its_own_rounds():
    first, other = made_framework(), made_framework()
    opened(first)
    assert (opened(other).number, queries.with_number(first.pk, 2, on=TODAY)) == (1, None)
    [one] = queries.rounds(first.pk, on=TODAY)
    assert queries.with_ids([one.round_id], on=TODAY) == {one.round_id: one}


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"opens_on": TODAY - ONE_DAY}, actions.OpensInThePast),
        ({"closes_on": TODAY - ONE_DAY}, actions.ClosesBeforeItOpens),
        ({"decide_by": TODAY + timedelta(days=27)}, actions.DecidesTooEarly),
        ({"standstill_days": 7}, actions.StandstillTooShort),
        ({"closes_on": date(2029, 4, 1)}, actions.FrameworkOver),
    ],
)
def test_days_that_make_no_sense_are_refused(changed, refusal):
    with pytest.raises(refusal):
        opened(**changed)
    assert not Round.objects.exists()


def test_no_applicant_would_be_in_two_rounds():
    framework = made_framework()
    one = opened(framework)
    with pytest.raises(actions.RoundsOverlap):
        opened(framework, opens_on=one.closes_on, closes_on=None)
    assert opened(framework, opens_on=one.closes_on + ONE_DAY, closes_on=None).number == 2
    april = NewRound(opens_on=date(2026, 4, 1), closes_on=TODAY, decide_by=None)
    with pytest.raises(actions.RoundsOverlap):
        actions.take_in_many(framework_id=framework.pk, rounds=[april], by=SYSTEM, at=NOW)


def test_a_pool_that_is_never_shut_is_open_to_the_end_of_next_month():
    framework = made_framework()
    made = actions.roll(framework_id=framework.pk, by=SYSTEM, at=NOW)
    assert [(one.opens_on, one.closes_on) for one in made] == [
        (TODAY, date(2026, 5, 31)),
        (date(2026, 6, 1), date(2026, 6, 30)),
    ]
    # Twenty working days from 1 June on: the fifteenth is a bank holiday in Scotland.
    assert made[0].decide_by == date(2026, 6, 29)
    assert actions.roll(framework_id=framework.pk, by=SYSTEM, at=NOW) == []
    later = actions.roll(framework_id=framework.pk, by=SYSTEM, at=NOW + timedelta(days=20))
    assert [one.number for one in later] == [3]


def test_a_closed_framework_does_not_roll():
    assert actions.roll(framework_id=closed_framework().pk, by=SYSTEM, at=NOW) == []


def test_closed_early_a_pool_that_is_never_shut_goes_on_with_the_next_round():
    framework, officer = made_framework(), council_member()
    first, second = actions.roll(framework_id=framework.pk, by=SYSTEM, at=NOW)
    actions.close_round(
        round_id=first.pk, last_day=date(2026, 5, 20), reason="Many applied.", by=officer, at=NOW
    )
    assert queries.open_round(framework.pk, on=date(2026, 5, 20)).number == 1
    assert queries.open_round(framework.pk, on=date(2026, 5, 21)).number == 2
    actions.close_round(
        round_id=second.pk, last_day=date(2026, 5, 25), reason="Again.", by=officer, at=NOW
    )
    every = [TODAY + timedelta(days=ahead) for ahead in range(46)]
    numbers = [queries.open_round(framework.pk, on=day).number for day in every]
    assert [numbers.count(number) for number in (1, 2, 3, 4)] == [6, 5, 6, 29]
    assert [one.reason for one in queries.changes(second.pk, person=officer)] == ["", "Again."]


def test_a_round_without_an_end_is_closed_by_somebody():
    one = opened(closed_framework(), closes_on=None)
    assert queries.open_round(one.framework_id, on=date(2028, 1, 1)).number == 1
    actions.close_round(round_id=one.pk, last_day=TODAY, reason="Full.", by=SYSTEM, at=NOW)
    assert queries.open_round(one.framework_id, on=TODAY + ONE_DAY) is None


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"reason": " "}, actions.ReasonMissing),
        ({"last_day": TODAY - ONE_DAY}, actions.ClosesInThePast),
        ({"last_day": TODAY + timedelta(days=2)}, actions.ClosesBeforeItOpens),
        ({"last_day": TODAY + timedelta(days=9)}, actions.RoundAlreadyClosed),
    ],
)
def test_a_closing_that_makes_no_sense_is_refused(changed, refusal):
    one = opened(opens_on=TODAY + timedelta(days=3), closes_on=TODAY + timedelta(days=9))
    usual = {"last_day": TODAY + timedelta(days=5), "reason": "Full."}
    with pytest.raises(refusal):
        actions.close_round(round_id=one.pk, **(usual | changed), by=SYSTEM, at=NOW)


def test_all_are_told_once_when_nobody_can_join_any_more():
    framework, officer = made_framework(), council_member()
    past = held(framework)
    assert [one.number for one in queries.unanswered(on=TODAY)] == [1]
    with pytest.raises(actions.NeedsAPerson):
        actions.record_summaries_sent(round_id=past.pk, by=SYSTEM, at=NOW)
    actions.record_summaries_sent(round_id=past.pk, by=officer, at=NOW)
    found = queries.with_number(framework.pk, 1, on=TODAY)
    assert (found.status, found.summaries_sent_on) == (Status.ANSWERED, TODAY)
    assert queries.unanswered(on=TODAY) == []
    with pytest.raises(actions.AlreadyAnswered):
        actions.record_summaries_sent(round_id=past.pk, by=officer, at=NOW)
    with pytest.raises(actions.RoundStillOpen):
        actions.record_summaries_sent(round_id=opened(framework).pk, by=officer, at=NOW)


def test_the_table_holds_who_told_and_when_together():
    one = held(made_framework())
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=one.pk).update(summaries_sent_at=NOW)


@pytest.mark.parametrize(
    "kind", [Notice.TENDER, Notice.TRANSPARENCY, Notice.DETAILS, Notice.MARKET]
)
def test_a_notice_confirms_that_conflicts_were_assessed(kind):
    one = opened()
    said = {"round_id": one.pk, "kind": kind, "reference": "000-000001", "published_on": TODAY}
    with pytest.raises(actions.ConflictsNotConfirmed, match="register of conflicts"):
        actions.record_notice(**said, by=SYSTEM, at=NOW)
    conflicts_assessed(one.framework, confirmed_on=TODAY + ONE_DAY)
    with pytest.raises(actions.ConflictsNotConfirmed):
        actions.record_notice(**said, by=SYSTEM, at=NOW)
    conflicts_assessed(one.framework)
    actions.record_notice(**said, by=SYSTEM, at=NOW)


def test_other_notices_confirm_no_conflicts():
    one = opened()
    actions.record_notice(
        round_id=one.pk, kind=Notice.PLANNED, reference="1", published_on=TODAY, by=SYSTEM, at=NOW
    )
    found = queries.open_round(one.framework_id, on=TODAY)
    assert found.notices == (PublishedNotice("UK3", "1", TODAY),)


def test_a_notice_is_recorded_once_and_never_before_it_is_published():
    one = opened()
    conflicts_assessed(one.framework)
    said = {"round_id": one.pk, "kind": Notice.TENDER, "reference": " 2026/S 000-000001 "}
    actions.record_notice(**said, published_on=TODAY, by=SYSTEM, at=NOW)
    with pytest.raises(actions.NoticeAlreadyRecorded):
        actions.record_notice(**said, published_on=TODAY, by=SYSTEM, at=NOW)
    with pytest.raises(actions.PublishedLater):
        actions.record_notice(**said, published_on=TODAY + ONE_DAY, by=SYSTEM, at=NOW)
    found = queries.open_round(one.framework_id, on=TODAY)
    assert found.notices == (PublishedNotice("UK4", "2026/S 000-000001", TODAY),)


def test_what_was_done_is_on_record():
    framework = made_framework()
    actions.roll(framework_id=framework.pk, by=SYSTEM, at=NOW)
    entry = AuditEntry.objects.get(tag="mandate:round:rolled-on")
    assert (entry.subject, entry.details) == (f"framework {framework.ref}", {"numbers": [1, 2]})


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_open_each_round_once():
    framework, together = factories.made_framework(), Barrier(2)

    def roll(_):
        try:
            together.wait(timeout=5)
            return len(actions.roll(framework_id=framework.pk, by=SYSTEM, at=NOW))
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as pool:
        assert sorted(pool.map(roll, range(2))) == [0, 2]
    assert Round.objects.count() == 2
