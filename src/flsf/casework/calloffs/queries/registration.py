"""The hours a call-off would make, counted across every commissioner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flsf.casework.calloffs.queries.awards import unlisted
from flsf.casework.calloffs.rules import registration
from flsf.casework.calloffs.rules.registration import Hours, Limits
from flsf.casework.children import queries as children
from flsf.casework.children.enums import Care, SenStage
from flsf.casework.matching.rules import is_of_school_age
from flsf.casework.timetable import queries as timetable
from flsf.casework.timetable.queries import WithProvider
from flsf.core.people import SYSTEM
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.market.providers.enums import Mode
from flsf.market.providers.queries import premises
from flsf.market.providers.queries.premises import Taught
from flsf.market.providers.rules import UNKNOWN_PLACE, Premises


def limits(on: date) -> Limits:
    """The numbers in force on a day."""
    found = law.values(
        (Key.FULL_TIME_HOURS, Key.FULL_TIME_WARNING_HOURS, Key.UNREGISTERED_MOST_CHILDREN), on=on
    )
    return Limits(
        full_time_hours=found[Key.FULL_TIME_HOURS],
        warning_hours=found[Key.FULL_TIME_WARNING_HOURS],
        most_children=found[Key.UNREGISTERED_MOST_CHILDREN],
    )


def hours(
    child_id: int, service_id: int, *, since: date, until: date, on: date, added: int = 0
) -> Hours:
    """The child's hours with the service's provider, at the service's place and in all.

    `added` are the minutes a week of a call-off that holds no place yet.
    """
    child = children.with_id(child_id, person=SYSTEM, on=on)
    if child is None:
        raise LookupError(child_id)
    taught = premises.taught(service_id)
    every = with_provider(taught.provider_id, taught.premises, since=since, until=until)
    return _hours(child, taught, every, since=since, on=on, added=added)


def moved(
    service_id: int, mode: Mode, site_id: int | None, *, on: date, only_booked: bool = False
) -> str:
    """Why the service may not be given there from now on, in words with the numbers.

    Empty: it stays where it is, or none of its children would be at the new place for more than
    its provider may give. `only_booked` as in at_places.
    """
    now = premises.taught(service_id)
    there = replace(now, place=now.premises.place(mode, site_id))
    if now.is_school or there.place == now.place:
        return ""
    every = with_provider(
        now.provider_id,
        now.premises,
        since=on,
        until=None,
        only_booked=only_booked,
        moved={service_id: there.place},
    )
    going = timetable.children_of_service(service_id, since=on, only_booked=only_booked)
    numbers = limits(on)
    full = [
        one.child_id
        for one in sorted(every, key=lambda one: -one.by_place.get(there.place, 0))
        if one.child_id in going and numbers.is_full_time(one.by_place.get(there.place, 0))
    ]
    for child in children.in_full(full, person=SYSTEM, on=on).values():
        if why := stopped(_hours(child, there, every, since=on, on=on), on):
            return why
    return ""


def _hours(
    child: Any,
    taught: Taught,
    every: Sequence[WithProvider],
    *,
    since: date,
    on: date,
    added: int = 0,
) -> Hours:
    """One child's hours with a provider, out of every child's."""
    own = next((one for one in every if one.child_id == child.pk), None)
    by_place = dict(own.by_place) if own else {}
    if added:
        by_place[taught.place] = by_place.get(taught.place, 0) + added
    numbers = limits(on)
    others = [one for one in every if one.child_id != child.pk and _of_age(one, since)]
    names = taught.premises.names
    return Hours(
        place=place_name(names, taught.place),
        minutes_there=by_place.get(taught.place, 0),
        minutes_in_all=(own.minutes if own else 0) + added,
        by_place=tuple((place_name(names, at), many) for at, many in by_place.items()),
        others_there=sum(numbers.is_full_time(one.by_place.get(taught.place, 0)) for one in others),
        others_in_all=sum(numbers.is_full_time(one.minutes) for one in others),
        plan_or_care=child.sen_stage == SenStage.EHCP or child.care == Care.LOOKED_AFTER,
        of_school_age=is_of_school_age(child.birth_date, on=since),
        is_school=taught.is_school,
    )


def with_provider(
    provider_id: int,
    at: Premises,
    *,
    since: date,
    until: date | None,
    only_booked: bool = False,
    moved: Mapping[int, int | None] = timetable.NOTHING_MOVED,
) -> list[WithProvider]:
    """As timetable.hours_with, with those found to be there in no service that we know."""
    return timetable.hours_with(
        provider_id,
        at,
        since=since,
        until=until,
        only_booked=only_booked,
        moved=moved,
        unlisted=unlisted(provider_id, since=since, until=until),
    )


def place_name(names: Mapping[int, str], place: int | None) -> str:
    """What a place is called, of the names of a provider's premises."""
    if place == UNKNOWN_PLACE:
        return registration.NO_PLACE_KNOWN
    return names.get(place or 0, registration.NO_FIXED_PLACE)


