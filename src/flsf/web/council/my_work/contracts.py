"""Contract review meetings that are due, and what was agreed there and is late."""

from collections.abc import Iterator
from datetime import date

from flsf.core.people import Person
from flsf.oversight.meetings import queries
from flsf.oversight.meetings.enums import Side, Standing, Status
from flsf.web.council.my_work.items import Item, Press, address


def from_meetings(person: Person, on: date) -> Iterator[Item]:
    """Meetings overdue or due within four weeks; actions late, or said to be done."""
    for one in queries.timings(person=person, on=on):
        if one.standing is Standing.IN_TIME:
            continue
        late = one.standing is Standing.OVERDUE
        first = "" if one.last_on else "first "
        yield Item(
            press=Press.MINE,
            kind="Contract meetings overdue" if late else "Contract meetings due soon",
            ref=one.provider_ref,
            what=f"The {first}contract review meeting is {'overdue' if late else 'due soon'}",
            who=one.provider_name,
            due_on=one.due.on,
            button="Open the contract",
            href=address("provider-contract", ref=one.provider_ref),
        )
    for action in queries.open_actions(person=person):
        last = action.latest
        said = last.status is Status.SAID_DONE
        if not said and not action.is_late(on):
            continue
        theirs = action.side is Side.PROVIDER and not said
        yield Item(
            press=Press.OTHERS if theirs else Press.MINE,
            kind="Agreed actions said to be done" if said else "Agreed actions overdue",
            ref=action.ref,
            what="The provider says that it did what was agreed" if said else action.what,
            who=f"{action.provider_name}: {last.owner}",
            due_on=last.due_on,
            button="Look at it",
            href=address("action-page", ref=action.ref),
            owner_id=last.owner_id,
        )
