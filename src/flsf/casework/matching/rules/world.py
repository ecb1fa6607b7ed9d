"""What matching reads of providers and bookings, row by row as the tables hold it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


class ServiceRow(NamedTuple):
    pk: int
    ref: str
    provider: int
    lot: int
    mode: str
    lowest_age: int
    highest_age: int
    needs: int
    access: int
    largest_group: int
    days_to_start: int
    first_start_on: date | None
    status: str
    closed_from: date | None
    easting: int | None
    northing: int | None
    registration: str
    is_local: bool
    kind: str
    site: int | None = None
    premises: int | None = None  # the site that stands for all at its postcode


class LotRow(NamedTuple):
    pk: int
    lowest_age: int
    highest_age: int
    price_cap: int | None
    registered_only: bool
    since: date  # the lot has begun
    until: date  # and its framework runs


class PlacesRow(NamedTuple):
    service: int
    half_day: int
    places: int


class RateRow(NamedTuple):
    service: int
    in_force_from: date
    pence: int


class StatusRow(NamedTuple):
    """In the order in which they were decided, for each provider and lot."""

    provider: int
    lot: int
    takes_effect_on: date
    status: str


class SiteSuspensionRow(NamedTuple):
    site: int
    since: date
    lifted_from: date | None  # the first day on which it holds no longer


class CheckRow(NamedTuple):
    pk: int
    name: str
    needed_from: date
    sole_traders_exempt: bool


class EvidenceRow(NamedTuple):
    provider: int
    check: int
    holds_from: date
    expires_on: date


class BookingRow(NamedTuple):
    service: int
    provider: int
    child: int
    half_day: int
    minutes: int
    since: date
    until: date | None
    birth_date: date
    lot: int = 0
    place: int = 0


class LimitRow(NamedTuple):
    """A place in a lot that has a limit of children; the lots of one condition share it."""

    condition: int
    provider: int
    lot: int
    most_children: int


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything matching reads of providers and bookings, as rows."""

    services: Sequence[ServiceRow]
    lots: Iterable[LotRow] = ()
    places: Iterable[PlacesRow] = ()
    rates: Iterable[RateRow] = ()
    statuses: Iterable[StatusRow] = ()
    site_suspensions: Iterable[SiteSuspensionRow] = ()
    checks: Sequence[CheckRow] = ()
    evidence: Iterable[EvidenceRow] = ()
    bookings: Iterable[BookingRow] = ()
    limits: Iterable[LimitRow] = ()
    barred: Mapping[int, int] = field(default_factory=dict)  # by provider; market.exclusions `Bar`
    unagreed: Mapping[tuple[int, int], int] = field(default_factory=dict)  # by provider and lot
