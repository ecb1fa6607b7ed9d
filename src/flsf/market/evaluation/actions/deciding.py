"""What is recommended, what is decided by somebody else, and when everybody is told."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.mandate.delegations import queries as delegations
from flsf.mandate.delegations.enums import Power
from flsf.mandate.delegations.rules import Basis
from flsf.mandate.framework import queries as framework
from flsf.mandate.framework.rules import Answer
from flsf.mandate.rounds import queries as rounds
from flsf.mandate.rounds.rules import RoundFacts
from flsf.market.evaluation import queries, rules
from flsf.market.evaluation.actions.common import Told, _locked, _record
from flsf.market.evaluation.actions.marking import (
    AlreadyDeclared,
    DeclareFirst,
    InterestMissing,
    _free,
    _refuse_interested,
)
from flsf.market.evaluation.enums import Outcome, Tag, Verdict
from flsf.market.evaluation.models import DecidersInterest, Decision, Evaluation, Report
from flsf.market.exclusions.queries import refuse_if_excluded
from flsf.shared.accounts.enums import Permission
from flsf.shared.audit import actions as audit


class WordsMissing(Told):
    says = "Write the words."


class NotReported(Told):
    says = "There is nothing to decide on yet: the evaluators agree and report first."


class OutcomeDoesNotFit(Refusal):
    says = (
        "Everything is met, so it can only be accepted; or something is not met yet, so it cannot."
    )


class LimitDoesNotFit(Refusal):
    says = "Give the number of children until the first visit; without a limit, leave it empty."


class MayNotDecide(Refusal):
    says = "Your role does not decide who joins. Ask whoever has the delegated authority."


class ModelRefuses(Refusal):
    """Says by which rule of the framework's commercial model."""

    says = "The framework's commercial model does not let this be decided today."

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer

    def __str__(self) -> str:
        return f"This cannot be decided today. {self.answer.why} ({self.answer.source})."


class WasEvaluator(Refusal):
    says = "You evaluated this application or reported on it, so somebody else decides."


class AlreadyDecided(Told):
    says = "This application has been decided."


@transaction.atomic
def report(
    *,
    evaluation_id: int,
    outcome: Outcome,
    words: str,
    most_children: int | None = None,
    by: Person,
    at: datetime,
) -> Report:
    """An evaluator's recommendation is before whoever decides; what was agreed does not change
    any more.

    Raises NotYourEvaluation, DeclareFirst, HasInterest, NotReported if there is nothing agreed,
    AlreadyDecided, WordsMissing, OutcomeDoesNotFit and LimitDoesNotFit.
    """
    evaluation = _free(evaluation_id, by, so="somebody else reports on it").evaluation
    verdicts = _verdicts(evaluation)
    if len(verdicts) < len(evaluation.criteria):
        raise NotReported
    if getattr(evaluation, "report", None) is not None:
        raise AlreadyDecided("This has been reported already.")
    if not words.strip():
        raise WordsMissing("Write the recommendation.")
    _refuse_misfit(outcome, most_children, verdicts)
    made = Report.objects.create(
        evaluation=evaluation,
        outcome=outcome,
        most_children=most_children,
        words=words.strip(),
        reported_by_id=by.pk,
        reported_at=at,
    )
    _record(Tag.REPORTED, evaluation, {"outcome": outcome.value}, by=by, at=at)
    return made


@transaction.atomic
def declare_to_decide(
    *, evaluation_id: int, has_interest: bool, interest: str = "", by: Person, at: datetime
) -> DecidersInterest:
    """Whoever may decide has said, before they do, whether they have an interest; once and for
    good. With one, somebody else decides.

    Raises MayNotDecide, WasEvaluator, AlreadyDecided, AlreadyDeclared and InterestMissing.
    """
    evaluation = _locked(evaluation_id)
    _refuse_decider(evaluation, by)
    if queries.says_of_deciding(evaluation_id, person=by) is not None:
        raise AlreadyDeclared
    if has_interest and not interest.strip():
        raise InterestMissing
    made = DecidersInterest.objects.create(
        evaluation=evaluation,
        person_id=by.pk,
        has_interest=has_interest,
        interest=interest.strip() if has_interest else "",
        declared_at=at,
    )
    _record(Tag.DECLARED, evaluation, {"has_interest": has_interest}, by=by, at=at)
    return made


