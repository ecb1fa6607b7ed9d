"""Reads of evaluations. An evaluator sees another's marks only once both have finished."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias

from django.db.models import Prefetch, QuerySet

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.mandate.law.rules import OverTime
from flsf.mandate.rounds.rules import RoundFacts
from flsf.market.applications import queries as applications
from flsf.market.applications.enums import Status
from flsf.market.applications.queries import Full, Listed
from flsf.market.evaluation import rules
from flsf.market.evaluation.enums import Outcome, Stage, Verdict
from flsf.market.evaluation.models import (
    Clarification,
    Consensus,
    Evaluation,
    Evaluator,
    Standing,
)
from flsf.market.evaluation.queries import numbers
from flsf.market.evaluation.queries.interests import kept_from
from flsf.market.evaluation.rules import Criterion, Judgement, Pause, Progress
from flsf.shared.calendars import queries as calendars
from flsf.shared.calendars.rules import WorkingCalendar

ClarificationRow: TypeAlias = Clarification


@dataclass(frozen=True, slots=True)
class Clock:
    """How long an application has been with us, in working days that count."""

    days: int
    of: int
    due_on: date | None  # None: it waits for the applicant
    is_paused: bool
    is_late: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """An application of the queue, with where its evaluation is."""

    listed: Listed
    stage: Stage | None  # None: nobody has opened it
    clock: Clock
    is_mine: bool
    is_kept: bool  # from this person, because of an interest or until they have said
    has_declared: bool
    my_part_is_done: bool
    answer_by: date | None  # the last day for what the applicant is asked, if they are
    round_id: int | None  # of the decision, where there is one
    number_unclear: bool = False  # a registered number that somebody else has too, not settled


@dataclass(frozen=True, slots=True)
class InRound:
    """An application that was sent in a round's days, and what was decided of it."""

    listed: Listed
    stage: Stage | None
    outcome: Outcome | None
    decided_by: str
    decided_at: datetime | None
    is_kept: bool  # from this person


