"""Reads of places for supported internships and of how many want one. Numbers, and no child."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flsf.casework.children import queries as children
from flsf.casework.referrals import queries as referrals
from flsf.casework.referrals.enums import Status
from flsf.casework.timetable import queries as timetable
from flsf.core.dates import anniversary
from flsf.mandate.framework import queries as framework
from flsf.market.directory import queries as directory
from flsf.market.directory.enums import Availability
from flsf.market.providers import queries as providers
from flsf.market.providers import rules as provider_rules
from flsf.market.providers.enums import ServiceStatus
from flsf.market.trainers import queries as trainers
from flsf.market.trainers.rules import same_name
from flsf.oversight.internships import rules
from flsf.oversight.internships.enums import Standing

WANTING = (Status.RECEIVED, Status.LOOKED_AT, Status.MATCHING)
MAY_TAKE_IN = frozenset({Availability.TAKING, Availability.FULL})


@dataclass(frozen=True, slots=True)
class Supply:
    """A service that gives supported internships: its places, those taken, and those open."""

    ref: str
    name: str
    provider_name: str
    slug: str
    word: str
    places: int
    taken: int
    open_now: int
    open_then: tuple[int, ...]  # on each of rules.days_ahead

    @property
    def coming(self) -> int:
        return rules.to_come(self.open_now, self.open_then)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Somebody not on the framework who gives them: places as told on a day, None: not told."""

    ref: str
    name: str
    website: str
    places: int | None
    open_now: int | None
    told_on: date


@dataclass(frozen=True, slots=True)
class Internships:
    """Places and demand on a day, and on the days ahead.

    What others told us of their places is of the day they told it; the days ahead know of the
    council's own services only.
    """

    services: Sequence[Supply]
    others: Sequence[Elsewhere]
    days: Sequence[date]
    wanting: int  # asked for one, and have no offer yet
    offered: int
    in_place: int
    could: int  # on record with a plan and of the age for one

    @property
    def open_now(self) -> int:
        return sum(one.open_now for one in self.services)

    @property
    def open_elsewhere(self) -> int:
        return sum(one.open_now or 0 for one in self.others)

    @property
    def silent(self) -> int:
        """How many of the others have not told us how many places are open."""
        return sum(one.open_now is None for one in self.others)

    @property
    def open_then(self) -> list[int]:
        return [sum(one.open_then[at] for one in self.services) for at in range(len(self.days))]

    @property
    def coming(self) -> int:
        return rules.to_come(self.open_now, self.open_then)

    @property
    def standing(self) -> Standing:
        return rules.standing(
            wanting=self.wanting, open_now=self.open_now + self.open_elsewhere, coming=self.coming
        )

    @property
    def finding(self) -> str:
        return rules.finding(
            wanting=self.wanting,
            open_now=self.open_now,
            elsewhere=self.open_elsewhere,
            coming=self.coming,
        )


def internships(on: date) -> Internships:
    """What there is and what is wanted. The same few queries however many services there are."""
    lots = {pk for pk, one in framework.lot_facts().items() if one.code == rules.LOT_CODE}
    rows = [one for one in providers.catalogue(on) if one.lot_id in lots]
    ids = [one.service_id for one in rows]
    capacity, names = providers.capacity(ids), providers.names(ids)
    taken: dict[int, list[timetable.Taken]] = defaultdict(list)
    for one in timetable.taken(ids, since=on):
        taken[one.service_id].append(one)
    standings, days = directory.standings(on), rules.days_ahead(on)
    services = [
        _supply(one, names[one.service_id], capacity[one.service_id], taken[one.service_id],
                standings.get(one.service_id), (on, *days))
        for one in rows
    ]  # fmt: skip
    asked = referrals.asking_for(lots, on=on)
    here = {one.child_id for those in taken.values() for one in those if one.since <= on}
    return Internships(
        services=sorted(services, key=lambda one: (-one.open_now, one.provider_name, one.name)),
        others=_others({one.provider_name for one in services}),
        days=days,
        wanting=sum(asked.get(status, 0) for status in WANTING),
        offered=asked.get(Status.OFFERED, 0),
        in_place=len(here),
        could=children.count_with_plan(
            born_from=anniversary(on, -rules.OLDEST - 1) + timedelta(days=1),
            born_to=anniversary(on, -rules.YOUNGEST),
        ),
    )


def _others(ours: set[str]) -> list[Elsewhere]:
    """Those on the list of training whose services are not counted already, known by name."""
    counted = {same_name(one) for one in ours}
    return [_elsewhere(one) for one in trainers.internships() if same_name(one.name) not in counted]


def _elsewhere(one: trainers.TrainerRow) -> Elsewhere:
    return Elsewhere(
        one.ref, one.name, one.website, one.places, one.open_places, told_on=one.checked_on
    )


def _supply(
    row: providers.CatalogueRow,
    name: providers.ServiceName,
    capacity: dict[int, int],
    taken: Sequence[timetable.Taken],
    standing: Availability | None,
    days: Sequence[date],
) -> Supply:
    """A service that the public does not find, or that is paused, has no place open."""
    spans = [rules.Span(one.half_day, one.since, one.until) for one in taken]
    free = [
        rules.open_on(capacity, spans, day) if _takes_in(row, standing, day) else 0 for day in days
    ]
    return Supply(
        ref=name.ref,
        name=name.name,
        provider_name=name.provider_name,
        slug=name.slug,
        word=str(standing.value) if standing else "Not in the directory",
        places=rules.places(capacity),
        taken=len({one.child_id for one in taken if one.since <= days[0]}),
        open_now=free[0],
        open_then=tuple(free[1:]),
    )


def _takes_in(row: providers.CatalogueRow, standing: Availability | None, day: date) -> bool:
    if standing not in MAY_TAKE_IN:
        return False
    status = provider_rules.status_on(ServiceStatus(row.status), row.closed_from, on=day)
    if status is ServiceStatus.FULL:
        return row.first_start_on is not None and row.first_start_on <= day
    return status is ServiceStatus.OPEN
