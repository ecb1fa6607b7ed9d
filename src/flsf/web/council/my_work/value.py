"""Reports of social value that wait for somebody to look at them."""

from collections.abc import Iterator
from datetime import date, timedelta

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.market.promises import queries, rules
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
