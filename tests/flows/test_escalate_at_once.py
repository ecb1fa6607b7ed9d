"""Two officers and one provider's steps: one wins, and the other has a clear word."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event

import pytest
from django.db import connection, transaction

from flsf.core.people import SYSTEM
from flsf.core.refusals import Refusal
from flsf.flows.escalate import take_step
from flsf.market.providers import queries as providers
from flsf.oversight.escalations import actions as escalations
from flsf.oversight.escalations import queries as find_escalations
from flsf.oversight.escalations.actions import CaseClosed, NotHigher, NothingOpen
from flsf.oversight.escalations.enums import Rung, Signal
from flsf.oversight.escalations.models import Escalation, EscalationReply, EscalationStep
from flsf.oversight.escalations.rules import NewStep
from flsf.shared.accounts.enums import Role
from flsf.shared.notify.models import Message
from tests.factories import NOW, TODAY, council_member, member_of
from tests.factories_casework import the_law_again
from tests.factories_market import provider

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)


def run(act, *, after=lambda: None):
    """What somebody is told: "done", or the refusal."""
    try:
        after()
        act()
    except Refusal as refusal:
        return type(refusal)
    finally:
        connection.close()
    return "done"


def at_once(*acts):
    together = Barrier(len(acts))
    with ThreadPoolExecutor(max_workers=len(acts)) as pool:
        waiting = [pool.submit(run, act, after=lambda: together.wait(timeout=5)) for act in acts]
        return [one.result() for one in waiting]


@pytest.fixture
def of():
    the_law_again()
    made = provider("Heron Trust")
    member_of(made.organisation)
    return made


@pytest.fixture
def officers():
    return council_member(Role.QUALITY), council_member(Role.QUALITY)


def stepped(of, by, rung=Rung.ACTION_PLAN):
    step = NewStep(
        rung=rung,
        signal=Signal.SAFEGUARDING,
        reason="No risk assessments for trips.",
        takes_effect_on=TODAY,
        due_on=TODAY + 28 * DAY,
    )
    take_step(provider_id=of.pk, step=step, by=by, at=NOW)


def closed(of, by):
    escalations.close(provider_id=of.pk, because="All put right.", by=by, at=NOW)


def test_two_officers_take_the_same_step_at_once(of, officers):
    told = at_once(*(lambda by=by: stepped(of, by) for by in officers))
    assert sorted(told, key=str) == sorted(["done", NotHigher], key=str)
    assert (Escalation.objects.count(), EscalationStep.objects.count()) == (1, 1)
    assert Message.objects.filter(template="step-taken").count() == 1


def test_two_officers_close_at_once(of, officers):
    stepped(of, officers[0])
    told = at_once(*(lambda by=by: closed(of, by) for by in officers))
    assert sorted(told, key=str) == sorted(["done", NothingOpen], key=str)


def test_a_step_that_is_being_taken_while_another_closes(of, officers):
    """The one who closes waits for the step, and closes with it: no step stands on what is over."""
    stepped(of, officers[0])
    taken, over = Event(), Event()

    def step_slowly():
        with transaction.atomic():
            providers.lock(of.pk)
            taken.set()
            over.wait(timeout=1)
            stepped(of, officers[0], Rung.SUSPENDED)

    def close():
        closed(of, officers[1])
        over.set()

    with ThreadPoolExecutor(max_workers=2) as pool:
        first = pool.submit(run, step_slowly)
        second = pool.submit(run, close, after=lambda: taken.wait(timeout=5))
        told = [first.result(), second.result()]
    assert told == ["done", "done"]
    [case] = find_escalations.cases(person=SYSTEM, provider_id=of.pk)
    assert [one.rung for one in case.steps] == [Rung.SUSPENDED, Rung.ACTION_PLAN]
    assert case.closed_on == TODAY


def test_a_step_and_a_close_at_the_same_moment(of, officers):
    """Either the step came first and is closed with the rest, or it opened a case of its own."""
    stepped(of, officers[0])
    told = at_once(
        lambda: stepped(of, officers[0], Rung.SUSPENDED), lambda: closed(of, officers[1])
    )
    assert told == ["done", "done"]
    cases = find_escalations.cases(person=SYSTEM, provider_id=of.pk)
    told_of = sorted((one.closed_on is None, [each.rung for each in one.steps]) for one in cases)
    both = [(False, [Rung.SUSPENDED, Rung.ACTION_PLAN])]
    apart = [(False, [Rung.ACTION_PLAN]), (True, [Rung.SUSPENDED])]
    assert told_of in (both, apart)


def test_a_reply_and_a_close_at_the_same_moment(of, officers):
    stepped(of, officers[0])
    manager = member_of(of.organisation)
    step = EscalationStep.objects.get()
    told = at_once(
        lambda: escalations.reply(step_id=step.pk, words="We have.", by=manager, at=NOW),
        lambda: closed(of, officers[1]),
    )
    assert told in (["done", "done"], [CaseClosed, "done"])
    assert EscalationReply.objects.count() == (told[0] == "done")