def stopped(found: Hours, on: date) -> str:
    """Why support may not be called off so, in words with the numbers; empty: it may."""
    numbers = limits(on)
    if not registration.is_stopped(found, numbers):
        return ""
    return registration.in_words(found, numbers)


def unexplained(found: Hours, on: date) -> str:
    """Why support so asks for a reason, in words with the numbers; empty: it asks for none."""
    numbers = limits(on)
    if not registration.asks_reason(found, numbers):
        return ""
    return registration.in_words(found, numbers)


@dataclass(frozen=True, slots=True)
class AtPlace:
    """How much children are at one place of a provider's, and whether that makes it a school."""

    place: str
    children: int
    most_minutes: int  # of any one child in a week
    full_time: int  # children of school age
    limits: Limits
    is_school: bool

    @property
    def words(self) -> str:
        """The same as a sentence."""
        many = f"{self.children} {'child' if self.children == 1 else 'children'}"
        most = f"at most {registration.in_hours(self.most_minutes)} hours a week"
        each = f"{many}, {most}{'' if self.children == 1 else ' each'}"
        return f"{each}. {self._full_time}"

    @property
    def _full_time(self) -> str:
        if self.is_school:
            return "A registered school may teach them full time"
        if not self.full_time:
            return "Nobody is there full time"
        are = "child is" if self.full_time == 1 else "children are"
        return (
            f"{self.full_time} {are} there full time. For {self.limits.most_children}, or for "
            "one who has a plan or is in care, it has to be a registered school"
        )


def at_places(
    provider_id: int, *, is_school: bool, on: date, only_booked: bool = False
) -> list[AtPlace]:
    """Each place at which the provider has a child from that day on, the fullest first."""
    at = premises.of_provider(provider_id)
    every = with_provider(provider_id, at, since=on, until=None, only_booked=only_booked)
    return places_of(every, at.names, limits(on), is_school=is_school, on=on)


def places_of(
    every: Sequence[WithProvider],
    names: Mapping[int, str],
    numbers: Limits,
    *,
    is_school: bool,
    on: date,
) -> list[AtPlace]:
    """The same of what was read already."""
    found = []
    for place in dict.fromkeys(at for one in every for at in one.by_place):
        there = [(one, one.by_place[place]) for one in every if place in one.by_place]
        found.append(
            AtPlace(
                place=place_name(names, place),
                children=len(there),
                most_minutes=max(minutes for _, minutes in there),
                full_time=sum(
                    numbers.is_full_time(minutes) and _of_age(one, on) for one, minutes in there
                ),
                limits=numbers,
                is_school=is_school,
            )
        )
    return sorted(found, key=lambda one: (-one.children, one.place))


def _of_age(one: WithProvider, on: date) -> bool:
    return is_of_school_age(one.birth_date, on=on)
