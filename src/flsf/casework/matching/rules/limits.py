"""How many children count against a limit that stands until our first visit."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from flsf.casework.matching.rules.values import NO_DAY, NO_LIMIT, Ints
from flsf.casework.matching.rules.world import BookingRow, LimitRow, ServiceRow


@dataclass(frozen=True, slots=True)
class Stay:
    """A child who has a place that counts against a limit, from one day to another."""

    child: int
    since: int
    until: int


@dataclass(frozen=True, slots=True, eq=False)
class Limited:
    """The limits in force today: which services each holds for, and who counts against it."""

    size: int
    rows: Mapping[int, Ints]  # the rows of the services, by condition
    most: Mapping[int, int]
    stays: Mapping[int, Sequence[Stay]]

    @property
    def limit(self) -> Ints:
        """How many children each service's provider may have; NO_LIMIT: as many as places."""
        found = np.full(self.size, NO_LIMIT, dtype=np.int16)
        for condition, rows in self.rows.items():
            found[rows] = self.most[condition]
        return found

    def counts(self, child: int) -> bool:
        """Whether the child itself is one of those who count against any limit."""
        return any(one.child == child for stays in self.stays.values() for one in stays)

    def others(self, first: int, last: int, *, without: int | None = None) -> Ints:
        """For each service the most children at once, but that one, on any day of the period."""
        found = np.zeros(self.size, dtype=np.int16)
        for condition, rows in self.rows.items():
            found[rows] = most_at_once(self.stays.get(condition, ()), first, last, without=without)
        return found


def limited(
    limits: Iterable[LimitRow], services: Sequence[ServiceRow], bookings: Iterable[BookingRow]
) -> Limited:
    """The limits, with the services in the order of their rows."""
    condition_of: dict[tuple[int, int], int] = {}
    most: dict[int, int] = {}
    for condition, provider, lot, children in limits:
        condition_of[provider, lot] = condition
        most[condition] = children
    rows: dict[int, list[int]] = defaultdict(list)
    for place, one in enumerate(services):
        if found := condition_of.get((one.provider, one.lot)):
            rows[found].append(place)
    stays: dict[int, list[Stay]] = defaultdict(list)
    for each in bookings:
        if found := condition_of.get((each.provider, each.lot)):
            until = NO_DAY if each.until is None else each.until.toordinal()
            stays[found].append(Stay(each.child, each.since.toordinal(), until))
    at = {condition: np.array(places, dtype=np.int64) for condition, places in rows.items()}
    return Limited(len(services), at, most, dict(stays))


def most_at_once(
    stays: Collection[Stay], first: int, last: int, *, without: int | None = None
) -> int:
    """The most children there on any one day. A count only grows on a day a stay begins."""
    during = [
        one for one in stays if one.child != without and one.since <= last and one.until >= first
    ]
    days = {max(one.since, first) for one in during}
    return max(
        (len({one.child for one in during if one.since <= day <= one.until}) for day in days),
        default=0,
    )
