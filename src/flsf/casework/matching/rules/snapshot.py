"""Every service and what bears on it, as arrays; and how they stand on a day for a period."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np

from flsf.casework.matching.rules.engine import service_key
from flsf.casework.matching.rules.limits import Limited, limited
from flsf.casework.matching.rules.peaks import peaks
from flsf.casework.matching.rules.school_age import school_age
from flsf.casework.matching.rules.values import DTYPES, NO_CAP, NO_DAY, Columns, Ints
from flsf.casework.matching.rules.world import (
    BookingRow,
    CheckRow,
    EvidenceRow,
    LotRow,
    RateRow,
    ServiceRow,
    SiteSuspensionRow,
    StatusRow,
    World,
)
from flsf.core import access, half_days
from flsf.market.admissions.enums import Status
from flsf.market.providers.enums import (
    Mode,
    ProviderKind,
    Registration,
    ServiceStatus,
    mode_bit,
)
from flsf.market.providers.rules import place_key

HALF_DAYS = len(half_days.WEEK)
# Where the child need not go anywhere, what the provider's building offers makes no odds.
STAYS = frozenset({Mode.ONLINE, Mode.HOME})
OF_THE_BUILDING = access.to_mask(
    (
        access.Access.STEP_FREE,
        access.Access.QUIET_SPACE,
        access.Access.HEARING_LOOP,
        access.Access.ACCESSIBLE_TOILET,
        access.Access.TRANSPORT_HELP,
    )
)


class TooManyChecks(ValueError):
    """More checks than a mask has bits."""


Table = Mapping[str, Ints]

BOOKED = "service place child half_day minutes since until school_from school_to"


@dataclass(slots=True, eq=False)
class Snapshot:
    """A world as arrays. What does not depend on the day is worked out once."""

    refs: tuple[str, ...]
    places_of: Mapping[int, int]  # a service's row, by its id
    fixed: Table
    is_sole: Ints
    capacity: Ints  # rows by half-days
    rates: Table
    statuses: Table
    shut: Table
    checks: Sequence[CheckRow]
    evidence: Table
    bookings: Table
    limited: Limited
    _prepared: dict[tuple[date, date, date, int], Columns] = field(default_factory=dict)

    def on(
        self,
        today: date,
        starts_on: date,
        ends_on: date,
        *,
        full_time_minutes: int,
        child: int | None = None,
    ) -> Columns:
        """The services as they stand today, for support from one day to another.

        A child who already counts against a limit is not one more.
        """
        asked = (today, starts_on, ends_on, full_time_minutes)
        if asked not in self._prepared:
            if len(self._prepared) >= KEPT:
                self._prepared.clear()
            self._prepared[asked] = _columns(self, *asked)
        found = self._prepared[asked]
        if child is None or not self.limited.counts(child):
            return found
        first, last = starts_on.toordinal(), ends_on.toordinal()
        return replace(found, others=self.limited.others(first, last, without=child))


# How many periods are kept prepared; a caseworker's list asks for a handful.
KEPT = 32


def snapshot(world: World) -> Snapshot:
    """The world as arrays. Raises TooManyChecks beyond 63."""
    if len(world.checks) > 63:
        raise TooManyChecks(len(world.checks))
    services = sorted(world.services, key=lambda one: one.ref)
    rows = {one.pk: place for place, one in enumerate(services)}
    lots = {one.pk: one for one in world.lots}
    capacity = np.zeros((len(services), HALF_DAYS), dtype=np.int64)
    for service, half_day, places in world.places:
        if service in rows:
            capacity[rows[service], half_day] = places
    bookings = list(world.bookings)
    limits = limited(world.limits, services, bookings)
    unagreed = _column(
        services, lambda one: world.unagreed.get((one.provider, one.lot), 0), np.uint8
    )
    barred = _column(services, lambda one: world.barred.get(one.provider, 0), np.uint8)
    return Snapshot(
        refs=tuple(one.ref for one in services),
        places_of=rows,
        fixed=_fixed(services, lots)
        | {"limit": limits.limit, "barred": barred, "unagreed": unagreed},
        is_sole=_column(services, lambda one: one.kind == ProviderKind.SOLE_TRADER, bool),
        capacity=capacity,
        rates=_rates(world.rates, rows),
        statuses=_statuses(world.statuses),
        shut=_shut(world.site_suspensions),
        checks=tuple(world.checks),
        evidence=_evidence(world.evidence, world.checks),
        bookings=_bookings(bookings, rows),
        limited=limits,
    )


def _fixed(services: Sequence[ServiceRow], lots: Mapping[int, LotRow]) -> dict[str, Ints]:
    def of_lot(one: ServiceRow) -> LotRow:
        return lots[one.lot]

    def column(of: Callable[[ServiceRow], Any], dtype: Any = np.int32) -> Ints:
        return _column(services, of, dtype)

    return {
        "service": column(lambda one: one.pk),
        "key": column(lambda one: service_key(one.ref), np.uint64),
        "provider": column(lambda one: one.provider),
        "lot": column(lambda one: one.lot),
        "site": column(lambda one: one.site or 0),
        "place": column(
            lambda one: place_key(one.provider, Mode(one.mode), one.premises or one.site)
        ),
        "open": column(lambda one: one.status == ServiceStatus.OPEN, bool),
        "closed_from": column(lambda one: _ordinal(one.closed_from)),
        "lowest_age": column(lambda one: max(one.lowest_age, of_lot(one).lowest_age), np.int16),
        "highest_age": column(lambda one: min(one.highest_age, of_lot(one).highest_age), np.int16),
        "needs": column(lambda one: one.needs),
        "mode": column(lambda one: mode_bit(Mode(one.mode)), np.uint8),
        "first_start": column(lambda one: _ordinal(one.first_start_on, none=0)),
        "days_to_start": column(lambda one: one.days_to_start, np.int16),
        "travels": column(lambda one: one.mode not in STAYS, bool),
        "located": column(lambda one: one.easting is not None and one.northing is not None, bool),
        "easting": column(lambda one: one.easting or 0),
        "northing": column(lambda one: one.northing or 0),
        "price_cap": column(lambda one: of_lot(one).price_cap or NO_CAP),
        "access": column(lambda one: one.access | (OF_THE_BUILDING if one.mode in STAYS else 0)),
        "registered": column(lambda one: one.registration == Registration.SCHOOL, bool),
        "lot_since": column(lambda one: _ordinal(of_lot(one).since)),
        "lot_until": column(lambda one: _ordinal(of_lot(one).until)),
        "registered_only": column(lambda one: of_lot(one).registered_only, bool),
        "is_local": column(lambda one: one.is_local, bool),
        "group": column(lambda one: one.largest_group, np.int16),
    }


def _column(services: Sequence[ServiceRow], of: Callable[[ServiceRow], Any], dtype: Any) -> Ints:
    return np.array([of(one) for one in services], dtype=dtype)


def _ordinal(day: date | None, none: int = NO_DAY) -> int:
    return none if day is None else day.toordinal()


def _table(rows: Collection[tuple[int, ...]], names: str) -> Table:
    """Named columns of whole numbers."""
    columns = names.split()
    values = np.array(list(rows), dtype=np.int64).reshape(len(rows), len(columns))
    return {name: np.ascontiguousarray(values[:, at]) for at, name in enumerate(columns)}


def _rates(rates: Iterable[RateRow], rows: Mapping[int, int]) -> Table:
    found = [(rows[one.service], _ordinal(one[1]), one.pence) for one in rates if one[0] in rows]
    return _table(sorted(found), "service since pence")


def _statuses(statuses: Iterable[StatusRow]) -> Table:
    """By provider and lot, then by day; of one day the last decided stands last."""
    found = [
        (one.provider, one.lot, _ordinal(one.takes_effect_on), place, one.status == Status.IN_POOL)
        for place, one in enumerate(statuses)
    ]
    return _table(sorted(found), "provider lot since place in_pool")


def _shut(suspensions: Iterable[SiteSuspensionRow]) -> Table:
    found = [(one.site, _ordinal(one.since), _ordinal(one.lifted_from)) for one in suspensions]
    return _table(found, "site since lifted_from")


def _evidence(evidence: Iterable[EvidenceRow], checks: Sequence[CheckRow]) -> Table:
    numbers = {one.pk: number for number, one in enumerate(checks)}
    found = [
        (one.provider, numbers[one.check], _ordinal(one.holds_from), _ordinal(one.expires_on))
        for one in evidence
        if one.check in numbers
    ]
    return _table(found, "provider check since until")


def _bookings(bookings: Iterable[BookingRow], rows: Mapping[int, int]) -> Table:
    found = []
    for one in bookings:
        first, last = school_age(one.birth_date)
        found.append(
            (
                *(rows.get(one.service, -1), one.place, one.child, one.half_day, one.minutes),
                *(_ordinal(one.since), _ordinal(one.until)),
                *(first.toordinal(), last.toordinal()),
            )
        )
    return _table(found, BOOKED)


def _columns(
    kept: Snapshot, today: date, starts_on: date, ends_on: date, full_time_minutes: int
) -> Columns:
    now, first, last = today.toordinal(), starts_on.toordinal(), ends_on.toordinal()
    fixed = kept.fixed
    lacking, until = _checks(kept, now, first)
    rate = _rate(kept, first)
    in_pool = _in_pool(kept, now) & _in_pool(kept, first)
    full_time = _full_time(kept, first, last, full_time_minutes)
    return Columns(
        refs=kept.refs,
        check_names=tuple(one.name for one in kept.checks),
        admitted=in_pool,
        checks_lacking=lacking,
        checks_until=until,
        is_open=fixed["open"],
        free=_free(kept, first, last),
        rate=rate,
        lowest_rate=_lowest(rate, fixed["lot"], in_pool),
        full_time_children=full_time,
        others=kept.limited.others(first, last),
        **{name: column for name, column in fixed.items() if name in DTYPES},
    )


def _free(kept: Snapshot, first: int, last: int) -> Ints:
    """The half-days with a place on every day of the period."""
    bookings, size = kept.bookings, len(kept.refs) * HALF_DAYS
    known = bookings["service"] >= 0
    taken = peaks(
        (bookings["service"] * HALF_DAYS + bookings["half_day"])[known],
        bookings["since"][known],
        bookings["until"][known],
        np.ones(int(known.sum()), dtype=np.int64),
        first=first,
        last=last,
        size=size,
    )
    left = kept.capacity - taken.reshape(kept.capacity.shape) > 0
    bits: Ints = (left.astype(np.uint16) << np.arange(HALF_DAYS, dtype=np.uint16)).sum(
        axis=1, dtype=np.uint16
    )
    return bits


def _rate(kept: Snapshot, day: int) -> Ints:
    """What one unit costs on a day; 0: no price."""
    found = np.zeros(len(kept.refs), dtype=np.int32)
    begun = kept.rates["since"] <= day
    # In the order of their days, so the last written is the latest.
    found[kept.rates["service"][begun]] = kept.rates["pence"][begun]
    return found


def _lowest(rate: Ints, lot: Ints, in_pool: Ints) -> Ints:
    """The lowest price of those in the pool of each service's lot, or else its own."""
    found = rate.copy()
    for one in np.unique(lot):
        priced = rate[(lot == one) & in_pool & (rate > 0)]
        if len(priced):
            found[lot == one] = priced.min()
    return found


