"""A round is told in the background: once, wholly or not at all, whatever becomes of the worker."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from flsf.core import clock
from flsf.core.people import SYSTEM
from flsf.flows import release_round as flow
from flsf.jobs import rounds as jobs
from flsf.market.applications import actions as applications
from flsf.market.applications.enums import Status
from flsf.market.evaluation import actions, queries
from flsf.market.evaluation.enums import Outcome, Step
from flsf.market.evaluation.models import Decision, Telling
from flsf.market.providers.models import Provider
from flsf.shared.accounts import actions as accounts
from flsf.shared.accounts.enums import Role
from flsf.shared.audit.models import AuditEntry
from flsf.shared.notify.models import Message
from tests.factories import NOW, council_member
from tests.factories_applications import applicant
from tests.factories_evaluation import AFTER, decided, opened, scene
from tests.factories_exclusions import match

THEN = AFTER.date()


@pytest.fixture(autouse=True)
def later():
    with clock.stopped_at(AFTER):
        yield


@pytest.fixture
def at(db):
    return scene()


def ask(at, by=None):
    return jobs.ask_to_tell(round_of=at.round(THEN), by=by or at.director, at=AFTER)


def last():
    return Telling.objects.order_by("pk").last()


def written():
    return (
        Message.objects.count(),
        Provider.objects.count(),
        Decision.objects.filter(released_at__isnull=False).count(),
    )


def test_what_was_asked_for_is_told_with_who_and_when(at):
    decided(at)
    decided(at, but={"teaching": 2}, outcome=Outcome.DECLINE)
    assert ask(at)
    assert written() == (0, 0, 0)
    [job] = ProcrastinateJob.objects.all()
    assert (job.task_name, job.args) == ("tell-round", {"telling_id": last().pk})
    jobs.tell_round(last().pk)
    assert written() == (2, 1, 2)
    one = last()
    assert (Step(one.step), one.told, one.trouble, one.ended_at) == (Step.TOLD, 2, "", AFTER)
    assert (one.asked_by, one.asked_at) == (at.director, AFTER)
    assert set(Decision.objects.values_list("released_by", "released_at")) == {
        (at.director.pk, AFTER)
    }
    steps = AuditEntry.objects.filter(tag__contains="telling-moved").order_by("pk")
    assert [one.details["step"] for one in steps] == ["decisions", "exclusions", "telling"]


def test_a_real_moment_is_no_whole_second(at):
    """Clocks tell parts of seconds; the papers that are issued with it must bear that."""
    decided(at)
    ask(at)
    with clock.stopped_at(AFTER + timedelta(microseconds=123_456)):
        jobs.tell_round(last().pk)
    assert (written(), last().told) == ((1, 1, 1), 1)


def test_done_a_second_time_nothing_is_written(at):
    decided(at)
    ask(at)
    jobs.tell_round(last().pk)
    before, kept = written(), AuditEntry.objects.count()
    jobs.tell_round(last().pk)
    assert (written(), AuditEntry.objects.count()) == (before, kept)


class Killed(BaseException):
    """As when the worker's process is ended: nothing of ours runs any more."""


@pytest.mark.parametrize("before", ["look_at_exclusions", "hold_telling"])
def test_a_worker_killed_between_two_steps_leaves_it_to_do_again(at, monkeypatch, before):
    decided(at)
    ask(at)
    with monkeypatch.context() as patched:
        patched.setattr(queries, before, _kill)
        with pytest.raises(Killed):
            jobs.tell_round(last().pk)
    assert (written(), last().ended_at) == ((0, 0, 0), None)
    jobs.tell_round(last().pk)
    assert (written(), last().told) == ((1, 1, 1), 1)


def _kill(*given, **more):
    raise Killed


