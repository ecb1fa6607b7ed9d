"""Days of the framework's registers that press, and rounds whose applicants wait to be told."""

from collections.abc import Iterator
from datetime import date, timedelta

from flsf.core.people import Person
from flsf.mandate.governance import queries as governance
from flsf.mandate.rounds import queries as rounds
from flsf.web.council.my_work.items import Item, Press, address

REGISTER_AHEAD = timedelta(days=14)


def from_registers(person: Person, on: date) -> Iterator[Item]:
    """Challenge windows, and entries to be looked at again."""
    for one in governance.due(person=person, on=on, by_day=on + REGISTER_AHEAD):
        there = address("entry-page", kind=one.kind.value, number=str(one.number))
        yield Item(
            press=Press.CLOCKS,
            kind="Days of the framework's registers",
            ref=f"{one.framework_ref}",
            what=f"{one.kind.label}: {one.title}",
            who=one.changed_by,
            due_on=one.due_on,
            button="Open it",
            href=there and f"{there}?framework={one.framework_ref}",
        )


def from_rounds(person: Person, on: date) -> Iterator[Item]:
    """Closed rounds in which nobody has been told yet."""
    for one in rounds.unanswered(on=on):
        yield Item(
            press=Press.CLOCKS if one.decide_by and one.decide_by <= on else Press.MINE,
            kind="Rounds to be decided",
            ref=f"Round {one.number}",
            what="Everybody in the round is waiting to be told, all at the same moment",
            due_on=one.decide_by,
            button="Open the rounds",
            href=address("round-list"),
        )
