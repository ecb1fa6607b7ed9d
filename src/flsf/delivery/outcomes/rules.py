"""Where a child stands on the ladder from 0 to 10, measured from their own start (S26)."""

from collections.abc import Iterable, Mapping

from flsf.delivery.outcomes.enums import Progress

TOP = 10

MOVES: Mapping[Progress, int] = {
    Progress.BACK: -1,
    Progress.SAME: 0,
    Progress.FORWARD: 1,
    Progress.REACHED: 0,
}


def is_on_the_ladder(baseline: int | None, target: int) -> bool:
    """Whether both are rungs, and there is some way to go."""
    return 0 <= target <= TOP and (
        baseline is None or (0 <= baseline <= TOP and baseline != target)
    )


def where_now(baseline: int | None, target: int, steps: Iterable[Progress]) -> int | None:
    """The rung after those steps in order; None without a baseline.

    "Reached" is the worker's word that the target is met, wherever counting would have led.
    """
    if baseline is None:
        return None
    rung = baseline
    direction = 1 if target >= baseline else -1
    for step in steps:
        rung = target if step is Progress.REACHED else rung + direction * MOVES[step]
        rung = max(0, min(TOP, rung))
    return rung
