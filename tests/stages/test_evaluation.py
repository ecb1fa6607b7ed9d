"""From a sent application to a decision, with everything that stands in the way."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from flsf.core.people import SYSTEM
from flsf.mandate.framework.enums import CommercialModel
from flsf.market.applications import actions as applications
from flsf.market.applications import queries as find_applications
from flsf.market.applications.enums import Status
from flsf.market.evaluation import actions, queries
from flsf.market.evaluation.enums import Outcome, Stage, Verdict
from flsf.market.evaluation.models import Decision, Evaluation, Evaluator, Mark
from flsf.market.evaluation.rules import Judgement
from flsf.shared.accounts.enums import Role
from flsf.shared.audit.models import AuditEntry
from tests.factories import NOW, TODAY, council_member, works_as
from tests.factories_applications import applicant, begun, sent
from tests.factories_evaluation import (
    AFTER,
    agreed,
    decided,
    free_to_decide,
    judgements,
    mark_all,
    marking,
    opened,
    reported,
    scene,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
WRITTEN = "teaching"  # a part answered in words
PLAIN = "past"  # one that is met or not


def status(made, on=TODAY):
    return find_applications.status_on(on, application_id=made.application_id)


def stage(made, person):
    return queries.seen(made.application_id, person=person, on=TODAY).stage


# --- Opening and naming ---


def test_what_was_sent_is_opened_once_with_its_parts_frozen():
    at = scene()
    made = opened(at)
    again = actions.open_evaluation(application_id=made.application_id, by=at.second, at=NOW)
    assert again.pk == made.pk
    codes = {one.code: one.is_scored for one in queries.criteria(made)}
    assert (codes[PLAIN], codes[WRITTEN]) == (False, True)
    assert status(made) is Status.BEING_CHECKED
    assert AuditEntry.objects.filter(tag="market:evaluation:opened").count() == 1


def test_what_was_not_sent_or_was_withdrawn_is_not_opened():
    at = scene()
    person = applicant()
    unsent = begun(person, at.framework)
    with pytest.raises(actions.NotSent):
        actions.open_evaluation(application_id=unsent.pk, by=at.first, at=NOW)
    gone = sent(applicant(), at.framework)
    applications.withdraw(
        application_id=gone.application_id, because="We moved away.", by=SYSTEM, at=NOW
    )
    with pytest.raises(actions.NotSent):
        actions.open_evaluation(application_id=gone.application_id, by=at.first, at=NOW)
    assert not Evaluation.objects.exists()


def test_two_are_named_whose_role_it_is_and_no_more():
    at = scene()
    made = opened(at)
    for stranger in (council_member(Role.CASEWORKER), at.director):
        with pytest.raises(actions.MayNotEvaluate):
            actions.assign(evaluation_id=made.pk, person_id=stranger.pk, by=at.first, at=NOW)
    actions.assign(evaluation_id=made.pk, person_id=at.first.pk, by=at.first, at=NOW)
    with pytest.raises(actions.AlreadyAssigned):
        actions.assign(evaluation_id=made.pk, person_id=at.first.pk, by=at.first, at=NOW)
    actions.assign(evaluation_id=made.pk, person_id=at.second.pk, by=at.first, at=NOW)
    third = council_member(Role.PROCUREMENT)
    with pytest.raises(actions.EnoughEvaluators):
        actions.assign(evaluation_id=made.pk, person_id=third.pk, by=at.first, at=NOW)


def test_an_interest_is_said_with_words_once_and_another_takes_the_place():
    at = scene()
    made = opened(at)
    actions.assign(evaluation_id=made.pk, person_id=at.first.pk, by=at.first, at=NOW)
    with pytest.raises(actions.InterestMissing):
        actions.declare(evaluation_id=made.pk, has_interest=True, by=at.first, at=NOW)
    with pytest.raises(actions.NotYourEvaluation):
        actions.declare(evaluation_id=made.pk, has_interest=False, by=at.second, at=NOW)
    actions.declare(
        evaluation_id=made.pk, has_interest=True, interest="My sister.", by=at.first, at=NOW
    )
    with pytest.raises(actions.AlreadyDeclared):
        actions.declare(evaluation_id=made.pk, has_interest=False, by=at.first, at=NOW)
    with pytest.raises(actions.HasInterest):
        actions.mark(
            evaluation_id=made.pk, criterion=PLAIN, verdict=Verdict.MEETS, by=at.first, at=NOW
        )
    for other in (at.second, council_member(Role.PROCUREMENT)):
        actions.assign(evaluation_id=made.pk, person_id=other.pk, by=at.second, at=NOW)
    assert queries.seen(made.application_id, person=at.first, on=TODAY).marks == {}


@pytest.mark.parametrize(
    "broken",
    [
        {"has_interest": True, "declared_at": NOW},
        {"has_interest": None, "interest": "My sister."},
        {"has_interest": True, "declared_at": NOW, "interest": "x", "finished_at": NOW},
        {"has_interest": None, "finished_at": NOW},
    ],
)
def test_the_database_keeps_a_declaration_whole(broken):
    made = opened(at := scene())
    actions.assign(evaluation_id=made.pk, person_id=at.first.pk, by=at.first, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evaluator.objects.update(**broken)


# --- Marking apart ---


def test_nothing_is_marked_before_it_is_said_whether_there_is_an_interest():
    at = scene()
    made = opened(at)
    actions.assign(evaluation_id=made.pk, person_id=at.first.pk, by=at.first, at=NOW)
    with pytest.raises(actions.DeclareFirst):
        actions.mark(
            evaluation_id=made.pk, criterion=PLAIN, verdict=Verdict.MEETS, by=at.first, at=NOW
        )


@pytest.mark.parametrize(
    ("wrong", "refusal", "says"),
    [
        ({"criterion": "pets", "score": 3}, actions.NoSuchCriterion, "not asked that"),
        ({"criterion": WRITTEN}, actions.ScoreWrong, "Give a score from 0 to 5."),
        ({"criterion": WRITTEN, "score": 6}, actions.ScoreWrong, "whole number from 0 to 5"),
        ({"criterion": PLAIN, "score": 3}, actions.ScoreWrong, "it has no score"),
        ({"criterion": PLAIN}, actions.ScoreWrong, "Say whether this part is met."),
    ],
)
def test_a_mark_fits_what_it_marks(wrong, refusal, says):
    at = scene()
    made = marking(at)
    with pytest.raises(refusal) as told:
        actions.mark(evaluation_id=made.pk, by=at.first, at=NOW, **wrong)
    assert says in str(told.value)
    assert not Mark.objects.exists()


def test_a_mark_may_change_until_it_is_final_and_its_verdict_follows_the_score():
    at = scene()
    made = marking(at)
    for score in (2, 3):
        actions.mark(evaluation_id=made.pk, criterion=WRITTEN, score=score, by=at.first, at=NOW)
    assert [(one.verdict, one.score) for one in Mark.objects.all()] == [(Verdict.MEETS, 3)]
    with pytest.raises(actions.MarksMissing) as told:
        actions.finish(evaluation_id=made.pk, by=at.first, at=NOW)
    assert len(told.value.titles) == len(queries.criteria(made))  # that one has no reason yet
    mark_all(made, at.first)
    with pytest.raises(actions.Finished):
        actions.mark(evaluation_id=made.pk, criterion=WRITTEN, score=1, by=at.first, at=NOW)
    with pytest.raises(actions.Finished):
        actions.finish(evaluation_id=made.pk, by=at.first, at=NOW)


def test_each_is_blind_to_the_other_until_both_have_finished():
    at = scene()
    made = marking(at)
    mark_all(made, at.first)
    actions.mark(evaluation_id=made.pk, criterion=WRITTEN, score=1, by=at.second, at=NOW)

    def whose(person):
        seen = queries.seen(made.application_id, person=person, on=TODAY)
        names = {one.pk: one.person for one in seen.evaluators}
        return {names[pk] for pk in seen.marks}

    assert whose(at.first) == {at.first}
    assert whose(at.second) == {at.second}
    assert whose(at.director) == set()
    mark_all(made, at.second, but={WRITTEN: 1})
    for person in (at.first, at.second, at.director):
        assert whose(person) == {at.first, at.second}
    assert queries.seen(made.application_id, person=at.first, on=TODAY).differing == {WRITTEN}


def test_nobody_outside_the_council_sees_an_evaluation():
    at = scene()
    person = applicant()
    made = marking(at, person)
    assert queries.seen(made.application_id, person=person, on=TODAY) is None
    assert queries.queue(person=person, on=TODAY) == []


# --- Agreeing and reporting ---


def test_agreement_waits_for_both_and_is_written_by_one_of_them():
    at = scene()
    made = marking(at)
    mark_all(made, at.first)
    given = {"judgements": judgements(made), "notes": {}, "at": NOW}
    with pytest.raises(actions.NotFinished):
        actions.agree(evaluation_id=made.pk, by=at.first, **given)
    mark_all(made, at.second)
    with pytest.raises(actions.NotYourEvaluation):
        actions.agree(evaluation_id=made.pk, by=at.director, **given)
    actions.agree(evaluation_id=made.pk, by=at.second, **given)
    assert stage(made, at.first) is Stage.REPORT


def test_where_they_differed_a_note_says_how_they_came_to_agree():
    at = scene()
    made = marking(at)
    mark_all(made, at.first)
    mark_all(made, at.second, but={WRITTEN: 1})
    said = judgements(made)
    with pytest.raises(actions.NoteMissing) as told:
        actions.agree(evaluation_id=made.pk, judgements=said, notes={}, by=at.first, at=NOW)
    assert len(told.value.titles) == 1
    incomplete = dict(list(said.items())[1:])
    with pytest.raises(actions.Disagreeing):
        actions.agree(
            evaluation_id=made.pk, judgements=incomplete, notes={WRITTEN: "x"}, by=at.first, at=NOW
        )
    silent = said | {PLAIN: Judgement(Verdict.MEETS, None, " ")}
    with pytest.raises(actions.Disagreeing):
        actions.agree(
            evaluation_id=made.pk, judgements=silent, notes={WRITTEN: "x"}, by=at.first, at=NOW
        )
    wrong = said | {WRITTEN: Judgement(Verdict.MEETS, 9, "Very.")}
    with pytest.raises(actions.ScoreWrong):
        actions.agree(
            evaluation_id=made.pk, judgements=wrong, notes={WRITTEN: "x"}, by=at.first, at=NOW
        )
    notes = {WRITTEN: "Read again together: the second example had been missed."}
    actions.agree(evaluation_id=made.pk, judgements=said, notes=notes, by=at.first, at=NOW)
    kept = queries.seen(made.application_id, person=at.first, on=TODAY).agreed[WRITTEN]
    assert (kept.score, kept.note) == (4, notes[WRITTEN])


def test_a_report_goes_before_the_decision_and_ends_the_agreeing():
    at = scene()
    early = marking(at)
    with pytest.raises(actions.NotReported):
        actions.report(
            evaluation_id=early.pk, outcome=Outcome.ACCEPT, words="Good.", by=at.first, at=NOW
        )
    made = agreed(at)
    for wrong, refusal in (
        ({"outcome": Outcome.ACCEPT, "words": ""}, actions.WordsMissing),
        ({"outcome": Outcome.DECLINE, "words": "No."}, actions.OutcomeDoesNotFit),
        ({"outcome": Outcome.ACCEPT_WITH_LIMIT, "words": "New."}, actions.LimitDoesNotFit),
        ({"outcome": Outcome.ACCEPT, "words": "x", "most_children": 2}, actions.LimitDoesNotFit),
    ):
        with pytest.raises(refusal):
            actions.report(evaluation_id=made.pk, by=at.first, at=NOW, **wrong)
    given = {"evaluation_id": made.pk, "outcome": Outcome.ACCEPT, "words": "All met."}
    actions.report(by=at.first, at=NOW, **given)
    with pytest.raises(actions.AlreadyDecided):
        actions.report(by=at.first, at=NOW, **given)
    with pytest.raises(actions.AlreadyAgreed):
        actions.agree(
            evaluation_id=made.pk, judgements=judgements(made), notes={}, by=at.first, at=NOW
        )
    assert stage(made, at.first) is Stage.DECISION


# --- Deciding ---


def test_somebody_decides_who_may_and_took_no_part():
    at = scene()
    made = agreed(at)
    given = {"evaluation_id": made.pk, "outcome": Outcome.ACCEPT, "reason": "As reported."}
    with pytest.raises(actions.NotReported):
        actions.decide(by=at.director, at=NOW, **given)
    actions.report(
        evaluation_id=made.pk, outcome=Outcome.ACCEPT, words="All met.", by=at.second, at=NOW
    )
    with pytest.raises(actions.MayNotDecide):
        actions.decide(by=at.second, at=NOW, **given)
    with pytest.raises(actions.WasEvaluator):
        actions.decide(by=at.first, at=NOW, **given)
    free_to_decide(made, at.director)
    with pytest.raises(actions.WordsMissing):
        actions.decide(by=at.director, at=NOW, **given | {"reason": ""})
    with pytest.raises(actions.OutcomeDoesNotFit):
        actions.decide(by=at.director, at=NOW, **given | {"outcome": Outcome.DECLINE})
    asked = actions.ask(evaluation_id=made.pk, words="Which floor?", by=at.first, at=NOW)
    with pytest.raises(actions.NotReported):
        actions.decide(by=at.director, at=NOW, **given)
    actions.answer(clarification_id=asked.pk, words="The first.", by=at.first, at=NOW)
    one = actions.decide(by=at.director, at=NOW, **given)
    assert one.round_id == at.round().round_id
    with pytest.raises(actions.AlreadyDecided):
        actions.decide(by=at.director, at=NOW, **given)
    with pytest.raises(actions.AlreadyDecided):
        actions.ask(evaluation_id=made.pk, words="One more?", by=at.first, at=NOW)


@pytest.mark.parametrize(
    ("model", "during", "after"),
    [
        (CommercialModel.PSEUDO_DPS, True, True),
        (CommercialModel.DYNAMIC_MARKET, True, True),
        (CommercialModel.OPEN_FRAMEWORK, False, True),
        (CommercialModel.LIGHT_TOUCH_CLOSED, False, True),
        (CommercialModel.SPOT, False, False),
    ],
)
def test_the_commercial_model_says_when_it_may_be_decided(model, during, after):
    at = scene()
    made = reported(at)
    works_as(at.framework, model)
    for when, may in ((NOW, during), (AFTER, after)):
        if may:
            decide(made, at.director, when)
            return
        with pytest.raises(actions.ModelRefuses, match="cannot be decided today"):
            decide(made, at.director, when)


def decide(made, by, when):
    if queries.says_of_deciding(made.pk, person=by) is None:
        free_to_decide(made, by)
    actions.decide(evaluation_id=made.pk, outcome=Outcome.ACCEPT, reason="So.", by=by, at=when)


def test_nobody_outside_is_told_before_the_round_is():
    at = scene()
    person = applicant()
    made = decided(at, person)
    assert status(made) is Status.BEING_CHECKED
    assert queries.summary(made.application_id, person=person) is None
    staff = queries.summary(made.application_id, person=at.first)
    assert (staff.outcome, staff.released_at) == (Outcome.ACCEPT, None)
    assert len(staff.lines) == len(queries.criteria(made))
    assert all(one.reason for one in staff.lines)


@pytest.mark.parametrize(
    "broken",
    [
        {"reason": ""},
        {"outcome": Outcome.ACCEPT_WITH_LIMIT},
        {"most_children": 3},
        {"released_at": NOW},
    ],
)
def test_the_database_keeps_a_decision_whole(broken):
    decided(scene())
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.update(**broken)


# --- At once ---


def at_once(*acts):
    together = Barrier(len(acts))

    def run(act):
        try:
            together.wait(timeout=5)
            act()
        except Exception as refusal:  # noqa: BLE001 - what each was told is what is tested
            return type(refusal).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(max_workers=len(acts)) as pool:
        return sorted(pool.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_two_evaluators_saving_together_both_keep_their_marks():
    at = scene()
    made = marking(at)
    told = at_once(
        lambda: mark_all(made, at.first), lambda: mark_all(made, at.second, but={WRITTEN: 2})
    )
    assert told == ["done", "done"]
    assert Mark.objects.count() == 2 * len(queries.criteria(made))


@pytest.mark.django_db(transaction=True)
def test_decided_twice_at_once_it_is_decided_once_and_the_other_is_told():
    at = scene()
    made = reported(at)
    other = council_member(Role.DIRECTOR)

    for one in (at.director, other):
        free_to_decide(made, one)

    def by(person):
        return lambda: actions.decide(
            evaluation_id=made.pk, outcome=Outcome.ACCEPT, reason="Yes.", by=person, at=NOW
        )

    assert at_once(by(at.director), by(other)) == ["AlreadyDecided", "done"]
    assert Decision.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_opened_twice_at_once_it_is_opened_once():
    at = scene()
    submission = sent(applicant(), at.framework)

    def by(person):
        return lambda: actions.open_evaluation(
            application_id=submission.application_id, by=person, at=NOW
        )

    assert at_once(by(at.first), by(at.second)) == ["done", "done"]
    assert Evaluation.objects.count() == 1
