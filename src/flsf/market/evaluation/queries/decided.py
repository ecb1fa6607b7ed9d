"""What was decided, and what of it whom is told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Max

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.mandate.rounds.rules import RoundFacts
from flsf.market.applications import queries as applications
from flsf.market.applications.enums import Status
from flsf.market.applications.queries import Full, Listed
from flsf.market.applications.rules import WITH_US, provider_facts
from flsf.market.evaluation.enums import Outcome, Verdict
from flsf.market.evaluation.models import Decision, EarlierDecision, Evaluation
from flsf.market.evaluation.queries.evaluating import criteria, is_in, standing
from flsf.market.providers.rules import ProviderFacts


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion as the applicant is told of it (Procurement Regulations 2024, regulation 31)."""

    code: str
    title: str
    verdict: Verdict
    score: int | None
    reason: str
    stands_from: datetime | None = None  # the decision whose judgement stands


@dataclass(frozen=True, slots=True)
class Summary:
    """The assessment summary of one application."""

    application_ref: str
    organisation_name: str
    outcome: Outcome
    most_children: int | None
    reason: str
    lines: tuple[Line, ...]
    decided_at: datetime
    released_at: datetime | None
    round_id: int | None


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as whoever carries it out needs it."""

    decision_id: int
    application_id: int
    application_ref: str
    organisation_id: int
    provider_id: int | None
    provider_facts: ProviderFacts
    lots: tuple[tuple[int, str, str], ...]
    outcome: Outcome
    most_children: int | None
    reason: str
    released_at: datetime | None
    stands: bool  # neither withdrawn nor sent again since


def summary(application_id: int, *, person: Person) -> Summary | None:
    """How the last submission was assessed: staff once decided, the applicant once told."""
    found = (
        Decision.objects.filter(evaluation__application=application_id)
        .select_related("evaluation__application__organisation")
        .prefetch_related(
            "evaluation__agreed", "evaluation__standing__agreed__evaluation__decision"
        )
        .order_by("-evaluation__submission")
        .first()
    )
    if found is None:
        return None
    organisation = found.evaluation.application.organisation
    is_told = found.released_at is not None and organisation.pk in person.reach.organisation_ids
    return _summary(found) if person.reach.whole_council or is_told else None


def _summary(decision: Decision) -> Summary:
    evaluation = decision.evaluation
    stood = {code: one.agreed for code, one in standing(evaluation).items()}
    agreed = stood | {one.criterion: one for one in evaluation.agreed.all()}
    return Summary(
        application_ref=evaluation.application.ref,
        organisation_name=evaluation.application.organisation.name,
        outcome=Outcome(decision.outcome),
        most_children=decision.most_children,
        reason=decision.reason,
        lines=tuple(
            Line(
                code=one.code,
                title=one.title,
                verdict=Verdict(found.verdict),
                score=found.score,
                reason=found.reason,
                stands_from=found.evaluation.decision.decided_at if one.code in stood else None,
            )
            for one in criteria(evaluation)
            if (found := agreed.get(one.code))
        ),
        decided_at=decision.decided_at,
        released_at=decision.released_at,
        round_id=decision.round_id,
    )


def earlier_decisions(evaluation: Evaluation) -> Sequence[EarlierDecision]:
    """What was decided before the decision that stands, the latest first; none if undecided."""
    if getattr(evaluation, "decision", None) is None:
        return ()
    found = evaluation.earlier.select_related("decided_by", "gave_way_by")
    return list(found.order_by("-gave_way_at", "-pk"))


def decided_in(round_id: int, *, person: Person, on: date) -> list[Decided]:
    """Every decision of a round, oldest application first: staff only."""
    found = (
        Decision.objects.filter(
            round=round_id, evaluation__in=Evaluation.objects.visible_to(person)
        )
        .select_related("evaluation__application")
        .order_by("evaluation__submission")
    )
    rows = list(found)
    ids = [one.evaluation.application_id for one in rows]
    full = applications.in_full_many(ids, person=person, on=on)
    return [_decided(one, full.get(one.evaluation.application_id)) for one in rows]


def _decided(decision: Decision, full: Full | None) -> Decided:
    application = decision.evaluation.application
    return Decided(
        decision_id=decision.pk,
        application_id=application.pk,
        application_ref=application.ref,
        organisation_id=application.organisation_id,
        provider_id=application.provider_id,
        provider_facts=provider_facts(
            {one.code: one.value for one in full.answers} if full else {},
            name=full.organisation_name if full else application.ref,
        ),
        lots=full.lots if full else (),
        outcome=Outcome(decision.outcome),
        most_children=decision.most_children,
        reason=decision.reason,
        released_at=decision.released_at,
        stands=full is not None
        and full.submission_id == decision.evaluation.submission_id
        and full.status is Status.BEING_CHECKED,
    )


def undecided_in(round_of: RoundFacts, *, person: Person, on: date) -> list[str]:
    """The references of what was sent in a round's days and is not decided yet.

    A decision is of what was sent then: sent again, an application is decided again.
    """
    waiting = [
        one
        for one in applications.listed(
            person=person,
            on=on,
            statuses=sorted(WITH_US),
            framework_id=round_of.framework_id,
        )
        if one.submitted_at is not None and is_in(round_of, london_day(one.submitted_at))
    ]
    decided = set(
        Decision.objects.filter(
            evaluation__application__in=[one.application_id for one in waiting], released_at=None
        )
        .annotate(last=Max("evaluation__application__submissions__number"))
        .filter(evaluation__submission__number=F("last"))
        .values_list("evaluation__application", flat=True)
    )
    return [one.ref for one in waiting if one.application_id not in decided]


def are_in(round_of: RoundFacts, listed: Iterable[Listed]) -> bool:
    """Whether any of these was sent in the round's days."""
    return any(
        one.framework_id == round_of.framework_id
        and one.submitted_at is not None
        and is_in(round_of, london_day(one.submitted_at))
        for one in listed
    )