def test_a_worker_killed_in_the_midst_of_telling_has_told_nobody(at, monkeypatch):
    decided(at)
    ask(at)
    with monkeypatch.context() as patched:
        patched.setattr(flow.rounds, "record_summaries_sent", _kill)
        with pytest.raises(Killed):
            jobs.tell_round(last().pk)
    assert (written(), Step(last().step)) == ((0, 0, 0), Step.TELLING)
    jobs.tell_round(last().pk)
    assert written() == (1, 1, 1)


def test_what_goes_wrong_is_put_back_and_said_and_may_be_asked_for_again(at, monkeypatch):
    decided(at)
    ask(at)
    with monkeypatch.context() as patched:
        patched.setattr(flow.rounds, "record_summaries_sent", _fail)
        with pytest.raises(RuntimeError):
            jobs.tell_round(last().pk)
    assert (written(), Step(last().step), last().trouble) == (
        (0, 0, 0),
        Step.FAILED,
        jobs.WENT_WRONG,
    )
    assert ask(at)
    jobs.tell_round(last().pk)
    assert written() == (1, 1, 1)


def _fail(*given, **more):
    raise RuntimeError


# --- Refused at once: nothing is asked for ---


def test_what_cannot_be_told_is_refused_at_once(at):
    with pytest.raises(actions.NothingToTell):
        ask(at)
    decided(at)
    with pytest.raises(actions.MayNotTell):
        ask(at, by=at.second)
    with pytest.raises(actions.RoundStillOpen):
        jobs.ask_to_tell(round_of=at.round(), by=at.director, at=NOW)
    waiting = opened(at)
    with pytest.raises(actions.StillUndecided) as told:
        ask(at)
    assert told.value.refs == (waiting.application.ref,)
    assert (Telling.objects.count(), ProcrastinateJob.objects.count()) == (0, 0)


def test_an_accepted_applicant_on_the_list_is_named_at_once(at):
    made = decided(at)
    match(made.application.organisation)
    with pytest.raises(actions.MayNotBeTaken) as told:
        ask(at)
    assert told.value.refs == (made.application.ref,)


def test_a_round_that_was_told_is_not_told_again(at):
    decided(at)
    ask(at)
    jobs.tell_round(last().pk)
    with pytest.raises(actions.AlreadyTold):
        ask(at)


# --- Refused later: the reason is kept, and nothing is written ---


def refused(at):
    jobs.tell_round(last().pk)
    assert written() == (0, 0, 0)
    assert Step(last().step) is Step.REFUSED
    return last().trouble


def test_somebody_found_on_the_list_since_keeps_everybody_from_being_told(at):
    made = decided(at)
    decided(at, applicant())
    ask(at)
    match(made.application.organisation)
    assert made.application.ref in refused(at)


def test_what_was_sent_again_since_is_decided_first(at):
    person = applicant()
    made = decided(at, person)
    ask(at)
    which = {"application_id": made.application_id, "by": person, "at": NOW + timedelta(days=1)}
    applications.withdraw(because="A mistake.", **which)
    applications.move(status=Status.IN_PROGRESS, **which)
    applications.submit(version=1, **which)
    assert refused(at).startswith(f"Not decided yet: {made.application.ref}.")


def test_whoever_lost_the_role_since_tells_nobody(at):
    decided(at)
    ask(at)
    accounts.close_account(user_id=at.director.pk, by=SYSTEM, at=AFTER)
    assert refused(at) == actions.MayNotTell.says


# --- Only one at a time ---


