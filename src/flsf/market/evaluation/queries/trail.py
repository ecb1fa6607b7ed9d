"""What was done to judge each application, as evidence of how a framework works: staff only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from flsf.core.clock import start_of
from flsf.core.people import SYSTEM, Person
from flsf.market.applications import queries as applications
from flsf.market.applications.rules import provider_facts
from flsf.market.evaluation.enums import Outcome
from flsf.market.evaluation.models import Clarification, Decision, Evaluation, Evaluator
from flsf.market.evaluation.queries.interests import keeps_from
from flsf.market.evaluation.queries.times import taken
from flsf.market.evaluation.rules import Taken
from flsf.market.providers.enums import ProviderKind


@dataclass(frozen=True, slots=True)
class Marker:
    """Somebody who was named to mark it. `has_interest` is None while they have not said."""

    name: str
    named_at: datetime
    declared_at: datetime | None
    has_interest: bool | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Something asked of the applicant, and what became of it. Not what was said."""

    asked_by: str
    asked_at: datetime
    settled_at: datetime | None
    is_answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """Everything that was done about one submission, with who and when."""

    application_ref: str
    organisation_name: str
    round_id: int | None
    opened_by: str
    opened_at: datetime
    markers: tuple[Marker, ...]
    asked: tuple[Asked, ...]
    outcome: Outcome | None
    reason: str
    decided_by: str
    decided_at: datetime | None
    released_by: str
    released_at: datetime | None


def trails(framework_id: int, *, person: Person) -> list[Trail]:
    """How every submission to a framework was judged, the first opened first.

    Nobody reads here of what they are kept from because of an interest (rule P32). The same
    few questions, however many.
    """
    found = (
        Evaluation.objects.visible_to(person)
        .filter(application__framework=framework_id)
        .exclude(keeps_from(person))
        .select_related(
            "application__organisation", "opened_by", "decision__decided_by",
            "decision__released_by",
        )
        .prefetch_related("evaluators__person", "clarifications__asked_by")
        .order_by("opened_at", "pk")
    )  # fmt: skip
    return [_trail(one) for one in found]


def _trail(one: Evaluation) -> Trail:
    decision: Decision | None = getattr(one, "decision", None)
    return Trail(
        application_ref=one.application.ref,
        organisation_name=one.application.organisation.name,
        round_id=decision.round_id if decision else None,
        opened_by=one.opened_by.name if one.opened_by else "The system",
        opened_at=one.opened_at,
        markers=tuple(
            Marker(
                each.person.name,
                each.assigned_at,
                each.declared_at,
                each.has_interest,
                each.finished_at,
            )
            for each in sorted(one.evaluators.all(), key=lambda each: each.pk)
        ),
        asked=tuple(
            Asked(each.asked_by.name, each.asked_at, each.answered_at, bool(each.answer))
            for each in sorted(one.clarifications.all(), key=lambda each: each.pk)
        ),
        outcome=Outcome(decision.outcome) if decision else None,
        reason=decision.reason if decision else "",
        decided_by=decision.decided_by.name if decision else "",
        decided_at=decision.decided_at if decision else None,
        released_by=decision.released_by.name if decision and decision.released_by else "",
        released_at=decision.released_at if decision else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A decision as the audit of the principles counts it: of whom it was is not told."""

    outcome: Outcome
    time: Taken
    is_small: bool
    is_local: bool
    is_voluntary: bool
    by_published_criteria: bool
    marked_by: int  # evaluators who finished, apart
    round_id: int | None
    released_at: datetime | None


def judged(framework_id: int, *, since: date, until: date) -> list[Judged]:
    """Every decision of a framework from the one day to the other, both counted.

    What an applicant is, is as it last said so itself. The same few questions, however many.
    """
    found: QuerySet[Decision] = (
        Decision.objects.filter(
            evaluation__application__framework=framework_id,
            decided_at__gte=start_of(since),
            decided_at__lt=start_of(until + timedelta(days=1)),
        )
        .select_related("evaluation__application", "evaluation__submission")
        .prefetch_related("evaluation__evaluators")
        .order_by("pk")
    )
    rows = list(found)
    times = taken(
        (one.evaluation_id, one.evaluation.submission.submitted_at, one.decided_at) for one in rows
    )
    ids = {one.evaluation.application_id for one in rows}
    full = applications.in_full_many(ids, person=SYSTEM, on=until)
    return [
        _judged(one, full[one.evaluation.application_id], times[one.evaluation_id]) for one in rows
    ]


def _judged(one: Decision, full: applications.Full, time: Taken) -> Judged:
    facts = provider_facts(
        {each.code: each.value for each in full.answers}, name=full.organisation_name
    )
    return Judged(
        outcome=Outcome(one.outcome),
        time=time,
        is_small=facts.is_small,
        is_local=facts.is_local,
        is_voluntary=facts.kind is ProviderKind.VOLUNTARY,
        by_published_criteria=full.criteria_version is not None,
        marked_by=_finished(one.evaluation.evaluators.all()),
        round_id=one.round_id,
        released_at=one.released_at,
    )


def _finished(evaluators: Iterable[Evaluator]) -> int:
    return sum(each.finished_at is not None for each in evaluators)


@dataclass(frozen=True, slots=True)
class Declared:
    """How many were named to mark, and what they said of interests."""

    named: int
    have_said: int
    have_an_interest: int
    marked_with_an_interest: int


def declared(framework_id: int) -> Declared:
    """What those named to mark a framework's applications declared. One question."""
    rows = list(
        Evaluator.objects.filter(evaluation__application__framework=framework_id).values_list(
            "has_interest", "finished_at"
        )
    )
    return Declared(
        named=len(rows),
        have_said=sum(has is not None for has, _ in rows),
        have_an_interest=sum(has is True for has, _ in rows),
        marked_with_an_interest=sum(has is True and done is not None for has, done in rows),
    )


def questions_put(framework_id: int) -> int:
    """How many questions were put to a framework's applicants. One question."""
    found = Clarification.objects.filter(evaluation__application__framework=framework_id)
    return found.count()


def told_at(framework_id: int) -> dict[int, set[datetime]]:
    """The moments at which a round's applicants were told, by round: one, if all at once."""
    found: dict[int, set[datetime]] = {}
    rows = Decision.objects.filter(
        evaluation__application__framework=framework_id,
        released_at__isnull=False,
        round__isnull=False,
    )
    for round_id, at in rows.values_list("round", "released_at"):
        if round_id is not None and at is not None:
            found.setdefault(round_id, set()).add(at)
    return found
