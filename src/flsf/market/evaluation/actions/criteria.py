"""By which parts of an application each published criterion is judged."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.mandate.framework import queries as frameworks
from flsf.market.evaluation import queries
from flsf.market.evaluation.enums import Tag
from flsf.market.evaluation.models import JudgedBy
from flsf.shared.audit import actions as audit


class NeedsAPerson(Refusal):
    says = "A named person does this. Sign in."


class PartsMissing(Refusal):
    """Says for which criterion."""

    says = "Say for each criterion by which parts of an application it is judged."

    def __init__(self, criterion: str) -> None:
        super().__init__()
        self.criterion = criterion

    def __str__(self) -> str:
        return f"Say by which parts of an application this is judged: {self.criterion}"


@transaction.atomic
def say_judged_by(
    *, framework_id: int, parts: Mapping[str, Sequence[str]], by: Person, at: datetime
) -> int:
    """Each criterion, in its published words, is judged by these parts from now on; how many
    changed is returned. What was decided keeps its results.

    Raises NeedsAPerson and PartsMissing.
    """
    if by.pk is None:
        raise NeedsAPerson
    framework = frameworks.hold(framework_id)
    before = queries.judged_by(framework_id)
    for criterion, codes in parts.items():
        if not codes:
            raise PartsMissing(criterion)
    changed = [
        JudgedBy(
            framework=framework, criterion=one, parts=list(codes), said_by_id=by.pk, said_at=at
        )
        for one, codes in parts.items()
        if before.get(one) != tuple(codes)
    ]
    JudgedBy.objects.bulk_create(changed)
    if changed:
        subject, details = f"framework {framework.ref}", {"criteria": len(changed)}
        audit.record(tag=Tag.JUDGED_BY_SAID, subject=subject, details=details, by=by, at=at)
    return len(changed)
