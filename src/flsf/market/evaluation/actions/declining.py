"""A fresh decision about whoever turned out to be excluded after they were accepted."""

from datetime import datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.market.evaluation import queries
from flsf.market.evaluation.actions.common import Told, _locked, _record
from flsf.market.evaluation.actions.deciding import (
    MayNotDecide,
    NotReported,
    WasEvaluator,
    WordsMissing,
    _basis_of,
    _took_part,
)
from flsf.market.evaluation.actions.marking import _refuse_interested
from flsf.market.evaluation.enums import Outcome, Tag
from flsf.market.evaluation.models import Decision, EarlierDecision
from flsf.market.evaluation.queries.telling import AlreadyTold
from flsf.shared.accounts.enums import Permission

EXCLUDED = "Excluded supplier (section 57 of the Procurement Act 2023)."


class NotExcluded(Told):
    says = "Only an applicant who was accepted and is excluded is declined by a fresh decision."


@transaction.atomic
def decline_excluded(*, evaluation_id: int, reason: str, by: Person, at: datetime) -> Decision:
    """Whoever was accepted and is excluded is declined; what was decided before is kept.

    The reason that the applicant reads begins with the law. Raises MayNotDecide, WasEvaluator,
    NotReported, AlreadyTold once the round was told, NotExcluded, NotDelegated and WordsMissing.
    """
    evaluation = _locked(evaluation_id)
    if not by.may(Permission.DECIDE_ADMISSIONS):
        raise MayNotDecide
    decision = Decision.objects.select_for_update().filter(evaluation=evaluation).first()
    if decision is None:
        raise NotReported("This application has not been decided yet.")
    if by.pk in _took_part(evaluation):
        raise WasEvaluator
    _refuse_interested(evaluation, by=by, so="somebody else decides")
    if decision.released_at is not None:
        raise AlreadyTold
    if Outcome(decision.outcome) is Outcome.DECLINE or not queries.is_barred_for_good(evaluation):
        raise NotExcluded
    basis = _basis_of(evaluation, by=by, on=london_day(at))
    if not reason.strip():
        raise WordsMissing("Give the reason for the decision.")
    EarlierDecision.objects.create(
        evaluation=evaluation,
        outcome=decision.outcome,
        most_children=decision.most_children,
        reason=decision.reason,
        decided_by_id=decision.decided_by_id,
        decided_at=decision.decided_at,
        gave_way_because=reason.strip(),
        gave_way_by_id=by.pk,
        gave_way_at=at,
        basis=decision.basis,
    )
    # The same row: whoever tells the round just now waits for it, and misses nobody.
    decision.outcome, decision.most_children = Outcome.DECLINE, None
    decision.reason = f"{EXCLUDED} {reason.strip()}"
    decision.decided_by_id, decision.decided_at = by.pk, at
    decision.basis = basis.as_json()
    decision.save()
    _record(Tag.DECLINED_AS_EXCLUDED, evaluation, {}, by=by, at=at)
    return decision
