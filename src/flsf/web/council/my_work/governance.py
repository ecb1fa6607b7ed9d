"""Days of the framework's registers that press, rounds to be told, and suppliers to exclude."""

from collections.abc import Iterator
from datetime import date, timedelta

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.mandate.governance import queries as governance
from flsf.mandate.rounds import queries as rounds
from flsf.market.exclusions import queries as exclusions
from flsf.market.exclusions.enums import MatchStatus
from flsf.shared.accounts.enums import Permission
from flsf.web.council.my_work.items import Item, Press, address

P = Permission

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


def from_exclusions(person: Person, on: date) -> Iterator[Item]:
    """Who may be debarred, cases to decide, and the Minister to be told. Three queries."""
    for one in exclusions.matches(person=person, status=MatchStatus.OPEN):
        yield Item(
            press=Press.CLOCKS,
            kind="Suppliers who may be debarred",
            ref=one.ref,
            what="May be on the debarment list: nothing is awarded until somebody has looked",
            who=one.organisation.name,
            due_on=london_day(one.found_at),
            button="Look",
            href=address("debarment-match", ref=one.ref),
        )
    for case in exclusions.cases(person=person, open_only=True):
        answered = case.answered_at is not None
        if answered or on > case.answer_by:
            yield Item(
                press=Press.MINE if person.may(P.DECIDE_EXCLUSIONS) else Press.OTHERS,
                kind="Exclusions to decide",
                ref=case.ref,
                what="They answered: decide" if answered else "They did not answer: decide",
                who=case.organisation.name,
                due_on=case.answer_by,
                button="Decide",
                href=address("exclusion-case", ref=case.ref),
            )
    for case in exclusions.to_tell_minister(person=person):
        yield Item(
            press=Press.CLOCKS,
            kind="Notices to the Minister",
            ref=case.ref,
            what="Tell the Minister of the exclusion (section 59)",
            who=case.organisation.name,
            due_on=case.minister_due_on,
            button="Record it",
            href=address("exclusion-case", ref=case.ref),
        )
