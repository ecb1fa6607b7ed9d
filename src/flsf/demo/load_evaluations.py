"""Marlbeck's applications under evaluation: one in each stage, and a round that was told."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flsf.core.clock import london_day
from flsf.core.people import SYSTEM, Person
from flsf.demo.load_applications import apply_as
from flsf.demo.plan.applications import EVALUATED, LATER_APPLICATIONS, Evaluated
from flsf.demo.plan.days import Days, moment
from flsf.mandate.rounds import queries as rounds
from flsf.market.applications import actions as applications
from flsf.market.applications import queries as find_applications
from flsf.market.applications.enums import Status
from flsf.market.applications.queries import Listed
from flsf.market.evaluation import actions, queries
from flsf.market.evaluation.enums import Outcome, Stage, Verdict
from flsf.market.evaluation.rules import (
    THRESHOLD,
    USUAL_LIMIT,
    Criterion,
    Judgement,
    verdict_of,
)
from flsf.shared.accounts import actions as accounts
from flsf.shared.accounts.enums import OrganisationKind

STAGES = list(Stage)
MET = "Answered in full, and the papers say the same."
GOOD = "It says what they do, with an example of a child whom it helped."
WEAK = "It does not say how the risks of this work are kept small."
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Panel:
    """Who evaluates and decides. `stand_in` takes the place of whoever has an interest."""

    first: Person
    second: Person
    stand_in: Person
    director: Person


def load(days: Days, panel: Panel) -> int:
    """Every application of the plan is as far along as it says."""
    for plan in LATER_APPLICATIONS:
        at = moment(days.ago(plan.begun_days_ago))
        made = accounts.add_organisation(
            name=plan.name, kind=OrganisationKind.PROVIDER, by=SYSTEM, at=at
        )
        apply_as(plan, made.pk, days, by=SYSTEM)
    sent = {
        one.organisation_name: one
        for one in find_applications.submitted(person=SYSTEM, on=days.today)
    }
    for evaluated in EVALUATED:
        _evaluate(evaluated, sent[evaluated.name], panel, days)
    return len(EVALUATED)


def _evaluate(plan: Evaluated, listed: Listed, panel: Panel, days: Days) -> None:
    at = (listed.submitted_at or moment(days.today)) + timedelta(days=2)
    made = actions.open_evaluation(application_id=listed.application_id, by=panel.first, at=at)
    reached = STAGES.index(plan.upto)
    if plan.upto is Stage.EVALUATORS:
        _with_an_interest(made.pk, panel, at)
        return
    for person in (panel.first, panel.second):
        actions.assign(evaluation_id=made.pk, person_id=person.pk or 0, by=panel.first, at=at)
        if plan.upto is not Stage.MARKING or person is panel.first:
            actions.declare(evaluation_id=made.pk, has_interest=False, by=person, at=at + HOUR)
    if plan.asks:
        then = at + timedelta(days=11)
        actions.ask(evaluation_id=made.pk, words=plan.asks, by=panel.second, at=then)
    if plan.upto in (Stage.MARKING, Stage.QUESTION):
        return
    then = at + timedelta(days=4)
    for person, score in zip((panel.first, panel.second), plan.scores, strict=True):
        _mark(made.pk, queries.criteria(made), score, by=person, at=then)
    if reached >= STAGES.index(Stage.REPORT):
        _agree(made.pk, plan, queries.criteria(made), by=panel.first, at=then + HOUR)
    if reached >= STAGES.index(Stage.DECISION):
        _decide(made.pk, plan, panel, at=then + timedelta(days=1))
    if plan.upto is Stage.RELEASED:
        _tell(listed, plan, panel, days)


def _with_an_interest(evaluation_id: int, panel: Panel, at: datetime) -> None:
    """The first has an interest; the one named instead has not said anything yet."""
    for person in (panel.first, panel.stand_in):
        actions.assign(
            evaluation_id=evaluation_id, person_id=person.pk or 0, by=panel.second, at=at
        )
    actions.declare(
        evaluation_id=evaluation_id,
        has_interest=True,
        interest="My brother-in-law teaches there on Saturdays.",
        by=panel.first,
        at=at + HOUR,
    )


def _judged(criteria: list[Criterion], score: int) -> dict[str, Judgement]:
    words = GOOD if score >= THRESHOLD else WEAK
    return {
        one.code: Judgement(verdict_of(score), score, words)
        if one.is_scored
        else Judgement(Verdict.MEETS, None, MET)
        for one in criteria
    }


def _mark(
    evaluation_id: int, criteria: list[Criterion], score: int, *, by: Person, at: datetime
) -> None:
    for code, one in _judged(criteria, score).items():
        actions.mark(
            evaluation_id=evaluation_id,
            criterion=code,
            verdict=one.verdict,
            score=one.score,
            reason=one.reason,
            by=by,
            at=at,
        )
    actions.finish(evaluation_id=evaluation_id, by=by, at=at)


def _agree(
    evaluation_id: int, plan: Evaluated, criteria: list[Criterion], *, by: Person, at: datetime
) -> None:
    differed = len(set(plan.scores)) > 1
    note = "We read the example again together." if differed else ""
    actions.agree(
        evaluation_id=evaluation_id,
        judgements=_judged(criteria, plan.agreed),
        notes={one.code: note for one in criteria if one.is_scored},
        by=by,
        at=at,
    )


def _decide(evaluation_id: int, plan: Evaluated, panel: Panel, *, at: datetime) -> None:
    """Reported; and decided, where the plan has a reason."""
    limited = plan.upto is Stage.DECIDED
    declined = plan.agreed < THRESHOLD
    outcome = (
        Outcome.DECLINE if declined else Outcome.ACCEPT_WITH_LIMIT if limited else Outcome.ACCEPT
    )
    most = USUAL_LIMIT if limited else None
    actions.report(
        evaluation_id=evaluation_id,
        outcome=outcome,
        words=plan.report,
        most_children=most,
        by=panel.second,
        at=at,
    )
    if plan.reason:
        actions.declare_to_decide(
            evaluation_id=evaluation_id,
            has_interest=False,
            by=panel.director,
            at=at + timedelta(days=1),
        )
        actions.decide(
            evaluation_id=evaluation_id,
            outcome=outcome,
            reason=plan.reason,
            most_children=most,
            by=panel.director,
            at=at + timedelta(days=1),
        )


def _tell(listed: Listed, plan: Evaluated, panel: Panel, days: Days) -> None:
    """On the day its round was told, where it has been."""
    on = london_day(listed.submitted_at) if listed.submitted_at else days.today
    there = [
        one
        for one in rounds.rounds(listed.framework_id, on=days.today)
        if one.window.contains(on) and one.summaries_sent_on is not None
    ]
    for one in there:
        at = moment(one.summaries_sent_on or days.today)
        actions.release(round_of=one, by=panel.director, at=at)
        applications.move(
            application_id=listed.application_id,
            status=Status.NOT_ACCEPTED,
            because=plan.reason,
            by=panel.director,
            at=at,
        )
