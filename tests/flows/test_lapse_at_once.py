"""Two people and one child's place; evidence that comes in while a suspension is decided."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from flsf.core.people import SYSTEM
from flsf.core.refusals import Refusal
from flsf.delivery.continuity import queries as continuity
from flsf.delivery.continuity.actions import AlreadyDecided
from flsf.delivery.continuity.enums import Choice, Standing
from flsf.delivery.continuity.models import Continuity
from flsf.flows.continuity import ask_about_children, decide_continuity
from flsf.flows.remind_providers import remind_providers
from flsf.flows.see_evidence import see_evidence
from flsf.flows.suspend_provider import Terms, suspend_provider
from flsf.market.admissions import queries as admissions
from flsf.market.admissions.actions import NothingOverdue
from flsf.market.admissions.enums import SuspensionReason
from flsf.shared.accounts.enums import Role
from flsf.shared.notify.models import Message
from tests.factories import NOW, TODAY, council_member
from tests.factories_casework import the_law_again
from tests.factories_delivery import manager, running
from tests.factories_market import A_CHECK, admitted, require, shown

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)


def at_once(*acts):
    """What each is told when all act at the same moment: "done", or the refusal."""
    together = Barrier(len(acts))

    def run(act):
        try:
            together.wait(timeout=5)
            act()
        except Refusal as refusal:
            return type(refusal)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(max_workers=len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def lapsed():
    the_law_again()
    require()
    placement = running()
    admitted(placement.provider, in_lot=placement.service.lot)
    shown(placement.provider, until=TODAY - DAY)
    return placement


def decide(one, choice, by):
    decide_continuity(
        continuity_id=one.id,
        choice=choice,
        reason="We spoke to the family.",
        review_on=TODAY + DAY if choice is Choice.KEEP else None,
        by=by,
        at=NOW,
    )


def show(of, by):
    see_evidence(
        provider_id=of.pk,
        code=A_CHECK.code,
        number="N-2",
        holds_from=TODAY,
        expires_on=TODAY + 300 * DAY,
        by=by,
        at=NOW,
    )


def test_two_officers_decide_once(lapsed):
    ask_about_children(by=SYSTEM, at=NOW)
    [one] = continuity.listed(person=SYSTEM, on=TODAY)
    first, second = council_member(Role.CASEWORKER), council_member(Role.CASEWORKER)
    told = at_once(
        lambda: decide(one, Choice.KEEP, first), lambda: decide(one, Choice.MOVE, second)
    )
    assert sorted(told, key=str) == sorted(["done", AlreadyDecided], key=str)


def test_two_nights_at_once_ask_and_write_once(lapsed):
    manager(lapsed)

    def night():
        remind_providers(by=SYSTEM, at=NOW)
        ask_about_children(by=SYSTEM, at=NOW)

    assert at_once(night, night) == ["done", "done"]
    assert Continuity.objects.count() == 1
    assert Message.objects.count() == 1


def test_evidence_seen_while_a_suspension_for_it_is_decided(lapsed):
    officer, commissioner = council_member(), council_member(Role.COMMISSIONER)
    of = lapsed.provider
    standings = admissions.standings([of.pk], on=TODAY, person=officer)[of.pk]
    terms = Terms(
        reason=SuspensionReason.CHECK_OVERDUE,
        explanation="Nothing newer was shown.",
        takes_effect_on=TODAY,
        review_on=TODAY + 28 * DAY,
    )
    told = at_once(
        lambda: suspend_provider(
            provider_id=of.pk, standings=standings, terms=terms, by=officer, at=NOW
        ),
        lambda: show(of, commissioner),
    )
    # Whichever came first, in the end the provider is in the pool and nothing is asked.
    assert told in (["done", "done"], [NothingOverdue, "done"])
    assert [
        one.status for one in admissions.standings([of.pk], on=TODAY, person=officer)[of.pk]
    ] == ["in_pool"]
    due = continuity.listed(person=SYSTEM, on=TODAY, standing=Standing.TO_DECIDE)
    assert due == []


def test_evidence_seen_while_a_child_is_decided_about(lapsed):
    ask_about_children(by=SYSTEM, at=NOW)
    [one] = continuity.listed(person=SYSTEM, on=TODAY)
    officer, commissioner = council_member(Role.CASEWORKER), council_member(Role.COMMISSIONER)
    at_once(lambda: decide(one, Choice.KEEP, officer), lambda: show(lapsed.provider, commissioner))
    assert continuity.with_ref(one.ref, person=SYSTEM, on=TODAY).standing is Standing.OVER
