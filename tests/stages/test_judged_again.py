"""An application sent again: what was met and did not change stands, the rest is judged anew."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from flsf.core.people import SYSTEM
from flsf.flows.release_round import release_round
from flsf.mandate.rounds import actions as rounds
from flsf.market.applications import actions as applications
from flsf.market.applications.enums import Status
from flsf.market.evaluation import actions, queries
from flsf.market.evaluation.enums import Outcome, Stage, Verdict
from flsf.market.evaluation.models import Standing
from flsf.market.evaluation.rules import Judgement
from flsf.shared.accounts.enums import Role
from tests.factories import council_member
from tests.factories_applications import applicant
from tests.factories_evaluation import AFTER, decided, free_to_decide, scene

pytestmark = pytest.mark.django_db

FAILED, PLAIN = "teaching", "past"
SAID = {"programme": ["Reading by mending bicycles, written up each week."]}
TODAY_AGAIN = AFTER.date()


def again(at, person=None, **changed):
    """Declined for one part, told, mended and sent again, and opened."""
    person = person or applicant()
    made = decided(at, person, but={FAILED: 2}, outcome=Outcome.DECLINE)
    release_round(round_of=at.round(AFTER.date()), by=at.director, at=AFTER)
    rounds.open_round(
        framework_id=at.framework.pk,
        opens_on=TODAY_AGAIN,
        closes_on=TODAY_AGAIN + timedelta(days=5),
        by=SYSTEM,
        at=AFTER,
    )
    which = {"application_id": made.application_id, "by": person, "at": AFTER}
    applications.move(status=Status.IN_PROGRESS, **which)
    applications.answer(typed=SAID | changed, **which)
    applications.submit(version=1, **which)
    return actions.open_evaluation(application_id=made.application_id, by=at.first, at=AFTER)


def named(at, made):
    for one in (at.first, at.second):
        actions.assign(evaluation_id=made.pk, person_id=one.pk, by=at.first, at=AFTER)
        actions.declare(evaluation_id=made.pk, has_interest=False, by=one, at=AFTER)


def mark(made, by, code, **found):
    actions.mark(
        evaluation_id=made.pk, criterion=code, reason="As written.", by=by, at=AFTER, **found
    )


def finish(made, by):
    actions.finish(evaluation_id=made.pk, by=by, at=AFTER)


def seen(made, person):
    return queries.seen(made.application_id, person=person, on=TODAY_AGAIN)


def reopen(made, by, criterion=PLAIN, because="The charity's number changed hands."):
    return actions.reopen(
        evaluation_id=made.pk, criterion=criterion, because=because, by=by, at=AFTER
    )


def test_only_the_failed_part_is_judged_anew_and_the_rest_stands_by_its_decision():
    at = scene()
    made = again(at)
    found = seen(made, at.first)
    assert [one.code for one in found.to_mark] == [FAILED]
    stood = found.standing[PLAIN]
    assert (stood.number, stood.decided_by) == (1, at.director.name)
    named(at, made)
    with pytest.raises(actions.NoSuchCriterion):
        mark(made, at.first, PLAIN, verdict=Verdict.MEETS)
    for one in (at.first, at.second):
        mark(made, one, FAILED, score=4)
        assert len(seen(made, at.first).marks) == 1
        finish(made, one)
    with pytest.raises(actions.NotReported):
        actions.report(
            evaluation_id=made.pk, outcome=Outcome.ACCEPT, words="Good.", by=at.first, at=AFTER
        )
    actions.agree(
        evaluation_id=made.pk,
        judgements={FAILED: Judgement(Verdict.MEETS, 4, "Now it is clear.")},
        notes={},
        by=at.first,
        at=AFTER,
    )
    assert seen(made, at.first).stage is Stage.REPORT
    told = {"evaluation_id": made.pk, "outcome": Outcome.ACCEPT, "at": AFTER}
    with pytest.raises(actions.OutcomeDoesNotFit):
        actions.report(**(told | {"outcome": Outcome.DECLINE}), words="No.", by=at.first)
    actions.report(**told, words="Good.", by=at.first)
    free_to_decide(made, at.director)
    actions.decide(**told, reason="All is met.", by=at.director)
    summary = queries.summary(made.application_id, person=at.director)
    stands = {one.code: one.stands_from for one in summary.lines}
    assert stands[FAILED] is None
    assert stands[PLAIN] is not None
    assert len(summary.lines) == len(queries.criteria(made))


def test_a_part_that_was_changed_is_judged_anew_though_it_had_passed():
    made = again(scene(), lead=["Bela Moss"])
    marked = {one.code for one in queries.to_mark(made)}
    assert FAILED in marked
    assert len(marked) == 2
    assert PLAIN not in marked


def test_what_stands_is_opened_again_with_a_reason_and_marked_apart():
    at = scene()
    made = again(at)
    named(at, made)
    for one in (at.first, at.second):
        mark(made, one, FAILED, score=4)
        finish(made, one)
    assert len(seen(made, at.first).marks) == 2
    reopen(made, at.first)
    assert seen(made, at.first).stage is Stage.MARKING
    assert len(seen(made, at.first).marks) == 1  # apart again
    with pytest.raises(actions.Finished):
        mark(made, at.first, FAILED, score=5)  # the other has read it
    with pytest.raises(actions.MarksMissing):
        finish(made, at.first)
    for one in (at.first, at.second):
        mark(made, one, PLAIN, verdict=Verdict.NOT_YET)
        finish(made, one)
    assert seen(made, at.first).stage is Stage.MODERATION
    [kept] = seen(made, at.first).reopened
    assert (kept.criterion, kept.reopened_by) == (PLAIN, at.first)


def test_nobody_else_and_nothing_else_is_opened_again():
    at = scene()
    made = again(at)
    stranger = council_member(Role.PROCUREMENT)
    with pytest.raises(actions.NotYourEvaluation):
        reopen(made, stranger)
    actions.assign(evaluation_id=made.pk, person_id=at.first.pk, by=at.first, at=AFTER)
    with pytest.raises(actions.DeclareFirst):
        reopen(made, at.first)
    actions.declare(evaluation_id=made.pk, has_interest=False, by=at.first, at=AFTER)
    with pytest.raises(actions.WordsMissing):
        reopen(made, at.first, because=" ")
    with pytest.raises(actions.DoesNotStand):
        reopen(made, at.first, criterion=FAILED)
    actions.assign(evaluation_id=made.pk, person_id=at.second.pk, by=at.first, at=AFTER)
    actions.declare(
        evaluation_id=made.pk, has_interest=True, interest="A cousin.", by=at.second, at=AFTER
    )
    with pytest.raises(actions.HasInterest):
        reopen(made, at.second)
    assert not Standing.objects.filter(reopened_at__isnull=False).exists()


def test_what_was_reported_is_not_opened_again():
    at = scene()
    made = again(at)
    named(at, made)
    for one in (at.first, at.second):
        mark(made, one, FAILED, score=4)
        finish(made, one)
    actions.agree(
        evaluation_id=made.pk,
        judgements={FAILED: Judgement(Verdict.MEETS, 4, "Clear.")},
        notes={},
        by=at.first,
        at=AFTER,
    )
    actions.report(
        evaluation_id=made.pk, outcome=Outcome.ACCEPT, words="Good.", by=at.first, at=AFTER
    )
    with pytest.raises(actions.TooLate):
        reopen(made, at.first)


def test_the_database_keeps_an_opening_whole():
    again(scene())
    with pytest.raises(IntegrityError), transaction.atomic():
        Standing.objects.update(reopened_at=AFTER)
