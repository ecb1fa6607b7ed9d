"""What is asked of the applicant, and what the evaluators agree on."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.market.applications import actions as applications
from flsf.market.applications.enums import Status
from flsf.market.evaluation import queries, rules
from flsf.market.evaluation.actions.common import _locked, _record
from flsf.market.evaluation.actions.deciding import AlreadyDecided, WordsMissing
from flsf.market.evaluation.actions.marking import ScoreWrong, _free
from flsf.market.evaluation.enums import Tag
from flsf.market.evaluation.models import Clarification, Consensus, Evaluation
from flsf.market.evaluation.rules import Judgement
from flsf.shared.calendars import queries as calendars


class AlreadyAsked(Refusal):
    says = "The applicant has not answered the last question yet. Wait for the answer."


class NotOpenQuestion(Refusal):
    says = "That question is settled: it was answered, or the council went on without an answer."


class StillTheirTurn(Refusal):
    says = "The applicant may still answer. Go on without an answer after the last day for it."


class NotFinished(Refusal):
    says = "Both evaluators finish their own marks first."


class AlreadyAgreed(Refusal):
    says = "This has been reported, so what was agreed does not change any more."


class Disagreeing(Refusal):
    """`titles` are the criteria of which nothing was agreed, or not why."""

    says = "Agree on every part, with the reason the applicant will read."

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self.titles = tuple(titles)

    def __str__(self) -> str:
        return f"Agree on these, with the reason the applicant reads: {', '.join(self.titles)}."


class NoteMissing(Refusal):
    """`titles` are the criteria on which the evaluators differed."""

    says = "Where you differed, note how you came to agree."

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self.titles = tuple(titles)

    def __str__(self) -> str:
        return f"You differed on {', '.join(self.titles)}. Note how you came to agree."


@transaction.atomic
def ask(*, evaluation_id: int, words: str, by: Person, at: datetime) -> Clarification:
    """An evaluator asks the applicant, and the clock stands still until they answer, or until
    somebody goes on without an answer after the last day for it.

    Raises NotYourEvaluation, DeclareFirst, HasInterest, WordsMissing, AlreadyAsked and
    AlreadyDecided.
    """
    evaluation = _free(evaluation_id, by, so="somebody else asks").evaluation
    if not words.strip():
        raise WordsMissing
    if _is_decided(evaluation):
        raise AlreadyDecided
    if evaluation.clarifications.filter(answered_at=None).exists():
        raise AlreadyAsked
    on = london_day(at)
    days = law.value(Key.CLARIFICATION_DAYS, on=on)
    made = Clarification.objects.create(
        evaluation=evaluation,
        asks=words.strip(),
        asked_by_id=by.pk,
        asked_at=at,
        answer_by=calendars.working_calendar().nth_working_day(on + timedelta(days=1), days),
    )
    applications.move(
        application_id=evaluation.application_id,
        status=Status.QUESTION_SENT,
        because="",
        by=by,
        at=at,
    )
    _record(Tag.ASKED, evaluation, {}, by=by, at=at)
    return made


@transaction.atomic
def answer(*, clarification_id: int, words: str, by: Person, at: datetime) -> Clarification:
    """The applicant has answered, and the clock goes on. Raises WordsMissing, NotOpenQuestion."""
    if not words.strip():
        raise WordsMissing
    evaluation = _locked(
        Clarification.objects.values_list("evaluation_id", flat=True).get(pk=clarification_id)
    )
    asked = evaluation.clarifications.get(pk=clarification_id)
    if asked.answered_at is not None:
        raise NotOpenQuestion
    asked.answer = words.strip()
    return _settled(asked, evaluation, Tag.ANSWERED, by=by, at=at)


@transaction.atomic
def close_question(
    *, clarification_id: int, because: str, by: Person, at: datetime
) -> Clarification:
    """The evaluation goes on with what there is, and the clock with it: nobody's silence holds up
    a round.

    Raises WordsMissing, NotYourEvaluation, DeclareFirst, HasInterest, NotOpenQuestion and
    StillTheirTurn.
    """
    if not because.strip():
        raise WordsMissing
    asked_in = Clarification.objects.values_list("evaluation_id", flat=True).get(
        pk=clarification_id
    )
    evaluation = _free(asked_in, by, so="somebody else goes on without an answer").evaluation
    asked = evaluation.clarifications.get(pk=clarification_id)
    if asked.answered_at is not None:
        raise NotOpenQuestion
    if london_day(at) <= asked.answer_by:
        raise StillTheirTurn
    asked.closed_because = because.strip()
    return _settled(asked, evaluation, Tag.QUESTION_CLOSED, by=by, at=at)


def _settled(
    asked: Clarification, evaluation: Evaluation, tag: Tag, *, by: Person, at: datetime
) -> Clarification:
    asked.answered_by_id, asked.answered_at = by.pk, at
    asked.save(update_fields=["answer", "closed_because", "answered_by", "answered_at"])
    applications.move(
        application_id=evaluation.application_id,
        status=Status.BEING_CHECKED,
        because="",
        by=by,
        at=at,
    )
    _record(tag, evaluation, {}, by=by, at=at)
    return asked


@transaction.atomic
def agree(
    *,
    evaluation_id: int,
    judgements: Mapping[str, Judgement],
    notes: Mapping[str, str],
    by: Person,
    at: datetime,
) -> None:
    """What one evaluator writes down is what both agreed on; until it is reported it may change.

    `judgements` and `notes` are by criterion. Raises NotYourEvaluation, DeclareFirst, HasInterest,
    NotFinished, AlreadyAgreed, Disagreeing, ScoreWrong and NoteMissing.
    """
    evaluation = _free(evaluation_id, by, so="somebody else agrees on the marks").evaluation
    free = [one for one in evaluation.evaluators.all() if one.has_interest is False]
    finished = [one for one in free if one.finished_at]
    if len(finished) < rules.EVALUATORS:
        raise NotFinished
    if getattr(evaluation, "report", None) is not None:
        raise AlreadyAgreed
    _refuse_gaps(evaluation, judgements, notes, [queries.marks_of(one) for one in finished])
    evaluation.agreed.all().delete()
    Consensus.objects.bulk_create(
        Consensus(
            evaluation=evaluation,
            criterion=code,
            verdict=one.verdict if one.score is None else rules.verdict_of(one.score),
            score=one.score,
            reason=one.reason.strip(),
            note=notes.get(code, "").strip(),
            agreed_by_id=by.pk,
            agreed_at=at,
        )
        for code, one in judgements.items()
    )
    _record(Tag.AGREED, evaluation, {}, by=by, at=at)


def _refuse_gaps(
    evaluation: Evaluation,
    judgements: Mapping[str, Judgement],
    notes: Mapping[str, str],
    marks: Sequence[Mapping[str, Judgement]],
) -> None:
    criteria = queries.to_mark(evaluation)
    gaps = [
        one.title
        for one in criteria
        if one.code not in judgements or not judgements[one.code].reason.strip()
    ]
    if gaps or len(judgements) != len(criteria):
        raise Disagreeing(gaps)
    for one in criteria:
        if trouble := rules.score_trouble(one, judgements[one.code].score):
            raise ScoreWrong(f"{one.title}: {trouble}")
    silent = [
        one.title
        for one in criteria
        if rules.differ([found[one.code] for found in marks])
        and not notes.get(one.code, "").strip()
    ]
    if silent:
        raise NoteMissing(silent)


def _is_decided(evaluation: Evaluation) -> bool:
    return getattr(evaluation, "decision", None) is not None
