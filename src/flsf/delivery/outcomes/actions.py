"""The only writes of goals and of the steps towards them."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.delivery.outcomes import rules
from flsf.delivery.outcomes.enums import Progress, Tag
from flsf.delivery.outcomes.models import Goal, Step
from flsf.shared.audit import actions as audit
from flsf.shared.audit.enums import JSONValue


class NothingToWorkTowards(Refusal):
    says = "Say what the child works towards, in words they would use."


class OffTheLadder(Refusal):
    says = "Use a number from 0 to 10, and a target other than where the child starts."


class NotYet(Refusal):
    says = "That day has not come. Choose today or an earlier day."


@transaction.atomic
def set_goal(
    *,
    placement_id: int,
    words: str,
    target: int,
    baseline: int | None = None,
    baseline_on: date | None = None,
    set_on: date,
    by: Person,
    at: datetime,
) -> Goal:
    """The child works towards something, from where they are on the ladder.

    Without a baseline progress cannot be shown yet. Raises NothingToWorkTowards and
    OffTheLadder.
    """
    if not words.strip():
        raise NothingToWorkTowards
    if not rules.is_on_the_ladder(baseline, target):
        raise OffTheLadder
    goal = Goal.objects.create(
        placement_id=placement_id,
        words=words.strip()[:300],
        baseline=baseline,
        baseline_on=(baseline_on or set_on) if baseline is not None else None,
        target=target,
        set_on=set_on,
    )
    _record(Tag.GOAL_SET, goal, {"target": target}, by=by, at=at)
    return goal


@transaction.atomic
def record_step(*, goal_id: int, day: date, progress: Progress, by: Person, at: datetime) -> Step:
    """How the goal went that day; said again for the same day, the later word stands.

    Raises NotYet.
    """
    if day > london_day(at):
        raise NotYet
    goal = Goal.objects.select_for_update().get(pk=goal_id)
    step, _ = Step.objects.update_or_create(
        goal=goal, day=day, defaults={"progress": progress, "by_id": by.pk, "at": at}
    )
    details = {"day": day.isoformat(), "progress": progress.value}
    _record(Tag.GOAL_TICKED, goal, details, by=by, at=at)
    return step


def _record(
    tag: Tag, goal: Goal, details: Mapping[str, JSONValue], *, by: Person, at: datetime
) -> None:
    audit.record(tag=tag, subject=f"goal {goal.pk}", details=details, by=by, at=at)