@transaction.atomic
def decide(
    *,
    evaluation_id: int,
    outcome: Outcome,
    reason: str,
    most_children: int | None = None,
    by: Person,
    at: datetime,
) -> Decision:
    """Whether the applicant joins is decided, by somebody to whom that is delegated, who did not
    evaluate it and said before that they have no interest.

    By whose leave, and what was found of each published criterion, is frozen with it (S43).
    Nobody outside is told before all of the round are. Raises MayNotDecide, AlreadyDecided,
    WasEvaluator, NotReported, DeclareFirst, HasInterest, NotDelegated, WordsMissing,
    OutcomeDoesNotFit, LimitDoesNotFit, ModelRefuses and MayNotBeAwarded.
    """
    evaluation = _locked(evaluation_id)
    _refuse_decider(evaluation, by)
    if getattr(evaluation, "report", None) is None:
        raise NotReported
    _refuse_interested(evaluation, by=by, so="somebody else decides")
    if queries.says_of_deciding(evaluation_id, person=by) is None:
        raise DeclareFirst
    basis = _basis_of(evaluation, by=by, on=london_day(at))
    if not reason.strip():
        raise WordsMissing("Give the reason for the decision.")
    if evaluation.clarifications.filter(answered_at=None).exists():
        raise NotReported("The applicant has been asked something. Wait for the answer.")
    _refuse_misfit(outcome, most_children, _verdicts(evaluation))
    found = _round_of(evaluation)
    _ask_the_model(evaluation, found, london_day(at))
    if outcome is not Outcome.DECLINE:
        refuse_if_excluded(evaluation.application.organisation_id, on=london_day(at))
    made = Decision.objects.create(
        evaluation=evaluation,
        round_id=found.round_id if found else None,
        outcome=outcome,
        most_children=most_children,
        reason=reason.strip(),
        decided_by_id=by.pk,
        decided_at=at,
        basis=basis.as_json(),
    )
    _record(Tag.DECIDED, evaluation, {"outcome": outcome.value}, by=by, at=at)
    return made


@transaction.atomic
def release(*, round_of: RoundFacts, by: Person, at: datetime) -> list[int]:
    """Everything decided in the round counts as told at this moment; the decisions' ids.

    Call it through flows.release_round, which tells them and admits. Raises MayNotTell,
    RoundStillOpen, StillUndecided, NumbersToSettle, MayNotBeTaken, AlreadyTold and NothingToTell.
    """
    on = london_day(at)
    rows = list(queries.decisions_of(round_of).select_for_update(of=("self",)))
    queries.refuse_undecided(round_of, rows, person=by, on=on)
    queries.refuse_unclear(rows, on=on)
    queries.refuse_excluded(rows, on=on)
    told = [one for one in rows if one.released_at is None]
    Decision.objects.filter(pk__in=[one.pk for one in told]).update(
        released_by_id=by.pk, released_at=at
    )
    audit.record(
        tag=Tag.RELEASED,
        subject=f"round {round_of.number} of framework {round_of.framework_id}",
        details={"decisions": len(told)},
        by=by,
        at=at,
    )
    return [one.pk for one in told]


def _took_part(evaluation: Evaluation) -> set[int]:
    """Whoever was named to evaluate it or reported on it, and so does not decide."""
    reported = getattr(evaluation, "report", None)
    who = {one.person_id for one in evaluation.evaluators.all()}
    return who | ({reported.reported_by_id} if reported is not None else set())


def _refuse_decider(evaluation: Evaluation, by: Person) -> None:
    """Raises MayNotDecide, AlreadyDecided and WasEvaluator."""
    if not by.may(Permission.DECIDE_ADMISSIONS):
        raise MayNotDecide
    if getattr(evaluation, "decision", None) is not None:
        raise AlreadyDecided
    if by.pk in _took_part(evaluation):
        raise WasEvaluator


def _basis_of(evaluation: Evaluation, *, by: Person, on: date) -> Basis:
    """By whose leave, and against which criteria, somebody decides on a day. Raises NotDelegated.

    Writes nothing.
    """
    framework_id = evaluation.application.framework_id
    authority = delegations.needed(framework_id, Power.JOIN, by=by, on=on)
    return Basis(authority, *queries.shown_in(evaluation))


def _verdicts(evaluation: Evaluation) -> list[Verdict]:
    """What was agreed of each criterion, now or in an earlier decision that stands."""
    agreed = [
        *evaluation.agreed.all(),
        *(one.agreed for one in queries.standing(evaluation).values()),
    ]
    return [Verdict(one.verdict) for one in agreed]


def _refuse_misfit(
    outcome: Outcome, most_children: int | None, verdicts: Sequence[Verdict]
) -> None:
    if not rules.outcome_fits(outcome, verdicts):
        raise OutcomeDoesNotFit
    if not rules.limit_fits(outcome, most_children):
        raise LimitDoesNotFit


def _ask_the_model(evaluation: Evaluation, found: RoundFacts | None, on: date) -> None:
    """Some models decide only once everybody of a round has applied. Raises ModelRefuses."""
    is_closed = found is None or (found.closes_on is not None and found.closes_on < on)
    framework_id = evaluation.application.framework_id
    answer = framework.may_decide(framework_id, round_is_closed=is_closed, on=on)
    if not answer.is_allowed:
        raise ModelRefuses(answer)


def _round_of(evaluation: Evaluation) -> RoundFacts | None:
    """The round that was open on the day it was sent."""
    day = london_day(evaluation.submission.submitted_at)
    return rounds.open_round(evaluation.application.framework_id, on=day)
