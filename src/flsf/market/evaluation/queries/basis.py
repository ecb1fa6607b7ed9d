"""The published criteria with what was found of each, for whoever decides (S43)."""

from collections.abc import Mapping
from datetime import date

from flsf.mandate.delegations.rules import Shown
from flsf.mandate.framework import queries as framework
from flsf.market.evaluation import rules
from flsf.market.evaluation.enums import Outcome, Verdict
from flsf.market.evaluation.models import Decision, Evaluation, JudgedBy
from flsf.market.evaluation.queries.evaluating import criteria, standing
from flsf.market.evaluation.rules import Found


def judged_by(framework_id: int) -> Mapping[str, tuple[str, ...]]:
    """By which parts of an application each published criterion is judged, as said last."""
    rows = JudgedBy.objects.filter(framework=framework_id).order_by("pk")
    return {criterion: tuple(parts) for criterion, parts in rows.values_list("criterion", "parts")}


def shown_in(evaluation: Evaluation) -> tuple[int | None, tuple[Shown, ...]]:
    """Each criterion that judges an application, with its result; and of which version."""
    published = evaluation.submission.content["criteria"] or {}
    found = _found(evaluation)
    parts = judged_by(evaluation.application.framework_id)
    shown = [rules.shown(one, parts.get(one, ()), found) for one in published.get("lines", [])]
    return published.get("version"), tuple(shown)


def shown_by(provider_id: int, framework_id: int) -> tuple[int | None, tuple[Shown, ...]] | None:
    """The same of the application by which a provider joined; None: it did not join by one."""
    decision = (
        Decision.objects.filter(
            evaluation__application__provider=provider_id,
            evaluation__application__framework=framework_id,
            released_at__isnull=False,
        )
        .exclude(outcome=Outcome.DECLINE)
        .select_related("evaluation__application", "evaluation__submission")
        .order_by("-released_at")
        .first()
    )
    return None if decision is None else shown_in(decision.evaluation)


def not_judged(framework_id: int, *, on: date, where: str) -> tuple[int | None, tuple[Shown, ...]]:
    """The criteria in force on a day, of whoever was admitted on paper."""
    found = framework.criteria_in_force(framework_id, on=on)
    if found is None:
        return None, ()
    return found.version, tuple(Shown(one, rules.ON_PAPER, where) for one in found.lines)


def _found(evaluation: Evaluation) -> dict[str, Found]:
    agreed = [
        *((code, one.agreed) for code, one in standing(evaluation).items()),
        *((one.criterion, one) for one in evaluation.agreed.all()),
    ]
    titles = {one.code: one.title for one in criteria(evaluation)}
    return {
        code: Found(titles[code], Verdict(one.verdict), one.score)
        for code, one in agreed
        if code in titles
    }
