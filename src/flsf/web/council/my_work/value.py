"""Reports of social value that wait for somebody to look at them, or are overdue."""

from collections.abc import Iterator
from datetime import date, timedelta

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.market.admissions import queries as admissions
from flsf.market.admissions.enums import Status
from flsf.market.promises import queries, rules
from flsf.market.providers import queries as providers
from flsf.web.council.my_work.items import Item, Press, address

LOOK_WITHIN = timedelta(days=28)


def from_value_reports(person: Person, on: date) -> Iterator[Item]:
    for one in queries.reports(person=person, waiting_only=True):
        yield Item(
            press=Press.MINE,
            kind="Reports of social value",
            ref=one.provider_ref,
            what=f"What was delivered in {rules.in_words(one.year)}",
            who=one.provider_name,
            due_on=london_day(one.reported_at) + LOOK_WITHIN,
            button="Look at it",
            href=address("provider-value-decide", ref=one.provider_ref),
        )
    yield from _overdue(person, on)


def _overdue(person: Person, on: date) -> Iterator[Item]:
    """Reports of the last school year that providers in the pool promised and have not sent."""
    year = rules.year_before(on)
    if on <= rules.due_on(year):
        return
    pool = admissions.provider_ids(on=on, status=Status.IN_POOL)
    late = queries.unreported(pool, year=year, person=person)
    for one in providers.register(person=person, among=late) if late else ():
        yield Item(
            press=Press.OTHERS,
            kind="Reports of social value overdue",
            ref=one.ref,
            what=f"Not told yet what was delivered in {rules.in_words(year)}",
            who=one.name,
            due_on=rules.due_on(year),
            button="See what they promised",
            href=address("provider-value", ref=one.ref),
        )