def test_asked_for_again_while_it_is_under_way_is_the_same(at):
    decided(at)
    assert ask(at)
    assert not ask(at, by=council_member(Role.DIRECTOR))
    assert (Telling.objects.count(), ProcrastinateJob.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_press_together_start_one():
    at = scene()
    decided(at)
    officers, together = [at.director, council_member(Role.DIRECTOR)], Barrier(2)

    def run(officer):
        try:
            round_of = at.round(THEN)
            together.wait(timeout=5)
            return jobs.ask_to_tell(round_of=round_of, by=officer, at=AFTER)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as pool:
        assert sorted(pool.map(run, officers)) == [False, True]
    assert (Telling.objects.count(), ProcrastinateJob.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_the_same_job_done_by_two_workers_at_once_tells_once():
    at = scene()
    decided(at)
    ask(at)
    telling_id, together = last().pk, Barrier(2)

    def run(_):
        try:
            with clock.stopped_at(AFTER):
                together.wait(timeout=5)
                jobs.tell_round(telling_id)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(run, range(2)))
    assert (written(), Step(last().step)) == ((1, 1, 1), Step.TOLD)


@pytest.mark.django_db(transaction=True)
def test_what_is_not_kept_is_not_handed_to_the_worker():
    at = scene()
    decided(at)
    with transaction.atomic():
        ask(at)
        transaction.set_rollback(True)
    assert (Telling.objects.count(), ProcrastinateJob.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_the_worker_finds_it_and_does_it():
    at = scene()
    decided(at)
    ask(at)
    with ThreadPoolExecutor(max_workers=1) as pool:  # a browser's test may run a loop in ours
        pool.submit(_work_off).result(timeout=60)
    assert (written(), last().told) == ((1, 1, 1), 1)


def _work_off():
    connector = app.connector.get_worker_connector()
    app.with_connector(connector).run_worker(
        wait=False, install_signal_handlers=False, listen_notify=False
    )


# --- The table ---


@pytest.mark.parametrize(
    "half",
    [
        {"step": Step.TOLD},
        {"step": Step.TOLD, "ended_at": AFTER},
        {"step": Step.REFUSED, "ended_at": AFTER},
        {"step": Step.REFUSED, "ended_at": AFTER, "trouble": "x", "told": 1},
        {"step": Step.TELLING, "ended_at": AFTER, "told": 1},
        {"step": Step.ASKED, "trouble": "x"},
    ],
    ids=str,
)
def test_an_end_is_whole_or_none(at, half):
    decided(at)
    ask(at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Telling.objects.update(**half)


def test_only_staff_read_how_far_it_is(at):
    made = decided(at)
    ask(at)
    round_id = at.round(THEN).round_id
    assert queries.telling(round_id, person=at.first).asked_by == at.director
    assert queries.telling(round_id, person=made.application.begun_by) is None


# --- Whatever goes wrong, it may be asked for again ---


def stuck(at, monkeypatch):
    """Telling failed, and so did writing that down: the worker has given its job up."""
    decided(at)
    ask(at)
    with monkeypatch.context() as patched:
        patched.setattr(flow.rounds, "record_summaries_sent", _fail)
        patched.setattr(jobs.evaluation, "end_untold", _fail)
        with pytest.raises(RuntimeError):
            jobs.tell_round(last().pk)
    # As the worker leaves a job that failed.
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")


def test_a_telling_nobody_carries_out_any_more_is_ended_and_a_new_one_begins(at, monkeypatch):
    stuck(at, monkeypatch)
    dead = last()
    assert dead.ended_at is None
    assert ask(at)
    dead.refresh_from_db()
    assert (Step(dead.step), dead.trouble, dead.ended_at) == (Step.FAILED, jobs.WENT_WRONG, AFTER)
    assert last().pk != dead.pk
    assert not ask(at)  # this one has a job
    jobs.tell_round(last().pk)
    assert written() == (1, 1, 1)


def test_the_pages_offer_to_ask_again_for_one_that_is_stuck(at, monkeypatch, client):
    stuck(at, monkeypatch)
    client.force_login(at.director)
    tell, telling, round_page = (
        reverse(name, kwargs={"number": 1})
        for name in ("round-tell", "round-telling", "round-applications")
    )
    html = client.get(telling).content.decode()
    assert "it stopped on the way" in html
    assert ">Ask for it again</a>" in html
    assert "data-look-again" not in html
    assert "Tell everyone" in client.get(round_page).content.decode()
    assert "Tell them all now" in client.get(tell).content.decode()
    assert client.post(tell).url.startswith(telling)
    assert "asked for this on" in client.get(telling).content.decode()
