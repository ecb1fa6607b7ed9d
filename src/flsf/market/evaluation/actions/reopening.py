"""A judgement that stands from before is made anew when an evaluator sees a reason."""

from datetime import datetime

from django.db import transaction

from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.evaluation import queries
from flsf.market.evaluation.actions.common import Told, _record
from flsf.market.evaluation.actions.deciding import WordsMissing
from flsf.market.evaluation.actions.marking import _free
from flsf.market.evaluation.enums import Tag
from flsf.market.evaluation.models import Standing


class DoesNotStand(Told):
    says = "That part is judged now already."


class TooLate(Refusal):
    says = "This has been reported, so no part of it is judged anew."


@transaction.atomic
def reopen(
    *, evaluation_id: int, criterion: str, because: str, by: Person, at: datetime
) -> Standing:
    """Both evaluators judge that part now, apart from each other again; the rest stands as it is.

    What both had finished does not change. Raises NotYourEvaluation, DeclareFirst, HasInterest,
    WordsMissing, TooLate and DoesNotStand.
    """
    evaluation = _free(evaluation_id, by, so="somebody else reopens it").evaluation
    if not because.strip():
        raise WordsMissing("Write why it is judged anew.")
    if getattr(evaluation, "report", None) is not None:
        raise TooLate
    found = queries.standing(evaluation).get(criterion)
    if found is None:
        raise DoesNotStand
    found.reopened_because, found.reopened_by_id, found.reopened_at = because.strip(), by.pk, at
    found.save(update_fields=["reopened_because", "reopened_by", "reopened_at"])
    evaluation.evaluators.update(finished_at=None)
    _record(Tag.REOPENED, evaluation, {"criterion": criterion}, by=by, at=at)
    return found
