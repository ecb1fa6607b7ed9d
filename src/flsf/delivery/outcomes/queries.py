"""Reads of goals."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from flsf.delivery.outcomes import rules
from flsf.delivery.outcomes.enums import Progress
from flsf.delivery.outcomes.models import Goal, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalSeen:
    """A goal, where the child began, and where they are now (None: no baseline)."""

    id: int
    placement_id: int
    words: str
    baseline: int | None
    baseline_on: date | None
    target: int
    set_on: date
    now: int | None
    steps: tuple[tuple[date, Progress], ...]


def of_placement(placement_id: int) -> list[GoalSeen]:
    """The goals of a placement, in the order they were set.

    For callers who were given the placement through its visible_to.
    """
    return of_placements([placement_id]).get(placement_id, [])


def of_placements(placement_ids: Collection[int]) -> dict[int, list[GoalSeen]]:
    """The goals of each placement. Two questions, however many."""
    steps_of: dict[int, list[tuple[date, Progress]]] = defaultdict(list)
    goals = list(Goal.objects.filter(placement__in=placement_ids).order_by("set_on", "pk"))
    for goal, day, progress in (
        Step.objects.filter(goal__placement__in=placement_ids)
        .order_by("day")
        .values_list("goal", "day", "progress")
    ):
        steps_of[goal].append((day, Progress(progress)))
    found: dict[int, list[GoalSeen]] = defaultdict(list)
    for one in goals:
        steps = tuple(steps_of[one.pk])
        found[one.placement_id].append(
            GoalSeen(
                id=one.pk,
                placement_id=one.placement_id,
                words=one.words,
                baseline=one.baseline,
                baseline_on=one.baseline_on,
                target=one.target,
                set_on=one.set_on,
                now=rules.where_now(one.baseline, one.target, (step for _, step in steps)),
                steps=steps,
            )
        )
    return dict(found)
