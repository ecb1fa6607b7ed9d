"""Agreements that providers asked about, declined, or have not accepted for some time."""

from collections.abc import Iterator
from datetime import date, timedelta

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.market.agreements import queries
from flsf.market.agreements.enums import PaperStatus
from flsf.web.council.my_work.items import Item, Press, address

# After so many days somebody is asked to remind them, and again after each reminder.
CHASE_AFTER = timedelta(days=10)


def from_agreements(person: Person, on: date) -> Iterator[Item]:
    """What is to be answered, and who is to be reminded. As many questions however many wait."""
    for one in queries.papers(person=person, on=on):
        if not one.may_be_accepted:
            continue
        said, last = one.open_reply, max([london_day(one.issued_at), *one.reminded_on])
        if said is not None:
            declined = one.status is PaperStatus.DECLINED
            what = "They declined their agreement" if declined else "They ask about their agreement"
            kind, button, due_on = "Agreements to answer", "Answer", london_day(said.at)
        elif one.status is PaperStatus.WAITING and on >= last + CHASE_AFTER:
            what = "Their agreement is not accepted: nothing can be called off from them"
            kind, button, due_on = "Agreements to chase", "Open it", last + CHASE_AFTER
        else:
            continue
        yield Item(
            press=Press.MINE,
            kind=kind,
            ref=one.ref,
            what=what,
            who=one.provider_name,
            due_on=due_on,
            button=button,
            href=address("agreement-page", ref=one.ref),
        )
