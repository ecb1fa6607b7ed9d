"""Two people are named, say whether they have an interest, and mark apart from each other."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.applications import actions as applications
from flsf.market.applications import queries as find_applications
from flsf.market.applications.enums import Status
from flsf.market.evaluation import queries, rules
from flsf.market.evaluation.actions.common import Told, _locked, _record
from flsf.market.evaluation.enums import Tag, Verdict
from flsf.market.evaluation.models import Evaluation, Evaluator, Mark, Standing
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Permission


class NotSent(Refusal):
    says = "This application is not with us, so it cannot be evaluated."


class MayNotEvaluate(Refusal):
    says = "That person's role does not evaluate applications. Name somebody else."


class AlreadyAssigned(Refusal):
    says = "That person is an evaluator of this application already."


class EnoughEvaluators(Refusal):
    says = "Two evaluators are named already."


class NotYourEvaluation(Refusal):
    says = "You are not an evaluator of this application."


class AlreadyDeclared(Refusal):
    says = "You have said already whether you have an interest."


class InterestMissing(Refusal):
    says = "Say what the interest is, so that somebody else can be named."


class DeclareFirst(Refusal):
    says = "Say first whether you have an interest in this applicant."


class HasInterest(Told):
    says = "You have an interest in this applicant, so somebody else marks it (section 83)."


class TheyHaveInterest(Refusal):
    says = "That person has an interest in this applicant (section 83). Name somebody else."


class Finished(Refusal):
    says = "Your marks are final. Changes are agreed on together now."


class NoSuchCriterion(Refusal):
    says = "This application was not asked that."


class ScoreWrong(Told):
    """Says how."""

    says = "That score does not go here."


class MarksMissing(Refusal):
    """`titles` are the criteria that have no mark, or a mark without a reason."""

    says = "Some parts have no mark, or no reason for it."

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self.titles = tuple(titles)

    def __str__(self) -> str:
        return f"Give a mark and its reason for: {', '.join(self.titles)}."


@transaction.atomic
def open_evaluation(*, application_id: int, by: Person, at: datetime) -> Evaluation:
    """What was sent is being checked, criterion by criterion. Opened twice it is opened once.

    Sent again, what was met before and did not change stands (cabinet report, paragraph 32),
    unless its provider was taken out of the framework since.
    Raises NotSent.
    """
    full = find_applications.in_full(application_id, person=by, on=london_day(at))
    if full is None:
        raise NotSent
    kinds = {
        code: {one.kind for one in full.answers if one.section == code} for code, _ in full.sections
    }
    judged = rules.criteria(full.sections, {code: found for code, found in kinds.items() if found})
    evaluation, is_new = Evaluation.objects.get_or_create(
        submission_id=full.submission_id,
        defaults={
            "application_id": application_id,
            "criteria": [[one.code, one.title, one.is_scored] for one in judged],
            "opened_by_id": by.pk,
            "opened_at": at,
        },
    )
    if not is_new:
        return evaluation
    if full.status is not Status.SUBMITTED:
        raise NotSent
    applications.move(
        application_id=application_id, status=Status.BEING_CHECKED, because="", by=by, at=at
    )
    stands = _let_stand(evaluation, on=london_day(at))
    _record(Tag.OPENED, evaluation, {"submission": full.number, "stands": stands}, by=by, at=at)
    return evaluation


@transaction.atomic
def assign(*, evaluation_id: int, person_id: int, by: Person, at: datetime) -> Evaluator:
    """The person judges it, once they have said that they have no interest.

    Somebody with an interest is replaced, and it is not they who name another. Raises
    HasInterest, MayNotEvaluate, AlreadyAssigned, TheyHaveInterest and EnoughEvaluators.
    """
    evaluation = _locked(evaluation_id)
    _refuse_interested(evaluation, by=by, so="somebody else names who marks it")
    named = accounts.staff_with(Permission.EVALUATE_APPLICATIONS).filter(pk=person_id).first()
    if named is None:
        raise MayNotEvaluate
    there = list(evaluation.evaluators.all())
    if any(one.person_id == person_id for one in there):
        raise AlreadyAssigned
    organisation_id = evaluation.application.organisation_id
    if queries.has_interest_in(organisation_id, person_id=person_id):
        raise TheyHaveInterest
    if sum(1 for one in there if not one.has_interest) >= rules.EVALUATORS:
        raise EnoughEvaluators
    made = Evaluator.objects.create(
        evaluation=evaluation, person_id=person_id, assigned_by_id=by.pk, assigned_at=at
    )
    _record(Tag.ASSIGNED, evaluation, {"person": person_id}, by=by, at=at)
    return made


@transaction.atomic
def declare(
    *, evaluation_id: int, has_interest: bool, interest: str = "", by: Person, at: datetime
) -> Evaluator:
    """The evaluator has said whether they have an interest. With one, they mark nothing.

    Raises NotYourEvaluation, AlreadyDeclared and InterestMissing.
    """
    own = _own(evaluation_id, by)
    if own.has_interest is not None:
        raise AlreadyDeclared
    if has_interest and not interest.strip():
        raise InterestMissing
    own.has_interest, own.declared_at = has_interest, at
    own.interest = interest.strip() if has_interest else ""
    own.save(update_fields=["has_interest", "declared_at", "interest"])
    _record(Tag.DECLARED, own.evaluation, {"has_interest": has_interest}, by=by, at=at)
    return own


@transaction.atomic
def mark(
    *,
    evaluation_id: int,
    criterion: str,
    verdict: Verdict | None = None,
    score: int | None = None,
    reason: str = "",
    by: Person,
    at: datetime,
) -> Mark:
    """The evaluator's mark of a criterion is this; it may change until they finish.

    A scored criterion takes a score, and its verdict follows. Raises NotYourEvaluation,
    DeclareFirst, HasInterest, Finished, NoSuchCriterion and ScoreWrong.
    """
    own = _marking(evaluation_id, by)
    found = next((one for one in queries.to_mark(own.evaluation) if one.code == criterion), None)
    if found is None:
        raise NoSuchCriterion
    if own.marks.filter(criterion=criterion, final_at__isnull=False).exists():
        raise Finished
    if trouble := rules.score_trouble(found, score):
        raise ScoreWrong(trouble)
    said = verdict if score is None else rules.verdict_of(score)
    if said is None:
        raise ScoreWrong("Say whether this part is met.")
    made, _ = Mark.objects.update_or_create(
        evaluator=own,
        criterion=criterion,
        defaults={
            "verdict": said,
            "score": score,
            "reason": reason.strip(),
            "marked_at": at,
        },
    )
    _record(Tag.MARKED, own.evaluation, {"criterion": criterion}, by=by, at=at)
    return made


@transaction.atomic
def finish(*, evaluation_id: int, by: Person, at: datetime) -> Evaluator:
    """The evaluator's marks are final, and those of the other are open to them if final too.

    Raises NotYourEvaluation, DeclareFirst, HasInterest, Finished and MarksMissing.
    """
    own = _marking(evaluation_id, by)
    marks = queries.marks_of(own)
    missing = [
        one.title
        for one in queries.to_mark(own.evaluation)
        if one.code not in marks or not marks[one.code].reason
    ]
    if missing:
        raise MarksMissing(missing)
    own.finished_at = at
    own.save(update_fields=["finished_at"])
    done = own.evaluation.evaluators.filter(finished_at__isnull=False)
    if done.count() >= rules.EVALUATORS:
        Mark.objects.filter(evaluator__in=done, final_at=None).update(final_at=at)
    _record(Tag.FINISHED, own.evaluation, {}, by=by, at=at)
    return own


def _let_stand(evaluation: Evaluation, *, on: date) -> list[str]:
    """Answers with the criteria whose earlier judgement stands.

    None of whoever was taken out of the framework since: how they did may speak against it.
    """
    before = queries.agreed_before(evaluation.application_id)
    if before is None:
        return []
    earlier, agreed = before
    if find_applications.has_left_since(
        evaluation.application_id, since=earlier.decision.decided_at, on=on
    ):
        return []
    said = find_applications.parts_sent(evaluation.submission_id)
    said_then = find_applications.parts_sent(earlier.submission_id)
    judged = {
        one.code: (rules.Part(one, said_then[one.code]), Verdict(agreed[one.code].verdict))
        for one in queries.criteria(earlier)
        if one.code in agreed
    }
    now = [rules.Part(one, said[one.code]) for one in queries.criteria(evaluation)]
    stands = rules.standing(now, judged)
    Standing.objects.bulk_create(
        Standing(evaluation=evaluation, criterion=code, agreed=agreed[code]) for code in stands
    )
    return stands


def _own(evaluation_id: int, by: Person) -> Evaluator:
    evaluation = _locked(evaluation_id)
    own = evaluation.evaluators.filter(person=by.pk).first()
    if own is None:
        raise NotYourEvaluation
    own.evaluation = evaluation
    return own


def _refuse_interested(
    evaluation: Evaluation, *, by: Person, so: str = "somebody else marks it"
) -> None:
    """Whoever declared an interest in an applicant has no part in what becomes of it, now or
    when it applies again (rule P32). Raises HasInterest, which says `so`.
    """
    organisation_id = evaluation.application.organisation_id
    if queries.has_interest_in(organisation_id, person_id=by.pk):
        raise HasInterest(f"You have an interest in this applicant, so {so} (section 83).")


def _free(evaluation_id: int, by: Person, *, so: str = "somebody else marks it") -> Evaluator:
    """Somebody named to judge it who said that they have no interest (rule P32)."""
    own = _own(evaluation_id, by)
    _refuse_interested(own.evaluation, by=by, so=so)
    if own.has_interest is None:
        raise DeclareFirst
    return own


def _marking(evaluation_id: int, by: Person) -> Evaluator:
    own = _free(evaluation_id, by)
    if own.finished_at is not None:
        raise Finished
    return own
