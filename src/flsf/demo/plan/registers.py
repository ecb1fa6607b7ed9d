"""Which placements of the past have a register, so that Marlbeck has some 45,000 marks."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from flsf.core.half_days import from_mask
from flsf.demo.plan.days import Days, school_days
from flsf.demo.plan.history import PastAward
from flsf.demo.plan.live import LivePlacement

MARKS = 45_000


def kept(
    past: Sequence[PastAward], live: Sequence[LivePlacement], days: Days
) -> tuple[PastAward, ...]:
    """The latest placements kept theirs, until there are enough marks; the older have none.

    Those from before the framework were on paper, and brought in when it began.
    """
    yesterday = days.ago(1)
    wanted = MARKS - sum(
        sessions(one.half_days, one.starts_on, min(one.ends_on, yesterday)) for one in live
    )
    keep = set()
    for one in sorted(past, key=lambda award: (award.starts_on, award.number), reverse=True):
        if wanted <= 0 and not one.on_framework:
            break
        keep.add(one.number)
        wanted -= sessions(one.half_days, one.starts_on, one.ends_on)
    return tuple(one if one.number in keep else replace(one, half_days=0) for one in past)


def sessions(half_days: int, first: date, last: date) -> int:
    """How many sessions so many half-days a week come to."""
    if last < first - timedelta(days=1):
        return 0
    of_weekday = Counter(day.weekday() for day in school_days(first, last))
    return sum(of_weekday[one.weekday] for one in from_mask(half_days))
