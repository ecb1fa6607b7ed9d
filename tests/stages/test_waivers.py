from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from flsf.mandate.waivers import actions, queries
from flsf.mandate.waivers.enums import Standing
from flsf.mandate.waivers.models import Waiver
from flsf.shared.audit import queries as audit
from tests.factories import NOW, TODAY, council_member, member_of, organisation
from tests.factories_money import waiver

pytestmark = pytest.mark.django_db


def test_a_granted_waiver_is_in_the_register_and_in_the_record():
    officer = council_member()
    one = waiver(by=officer)
    (entry,) = queries.register(person=officer, on=TODAY)
    assert (entry.ref, entry.standing, entry.days_left) == (one.ref, Standing.LIVE, 30)
    (said,) = audit.history_of(f"waiver {one.ref}", person=officer)
    assert said.tag == "mandate:waiver:granted"


def test_the_register_puts_overdue_first_and_ended_last():
    officer = council_member()
    live, ended = waiver(), waiver()
    overdue = waiver(expires_on=TODAY - timedelta(days=1))
    to_come = waiver(starts_on=TODAY + timedelta(days=1))
    actions.end(waiver_id=ended.pk, ended_on=TODAY, why="All moved.", by=officer, at=NOW)
    found = [entry.ref for entry in queries.register(person=officer, on=TODAY)]
    assert found == [overdue.ref, live.ref, to_come.ref, ended.ref]
    assert queries.count(on=TODAY) == queries.Count(live=1, overdue=1)


def test_a_provider_reads_no_register():
    waiver()
    assert queries.register(person=member_of(organisation()), on=TODAY) == []


def test_days_out_of_order_are_refused():
    with pytest.raises(actions.EndsBeforeItStarts):
        waiver(starts_on=TODAY, expires_on=TODAY - timedelta(days=1))


def test_an_approval_from_tomorrow_is_refused():
    with pytest.raises(actions.ApprovedLater):
        waiver(approved_on=TODAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("ended_on", "refusal"),
    [
        (TODAY + timedelta(days=1), actions.EndedLater),
        (date(2026, 3, 31), actions.EndedBeforeItStarted),
    ],
)
def test_a_waiver_ends_within_its_life(ended_on, refusal):
    one = waiver()
    with pytest.raises(refusal):
        actions.end(waiver_id=one.pk, ended_on=ended_on, why="x", by=council_member(), at=NOW)


def test_a_waiver_ends_once():
    one, officer = waiver(), council_member()
    actions.end(waiver_id=one.pk, ended_on=TODAY, why="All moved.", by=officer, at=NOW)
    with pytest.raises(actions.AlreadyEnded):
        actions.end(waiver_id=one.pk, ended_on=TODAY, why="Again.", by=officer, at=NOW)


def test_the_run_down_counts_what_is_live():
    waiver()
    waiver(expires_on=TODAY + timedelta(days=5))
    steps = queries.live_by_day(first=TODAY, last=TODAY + timedelta(days=60))
    assert [step.live for step in steps] == [2, 1, 0]


@pytest.mark.parametrize("half", [{"ended_on": TODAY}, {"ended_why": "because"}])
def test_the_table_holds_no_half_an_end(half):
    one = waiver()
    with pytest.raises(IntegrityError), transaction.atomic():
        Waiver.objects.filter(pk=one.pk).update(**half)
