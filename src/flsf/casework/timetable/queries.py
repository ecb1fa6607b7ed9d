"""Reads of weeks and of the places left in them.

The ids of children come from a query that used `visible_to`; a booking says nothing of
whom it is for besides that id.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet, Sum

from flsf.casework.timetable import rules
from flsf.casework.timetable.enums import Hold
from flsf.casework.timetable.models import Booking
from flsf.core.half_days import WEEK
from flsf.market.providers import queries as providers
from flsf.market.providers import rules as provider_rules
from flsf.market.providers.enums import Mode
from flsf.market.providers.queries import premises
from flsf.market.providers.rules import Premises

NOTHING_MOVED: Mapping[int, int | None] = {}


class BookingRow(NamedTuple):
    """A booking as the matching engine reads it. The birth date says who is of school age."""

    service_id: int
    provider_id: int
    child_id: int
    half_day: int
    minutes: int
    since: date
    until: date | None
    birth_date: date
    lot_id: int
    place: int  # market.providers.rules.place_key


def all_bookings(*, since: date) -> list[BookingRow]:
    """Every booking still in force on that day or later. One query, for matching."""
    return _as_rows(Booking.objects.overlapping(since, None))


def bookings_of(child_id: int, *, since: date) -> list[BookingRow]:
    """The same for one child."""
    return _as_rows(Booking.objects.overlapping(since, None).filter(child=child_id))


def _as_rows(found: QuerySet[Booking]) -> list[BookingRow]:
    rows = list(
        found.order_by("pk").values_list(
            *("service", "service__provider", "child", "half_day", "minutes", "since", "until"),
            *("child__birth_date", "service__lot", "service__mode", "service__site"),
        )
    )
    same = premises.same_places(providers_of) if (providers_of := {row[1] for row in rows}) else {}
    return [
        BookingRow._make((*row, provider_rules.place_key(row[1], Mode(mode), same.get(site, site))))
        for *row, mode, site in rows
    ]


def week(child_id: int, *, on: date) -> list[rules.Entry]:
    """The child's week as it stands on a day, in the order of the week."""
    return weeks([child_id], on=on)[child_id]


def weeks(child_ids: Collection[int], *, on: date) -> dict[int, list[rules.Entry]]:
    """The week of each child as it stands on a day, in one question."""
    found: dict[int, list[rules.Entry]] = {child_id: [] for child_id in child_ids}
    rows = (
        Booking.objects.overlapping(on, on)
        .filter(child__in=child_ids)
        .order_by("half_day", "pk")
        .values_list(
            *("child", "half_day", "service__provider", "service", "minutes", "hold", "award_ref")
        )
    )
    for child_id, half_day, provider_id, service_id, minutes, hold, award_ref in rows:
        found[child_id].append(
            rules.Entry(
                half_day=WEEK[half_day],
                provider_id=provider_id,
                service_id=service_id,
                minutes=minutes,
                hold=Hold(hold),
                award_ref=award_ref,
            )
        )
    return found


def places_left(
    service_ids: Collection[int], *, since: date, until: date | None
) -> dict[int, dict[int, int]]:
    """For each service and half-day the places free on every day of the period.

    Two questions however many services there are.
    """
    capacity = providers.capacity(service_ids)
    spans: dict[int, dict[int, list[rules.Span]]] = defaultdict(lambda: defaultdict(list))
    taken = (
        Booking.objects.overlapping(since, until)
        .filter(service__in=service_ids)
        .values_list("service", "half_day", "since", "until")
    )
    for service_id, half_day, first, last in taken:
        spans[service_id][half_day].append(rules.Span(first, last))
    return {
        service_id: rules.places_left(capacity.get(service_id, {}), spans[service_id], since, until)
        for service_id in service_ids
    }


class Taken(NamedTuple):
    """A half-day of a service that is held or booked for a child; no end: none is agreed."""

    service_id: int
    child_id: int
    half_day: int
    since: date
    until: date | None


def taken(service_ids: Collection[int], *, since: date) -> list[Taken]:
    """What of those services is taken on that day or later. One query."""
    found = Booking.objects.overlapping(since, None).filter(service__in=service_ids)
    rows = found.order_by("pk").values_list("service", "child", "half_day", "since", "until")
    return [Taken._make(row) for row in rows]


def free_half_days(service_id: int, *, since: date, until: date | None) -> int:
    """The half-days with a place free on every day of the period, as a bit mask."""
    return rules.free_mask(places_left([service_id], since=since, until=until)[service_id])


def busy_half_days(child_id: int, *, since: date, until: date | None) -> int:
    """The half-days for which the child is held or booked on any day of the period: a mask."""
    found = Booking.objects.overlapping(since, until).filter(child=child_id)
    return sum(WEEK[index].bit for index in set(found.values_list("half_day", flat=True)))


def minutes_by_provider(child_id: int, *, on: date) -> dict[int, int]:
    """How many minutes a week each provider has with the child on a day, by provider id.

    Every placement counts, whoever arranged it, and places held as well (rule E19).
    """
    return minutes_by_providers([child_id], on=on)[child_id]