@dataclass(frozen=True, slots=True)
class Stood:
    """A judgement that stands from an earlier decision, which was told."""

    title: str
    agreed: Consensus
    number: int  # of the submission it was of
    since: datetime
    decided_by: str


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything one person may see of an evaluation. `marks` holds only whose marks they may."""

    evaluation: Evaluation
    full: Full
    criteria: tuple[Criterion, ...]
    stage: Stage
    evaluators: tuple[Evaluator, ...]
    mine: Evaluator | None
    marks: Mapping[int, Mapping[str, Judgement]]  # by evaluator
    clarifications: tuple[Clarification, ...]
    agreed: Mapping[str, Consensus]
    standing: Mapping[str, Stood]
    reopened: tuple[Standing, ...]  # what stood and is judged anew, with the reason
    clock: Clock

    @property
    def to_mark(self) -> tuple[Criterion, ...]:
        """What the evaluators judge: everything but what stands."""
        return tuple(one for one in self.criteria if one.code not in self.standing)

    @property
    def judged(self) -> list[tuple[str, Consensus, Stood | None]]:
        """What is agreed of each criterion so far, in order, now or before."""
        found = []
        for one in self.criteria:
            stood = self.standing.get(one.code)
            agreed = stood.agreed if stood else self.agreed.get(one.code)
            if agreed is not None:
                found.append((one.title, agreed, stood))
        return found

    @property
    def verdicts(self) -> list[Verdict]:
        return [Verdict(agreed.verdict) for _, agreed, _ in self.judged]

    @property
    def differing(self) -> frozenset[str]:
        """The criteria on which those who have finished found different things."""
        return frozenset(
            one.code
            for one in self.criteria
            if rules.differ([marks[one.code] for marks in self.marks.values() if one.code in marks])
        )


# --- The queue ---


def queue(*, person: Person, on: date) -> list[Waiting]:
    """What is with us and not decided, the longest first. The same few queries, however many."""
    if not person.reach.whole_council:
        return []
    listed = applications.submitted(person=person, on=on)
    if not listed:
        return []
    found = _open_evaluations([one.application_id for one in listed])
    ids = [one.pk for one in found.values()]
    pauses, calendar = pauses_of(ids), calendars.working_calendar()
    asks, promised = _asking(ids), law.over_time(Key.DECIDE_APPLICATION_DAYS)
    kept = kept_from(person)
    unclear = numbers.unclear_applications(on=on)
    waiting = []
    for one in listed:
        evaluation = found.get(one.application_id)
        progress = _progress(evaluation, asks) if evaluation else None
        own = _own(evaluation, person) if evaluation else None
        held = pauses.get(evaluation.pk, []) if evaluation else []
        waiting.append(
            Waiting(
                listed=one,
                stage=rules.stage(progress) if progress else None,
                clock=_clock(one.submitted_at, held, calendar, promised, on=on),
                is_mine=own is not None and not own.has_interest,
                is_kept=one.organisation_id in kept,
                has_declared=own is not None and own.has_interest is not None,
                answer_by=asks.get(evaluation.pk) if evaluation else None,
                my_part_is_done=own is not None and own.finished_at is not None,
                round_id=_decided_round(evaluation),
                number_unclear=one.application_id in unclear,
            )
        )
    return waiting


def _decided_round(evaluation: Evaluation | None) -> int | None:
    """The round in which it was decided."""
    decision = getattr(evaluation, "decision", None)
    return decision.round_id if decision is not None else None


def in_round(round_of: RoundFacts, *, person: Person, on: date) -> list[InRound]:
    """What was sent in a round's days, the oldest first; staff only. However many, eight queries.

    What was withdrawn before a decision is left out.
    """
    if not person.reach.whole_council:
        return []
    sent = [
        one
        for one in applications.listed(person=person, on=on, framework_id=round_of.framework_id)
        if one.submitted_at is not None and is_in(round_of, london_day(one.submitted_at))
    ]
    evaluations = (
        Evaluation.objects.filter(application__in=[one.application_id for one in sent])
        .select_related("report", "decision__decided_by")
        .prefetch_related("evaluators", "agreed", "standing")
        .order_by("submission")
    )
    found = {one.application_id: one for one in evaluations}
    asks, kept = _asking([one.pk for one in found.values()]), kept_from(person)
    return [
        _in_round(one, found.get(one.application_id), asks, kept)
        for one in sent
        if one.status is not Status.WITHDRAWN
    ]


def _in_round(
    listed: Listed,
    evaluation: Evaluation | None,
    asking: Collection[int],
    kept: Collection[int],
) -> InRound:
    decision = getattr(evaluation, "decision", None)
    return InRound(
        listed=listed,
        stage=rules.stage(_progress(evaluation, asking)) if evaluation else None,
        outcome=Outcome(decision.outcome) if decision else None,
        decided_by=decision.decided_by.name if decision else "",
        decided_at=decision.decided_at if decision else None,
        is_kept=listed.organisation_id in kept,
    )


def _open_evaluations(application_ids: Collection[int]) -> dict[int, Evaluation]:
    """The evaluation of each application that has not been told its outcome yet."""
    found = (
        Evaluation.objects.filter(application__in=application_ids)
        .exclude(decision__released_at__isnull=False)
        .select_related("report", "decision")
        .prefetch_related("evaluators", "agreed", "standing")
        .order_by("submission")
    )
    return {one.application_id: one for one in found}


def _own(evaluation: Evaluation, person: Person) -> Evaluator | None:
    return next((one for one in evaluation.evaluators.all() if one.person_id == person.pk), None)


def _asking(evaluation_ids: Collection[int]) -> dict[int, date]:
    """The evaluations that wait for the applicant, each with the last day for the answer."""
    asked = Clarification.objects.filter(evaluation__in=evaluation_ids, answered_at=None)
    return dict(asked.values_list("evaluation", "answer_by"))


def _progress(evaluation: Evaluation, asking: Collection[int]) -> Progress:
    decision = getattr(evaluation, "decision", None)
    free = [one for one in evaluation.evaluators.all() if not one.has_interest]
    return Progress(
        marking=len(free),
        finished=sum(1 for one in free if one.finished_at),
        asks=evaluation.pk in asking,
        criteria=len(evaluation.criteria),
        agreed=len(evaluation.agreed.all()) + len(standing(evaluation)),
        is_reported=getattr(evaluation, "report", None) is not None,
        is_decided=decision is not None,
        is_released=decision is not None and decision.released_at is not None,
    )


def pauses_of(evaluation_ids: Collection[int]) -> dict[int, list[Pause]]:
    """The days on which each evaluation waited for its applicant."""
    pauses: dict[int, list[Pause]] = defaultdict(list)
    for one in Clarification.objects.filter(evaluation__in=evaluation_ids).order_by("asked_at"):
        last = london_day(one.answered_at) if one.answered_at else None
        pauses[one.evaluation_id].append(Pause(london_day(one.asked_at), last))
    return pauses


def _clock(
    submitted_at: datetime | None,
    pauses: list[Pause],
    calendar: WorkingCalendar,
    promised: OverTime,
    *,
    on: date,
) -> Clock:
    """The clock starts on the day after it was sent, as the applicant was told on that day."""
    sent_on = london_day(submitted_at) if submitted_at else on
    first, of = (sent_on + timedelta(days=1) if submitted_at else on), promised.on(sent_on)
    due = rules.due_on(first, of, pauses, calendar.is_working_day)
    return Clock(
        days=rules.days_taken(first, on, pauses, calendar.is_working_day),
        of=of,
        due_on=due,
        is_paused=due is None,
        is_late=due is not None and due < on,
    )


# --- One evaluation ---


def of_application(application_id: int) -> Evaluation | None:
    """The evaluation of what was last sent, if somebody has opened it."""
    return Evaluation.objects.filter(application=application_id).order_by("-submission").first()


def seen(application_id: int, *, person: Person, on: date) -> Seen | None:
    """The evaluation of what was last sent, as far as this person may see it.

    Council staff see everything but the marks of an evaluator who has not finished; an
    evaluator sees another's marks only once both have. Others: None.
    """
    full = applications.in_full(application_id, person=person, on=on)
    evaluation = (
        Evaluation.objects.visible_to(person)
        .select_related("report__reported_by", "decision__decided_by", "decision__round")
        .prefetch_related(
            *("evaluators__person", "evaluators__marks", "clarifications", "agreed__agreed_by"),
            Prefetch("standing", _with_decision()),
        )
        .filter(application=application_id, submission=full.submission_id if full else None)
        .first()
    )
    if full is None or evaluation is None:
        return None
    own = _own(evaluation, person)
    pauses = pauses_of([evaluation.pk]).get(evaluation.pk, [])
    return Seen(
        evaluation=evaluation,
        full=full,
        criteria=tuple(criteria(evaluation)),
        stage=rules.stage(_progress(evaluation, _asking([evaluation.pk]))),
        evaluators=tuple(evaluation.evaluators.all()),
        mine=own,
        marks={one.pk: marks_of(one) for one in _readable(evaluation, own)},
        clarifications=tuple(evaluation.clarifications.all()),
        agreed={one.criterion: one for one in evaluation.agreed.all()},
        standing={code: _stood(one, evaluation) for code, one in standing(evaluation).items()},
        reopened=tuple(one for one in evaluation.standing.all() if one.reopened_at),
        clock=_clock(
            full.submitted_at,
            pauses,
            calendars.working_calendar(),
            law.over_time(Key.DECIDE_APPLICATION_DAYS),
            on=on,
        ),
    )


def criteria(evaluation: Evaluation) -> list[Criterion]:
    """What is judged, in the order it was asked."""
    return [Criterion(code, title, is_scored) for code, title, is_scored in evaluation.criteria]


def standing(evaluation: Evaluation) -> dict[str, Standing]:
    """What stands from an earlier decision and was not opened again, by criterion."""
    return {one.criterion: one for one in evaluation.standing.all() if one.reopened_at is None}


def to_mark(evaluation: Evaluation) -> list[Criterion]:
    """What is judged now: everything but what stands, in the order it was asked."""
    stands = standing(evaluation)
    return [one for one in criteria(evaluation) if one.code not in stands]


def agreed_before(application_id: int) -> tuple[Evaluation, dict[str, Consensus]] | None:
    """The evaluation that the applicant was told of last, with what was agreed then or stood."""
    earlier = (
        Evaluation.objects.filter(application=application_id, decision__released_at__isnull=False)
        .order_by("-submission__number")
        .first()
    )
    if earlier is None:
        return None
    stood = {code: one.agreed for code, one in standing(earlier).items()}
    return earlier, stood | {one.criterion: one for one in earlier.agreed.all()}


def _with_decision() -> QuerySet[Standing]:
    return Standing.objects.select_related(
        "agreed__evaluation__decision__decided_by", "agreed__evaluation__submission", "reopened_by"
    )


def _stood(one: Standing, evaluation: Evaluation) -> Stood:
    before = one.agreed.evaluation
    title = next(each.title for each in criteria(evaluation) if each.code == one.criterion)
    return Stood(
        title=title,
        agreed=one.agreed,
        number=before.submission.number,
        since=before.decision.decided_at,
        decided_by=before.decision.decided_by.name,
    )


def marks_of(evaluator: Evaluator) -> dict[str, Judgement]:
    """What one evaluator found, by criterion."""
    return {
        one.criterion: Judgement(Verdict(one.verdict), one.score, one.reason)
        for one in evaluator.marks.all()
    }


def final_of(evaluator: Evaluator) -> frozenset[str]:
    """The criteria of which an evaluator's marks do not change: both had finished before."""
    return frozenset(one.criterion for one in evaluator.marks.all() if one.final_at is not None)


def _readable(evaluation: Evaluation, own: Evaluator | None) -> list[Evaluator]:
    """Whose marks may be read: one's own; everybody's who finished, once those needed have."""
    free = [one for one in evaluation.evaluators.all() if not one.has_interest]
    done = [one for one in free if one.finished_at]
    if len(done) >= rules.EVALUATORS:
        return done
    return [own] if own is not None and not own.has_interest else []


def open_question(application_id: int) -> Clarification | None:
    """What the applicant is asked now, if anything."""
    asked = Clarification.objects.filter(evaluation__application=application_id, answered_at=None)
    return asked.first()


def questions_to(application_id: int) -> QuerySet[Clarification]:
    """Everything the applicant was asked, the latest first."""
    found = Clarification.objects.filter(evaluation__application=application_id)
    return found.order_by("-asked_at", "-pk")


def is_in(round_of: RoundFacts, day: date) -> bool:
    """Whether a round took applications on that day."""
    return round_of.opens_on <= day and (round_of.closes_on is None or day <= round_of.closes_on)
