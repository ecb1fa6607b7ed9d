"""A round is answered at one moment: all told, the accepted in the pool, or nothing at all."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from flsf.core.people import SYSTEM
from flsf.flows import release_round as flow
from flsf.flows.release_round import release_round
from flsf.mandate.rounds import queries as rounds
from flsf.mandate.rounds.actions import open_round
from flsf.mandate.rounds.enums import Status as RoundStatus
from flsf.market.admissions import queries as admissions
from flsf.market.agreements.models import Agreement
from flsf.market.applications import actions as applications
from flsf.market.applications import queries as find_applications
from flsf.market.applications.enums import Status
from flsf.market.evaluation import actions, queries
from flsf.market.evaluation.enums import Outcome, Verdict
from flsf.market.providers.models import Provider
from flsf.shared.accounts.enums import Role
from flsf.shared.notify.models import Message
from tests.factories import NOW, TODAY
from tests.factories_applications import applicant, sent
from tests.factories_evaluation import (
    AFTER,
    decided,
    opened,
    reported,
    scene,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
THEN = AFTER.date()
WRITTEN = "teaching"
QUERIES = 127  # savepoints too


def release(at, by=None, when=AFTER):
    return release_round(round_of=at.round(when.date()), by=by or at.director, at=when)


def status(made, on=THEN):
    return find_applications.status_on(on, application_id=made.application_id)


def test_what_was_decided_of_how_many_children_stands_on_the_places():
    at = scene()
    decided(at, applicant(), outcome=Outcome.ACCEPT_WITH_LIMIT, most_children=3)
    decided(at, applicant())
    release(at)
    [condition] = admissions.conditions(person=at.director, on=THEN)
    limited = admissions.standings([condition.provider_id], person=at.director, on=THEN)
    assert (condition.limit, condition.since) == (3, THEN)
    assert condition.lots == tuple(one.lot_name for one in limited[condition.provider_id])


def test_the_accepted_join_and_all_are_told_at_the_same_moment():
    at = scene()
    winner, other = applicant(), applicant()
    yes = decided(at, winner)
    no = decided(at, other, but={WRITTEN: 2}, outcome=Outcome.DECLINE)
    assert release(at) == 2
    assert (status(yes), status(no)) == (Status.ACCEPTED, Status.NOT_ACCEPTED)
    [provider] = Provider.objects.all()
    assert (provider.name, provider.is_local, provider.phone) == (
        "Kind Steps",
        True,
        "01632 960 001",
    )
    [standing] = admissions.standings([provider.pk], person=at.director, on=THEN)[provider.pk]
    assert (provider.pk, standing.lot_id) in admissions.in_pool(THEN)
    [agreement] = Agreement.objects.all()
    assert (agreement.admission_id, agreement.in_force_from) == (standing.admission_id, THEN)
    assert Role.PROVIDER_MANAGER in type(winner).objects.get(pk=winner.pk).roles
    told = dict(Message.objects.values_list("recipient", "template"))
    assert told == {winner.pk: "application-accepted", other.pk: "application-not-yet"}
    summaries = [
        queries.summary(made.application_id, person=person)
        for made, person in ((yes, winner), (no, other))
    ]
    assert {one.released_at for one in summaries} == {AFTER}
    failed = [one for one in summaries[1].lines if one.verdict is Verdict.NOT_YET]
    assert [one.score for one in failed] == [2]
    assert rounds.with_number(at.framework.pk, 1, on=THEN).status is RoundStatus.ANSWERED


def test_one_applicant_reads_nothing_of_anothers():
    at = scene()
    winner, other = applicant(), applicant()
    yes = decided(at, winner)
    decided(at, other)
    release(at)
    assert queries.summary(yes.application_id, person=other) is None


def test_it_waits_for_the_round_to_close_and_for_every_decision():
    at = scene()
    with pytest.raises(actions.RoundStillOpen):
        release(at, when=NOW)
    with pytest.raises(actions.NothingToTell):
        release(at)
    decided(at)
    waiting = [reported(at), opened(at)]
    with pytest.raises(actions.StillUndecided) as told:
        release(at)
    assert set(told.value.refs) == {one.application.ref for one in waiting}
    assert not Message.objects.exists()
    assert not Provider.objects.exists()


def test_a_withdrawn_application_holds_nobody_up():
    at = scene()
    decided(at)
    gone = sent(applicant(), at.framework)
    applications.withdraw(
        application_id=gone.application_id, because="We moved.", by=SYSTEM, at=NOW
    )
    assert release(at) == 1


def test_one_who_withdraws_once_decided_holds_nobody_up_and_does_not_join():
    at = scene()
    stays, goes = applicant(), applicant()
    decided(at, stays)
    gone = decided(at, goes)
    applications.withdraw(
        application_id=gone.application_id, because="We moved.", by=goes, at=NOW + DAY
    )
    assert release(at) == 1
    assert status(gone) is Status.WITHDRAWN
    assert [one.recipient for one in Message.objects.all()] == [stays]
    assert Provider.objects.count() == 1


def test_what_is_sent_again_after_a_decision_is_decided_anew():
    at = scene()
    person = applicant()
    first = decided(at, person)
    sent_again(first, person)
    with pytest.raises(actions.StillUndecided):
        release(at)
    actions.open_evaluation(application_id=first.application_id, by=at.first, at=NOW + DAY)
    with pytest.raises(actions.StillUndecided):
        release(at)
    assert not Provider.objects.exists()


def sent_again(made, person):
    """Withdrawn, gone on with, and sent once more while the round is open."""
    which = {"application_id": made.application_id, "by": person, "at": NOW + DAY}
    applications.withdraw(because="A mistake.", **which)
    applications.move(status=Status.IN_PROGRESS, **which)
    applications.submit(version=1, **which)


def test_only_whoever_decides_tells_and_only_once():
    at = scene()
    decided(at)
    with pytest.raises(actions.MayNotTell):
        release(at, by=at.second)
    release(at)
    with pytest.raises(actions.AlreadyTold):
        release(at)
    assert Message.objects.count() == 1


def test_when_one_cannot_be_admitted_nobody_has_been_told(monkeypatch):
    at = scene()
    decided(at)

    def fails(*given, **more):
        raise RuntimeError

    monkeypatch.setattr(flow.rounds, "record_summaries_sent", fails)
    with pytest.raises(RuntimeError):
        release(at)
    assert not Message.objects.exists()
    assert not Provider.objects.exists()
    assert (
        queries.decided_in(at.round().round_id, person=at.director, on=THEN)[0].released_at is None
    )


def test_declined_they_send_again_with_the_answers_kept_and_are_read_anew():
    at = scene()
    person = applicant()
    no = decided(at, person, but={WRITTEN: 2}, outcome=Outcome.DECLINE)
    release(at)
    later = AFTER + DAY
    open_round(
        framework_id=at.framework.pk,
        opens_on=later.date(),
        closes_on=None,
        decide_by=None,
        by=SYSTEM,
        at=later,
    )
    applications.move(
        application_id=no.application_id, status=Status.IN_PROGRESS, by=person, at=later
    )
    second = applications.submit(application_id=no.application_id, version=1, by=person, at=later)
    assert second.number == 2
    [waiting] = queries.queue(person=at.first, on=later.date())
    assert waiting.stage is None
    again = actions.open_evaluation(application_id=no.application_id, by=at.first, at=later)
    assert again.pk != no.pk
    assert later.date() > TODAY


def test_a_round_of_six_costs_as_many_queries_as_of_two():
    costs = []
    for many in (2, 6):
        at = scene()
        for _ in range(many):
            decided(at)
        decided(at, but={WRITTEN: 2}, outcome=Outcome.DECLINE)
        with CaptureQueriesContext(connection) as asked:
            assert release(at) == many + 1
        costs.append(len(asked))
    assert costs == [QUERIES, QUERIES]
