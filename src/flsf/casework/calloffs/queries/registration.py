"""The hours a call-off would make, counted across every commissioner."""

from datetime import date

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
from flsf.market.providers import queries as providers

NO_SITE = "no fixed place"


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
    child_id: int,
    provider_id: int,
    *,
    since: date,
    until: date,
    on: date,
    is_school: bool,
    added: tuple[int | None, int] = (None, 0),
) -> Hours:
    """The child's hours with the provider in the fullest week of the period.

    `added` are a site and the minutes a week of a call-off that holds no place yet.
    """
    child = children.with_id(child_id, person=SYSTEM, on=on)
    if child is None:
        raise LookupError(child_id)
    every = timetable.hours_with(provider_id, since=since, until=until)
    own = next((one for one in every if one.child_id == child_id), None)
    by_site = dict(own.by_site) if own else {}
    site, minutes = added
    if minutes:
        by_site[site] = by_site.get(site, 0) + minutes
    names = {one.pk: one.name for one in providers.sites_of(provider_id)}
    most = limits(on).full_time_hours
    return Hours(
        minutes=sum(by_site.values()),
        by_site=tuple((names.get(at or 0, NO_SITE), many) for at, many in by_site.items()),
        others_full_time=sum(
            1
            for one in every
            if one.child_id != child_id and _is_full_time(one, most) and _of_age(one, since)
        ),
        plan_or_care=child.sen_stage == SenStage.EHCP or child.care == Care.LOOKED_AFTER,
        of_school_age=is_of_school_age(child.birth_date, on=since),
        is_school=is_school,
    )


def stopped(found: Hours, on: date) -> str:
    """Why support may not be called off so, in words with the numbers; empty: it may."""
    numbers = limits(on)
    if not registration.is_stopped(found, numbers):
        return ""
    return registration.in_words(found, numbers)


def _is_full_time(one: WithProvider, most_hours: int) -> bool:
    return one.minutes > most_hours * registration.MINUTES_AN_HOUR


def _of_age(one: WithProvider, on: date) -> bool:
    return is_of_school_age(one.birth_date, on=on)