def minutes_by_providers(child_ids: Collection[int], *, on: date) -> dict[int, dict[int, int]]:
    """The same for several children, in one question."""
    found: dict[int, dict[int, int]] = {child_id: {} for child_id in child_ids}
    rows = (
        Booking.objects.overlapping(on, on)
        .filter(child__in=child_ids)
        .values_list("child", "service__provider")
        .annotate(total=Sum("minutes"))
    )
    for child_id, provider_id, total in rows:
        found[child_id][provider_id] = total
    return found


def children_by_provider(provider_ids: Collection[int], *, on: date) -> Mapping[int, set[int]]:
    """Which children are held or booked with each provider on a day (rule E18)."""
    found: dict[int, set[int]] = {provider_id: set() for provider_id in provider_ids}
    rows = (
        Booking.objects.overlapping(on, on)
        .filter(service__provider__in=provider_ids)
        .values_list("service__provider", "child")
    )
    for provider_id, child_id in rows:
        found[provider_id].add(child_id)
    return found


def most_at_once(
    provider_id: int,
    lot_ids: Collection[int],
    *,
    since: date,
    until: date,
    without: int,
    unlisted: Collection[rules.Unlisted] = (),
) -> int:
    """The most children, without that one, held or booked with the provider on any day.

    Counted over its services in those lots, and over those who are there in no service that we
    know. A count only grows on a day a booking begins.
    """
    rows = list(
        Booking.objects.overlapping(since, until)
        .filter(service__provider=provider_id, service__lot__in=lot_ids)
        .exclude(child=without)
        .values_list("child", "since", "until")
    )
    rows += [
        (one.child_id, one.since, one.until)
        for one in unlisted
        if one.child_id != without and one.since <= until and one.until >= since
    ]
    days = {max(first, since) for _, first, _ in rows}
    return max(
        (
            len({child for child, first, last in rows if first <= day <= (last or date.max)})
            for day in days
        ),
        default=0,
    )


def agreed(award_refs: Collection[str]) -> dict[str, list[rules.Agreed]]:
    """The half-days booked by each award, whenever they hold, in one question."""
    found: dict[str, list[rules.Agreed]] = defaultdict(list)
    rows = (
        Booking.objects.filter(award_ref__in=award_refs, hold=Hold.BOOKED)
        .order_by("half_day", "since")
        .values_list("award_ref", "half_day", "minutes", "since", "until")
    )
    for award_ref, half_day, minutes, since, until in rows:
        found[award_ref].append(rules.Agreed(half_day, minutes, since, until))
    return dict(found)


class WithProvider(NamedTuple):
    """A child's most minutes a week with a provider in a period, and at each of its places."""

    child_id: int
    child_ref: str
    birth_date: date
    minutes: int
    by_place: Mapping[int | None, int]  # by site; None: at no fixed place


def hours_with(
    provider_id: int,
    at: Premises,
    *,
    since: date,
    until: date | None,
    only_booked: bool = False,
    moved: Mapping[int, int | None] = NOTHING_MOVED,
    unlisted: Collection[rules.Unlisted] = (),
) -> list[WithProvider]:
    """Every child's hours with the provider, whoever arranged them (rules E18-E19).

    The most on any day of the period: in all, and at each place by itself. `only_booked` leaves
    out places that are held for awards nobody has decided, of which the provider does not know.
    `at` are the provider's places; `moved` are services counted at another place than theirs;
    `unlisted` are children who are there in no service that we know.
    """
    found = Booking.objects.overlapping(since, until).filter(service__provider=provider_id)
    if only_booked:
        found = found.filter(hold=Hold.BOOKED)
    rows = found.order_by("child", "pk").values_list(
        *("child", "child__ref", "child__birth_date", "service__mode", "service__site"),
        *("minutes", "since", "until", "service"),
    )
    by_child: dict[tuple[int, str, date], list[rules.Stay]] = defaultdict(list)
    for child, ref, born, mode, site, minutes, first, last, service in rows:
        place = moved.get(service, at.place(Mode(mode), site))
        by_child[child, ref, born].append(rules.Stay(place, minutes, max(first, since), last))
    for one in unlisted:
        stay = rules.Stay(at.unlisted, one.minutes, max(one.since, since), one.until)
        by_child[one.child_id, one.child_ref, one.birth_date].append(stay)
    return [
        WithProvider(child, ref, born, rules.most_minutes(stays), rules.most_by_place(stays))
        for (child, ref, born), stays in by_child.items()
    ]


def children_of_service(
    service_id: int, *, since: date, only_booked: bool = False
) -> frozenset[int]:
    """The children held or booked with a service on that day or later."""
    found = Booking.objects.overlapping(since, None).filter(service=service_id)
    if only_booked:
        found = found.filter(hold=Hold.BOOKED)
    return frozenset(found.values_list("child", flat=True))
