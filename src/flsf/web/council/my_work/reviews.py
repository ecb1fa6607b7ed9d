"""Policies and guidance that a provider is to be reviewed against, one row a provider."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from flsf.core.people import Person
from flsf.market.reviews.enums import Standing
from flsf.web.council.my_work.items import Item, Press, address
from flsf.web.council.reviews.board import rows

LATE = frozenset({Standing.OVERDUE, Standing.DUE_SOON})


def from_reviews(person: Person, on: date) -> Iterator[Item]:
    """What was reviewed once and is due again soon, or overdue."""
    late = sorted(
        (row for row in rows(person, on) if row.found.standing in LATE), key=lambda row: row.ref
    )
    for ref, found in groupby(late, key=lambda row: row.ref):
        due = list(found)
        many = f"{len(due)} reviews are" if len(due) > 1 else "1 review is"
        yield Item(
            press=Press.MINE,
            kind="Policies and guidance to review",
            ref=ref,
            what=f"{many} due: {', '.join(row.what for row in due)}",
            who=due[0].name,
            due_on=min(row.due_on for row in due if row.due_on),
            button="Review",
            href=address("provider-groups", ref=ref),
        )
