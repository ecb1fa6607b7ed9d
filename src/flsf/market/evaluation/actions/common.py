"""What every write of evaluations does."""

from datetime import datetime

from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.evaluation.enums import Tag
from flsf.market.evaluation.models import Evaluation
from flsf.shared.audit import actions as audit
from flsf.shared.audit.enums import JSONValue


class Told(Refusal):
    """A refusal that may say more exactly what stands in the way."""

    says = "That cannot be done."

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.words = words

    def __str__(self) -> str:
        return self.words or self.says


def _locked(evaluation_id: int) -> Evaluation:
    """The evaluation, held until the transaction ends, so that changes queue up."""
    found = Evaluation.objects.select_for_update(of=("self",)).select_related("application")
    return found.get(pk=evaluation_id)


def _record(
    tag: Tag, evaluation: Evaluation, details: dict[str, JSONValue], *, by: Person, at: datetime
) -> None:
    """The record says so, with the application's reference."""
    subject = f"application {evaluation.application.ref}"
    audit.record(tag=tag, subject=subject, details=details, by=by, at=at)