def _in_pool(kept: Snapshot, day: int) -> Ints:
    """Which services' providers stand in the pool of a lot that runs on a day."""
    table = kept.statuses
    begun = table["since"] <= day
    pairs = zip(
        table["provider"][begun].tolist(),
        table["lot"][begun].tolist(),
        table["in_pool"][begun].tolist(),
        strict=True,
    )
    standing = {(provider, lot): in_pool for provider, lot, in_pool in pairs}
    services = zip(kept.fixed["provider"].tolist(), kept.fixed["lot"].tolist(), strict=True)
    in_pool = np.array([bool(standing.get(pair)) for pair in services], dtype=bool)
    shut = (kept.shut["since"] <= day) & (kept.shut["lifted_from"] > day)
    in_pool &= ~np.isin(kept.fixed["site"], kept.shut["site"][shut])
    return in_pool & (kept.fixed["lot_since"] <= day) & (day <= kept.fixed["lot_until"])


def _checks(kept: Snapshot, now: int, first: int) -> tuple[Ints, Ints]:
    """The checks each service's provider lacks on either day, and when the next runs out."""
    providers, of_service = np.unique(kept.fixed["provider"], return_inverse=True)
    sole = np.zeros(len(providers), dtype=bool)
    sole[of_service] = kept.is_sole
    evidence = kept.evidence
    row = np.minimum(np.searchsorted(providers, evidence["provider"]), max(len(providers) - 1, 0))
    ours = providers[row] == evidence["provider"] if len(providers) else row < 0
    lacking = np.zeros(len(providers), dtype=np.uint64)
    until = np.full(len(providers), NO_DAY, dtype=np.int64)
    for number, check in enumerate(kept.checks):
        shown = ours & (evidence["check"] == number)
        needed = np.ones(len(providers), dtype=bool) if not check.sole_traders_exempt else ~sole
        for day in (now, first):
            if check.needed_from.toordinal() > day:
                continue
            best = np.zeros(len(providers), dtype=np.int64)
            holds = shown & (evidence["since"] <= day) & (evidence["until"] >= day)
            np.maximum.at(best, row[holds], evidence["until"][holds])
            lacks = needed & (best == 0)
            lacking |= lacks.astype(np.uint64) << np.uint64(number)
            if day == first:
                until = np.where(needed & (best > 0), np.minimum(until, best), until)
    return lacking[of_service], until.astype(np.int32)[of_service]


def _full_time(kept: Snapshot, first: int, last: int, most_minutes: int) -> Ints:
    """How many children of school age are at each service's place for more than full time."""
    bookings = kept.bookings
    of_age = (bookings["school_from"] <= first) & (bookings["school_to"] >= first)
    places, child = bookings["place"][of_age], bookings["child"][of_age]
    pairs, row = np.unique(np.stack((places, child)), axis=1, return_inverse=True)
    minutes = peaks(
        row.reshape(-1),
        bookings["since"][of_age],
        bookings["until"][of_age],
        bookings["minutes"][of_age],
        first=first,
        last=last,
        size=pairs.shape[1],
    )
    full_time = pairs[0][minutes > most_minutes]
    count = {int(one): int((full_time == one).sum()) for one in np.unique(full_time)}
    return np.array([count.get(one, 0) for one in kept.fixed["place"].tolist()], dtype=np.int16)
