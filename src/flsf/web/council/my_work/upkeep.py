"""What nobody keeps up: sessions without a mark, listings and pages, a child twice on record.

Each asks a fixed number of questions, however much there is.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from flsf.casework.children import queries as children
from flsf.core import clock
from flsf.core.people import Person
from flsf.market.guides import queries as guides
from flsf.market.providers import queries as providers
from flsf.web.council.my_work.items import Item, Press, address
from flsf.web.council.placements.rows import GAP, NOT_MARKED, UNEXPLAINED, exceptions

CONFIRM_WITHIN = timedelta(days=59)
GUIDES_AHEAD = timedelta(days=30)
WORDS = {
    NOT_MARKED: ("session has no mark", "sessions have no mark", "Ask the providers"),
    UNEXPLAINED: ("absence is not explained", "absences are not explained", "Find out why"),
    GAP: (
        "placement had no session for five school days",
        "placements had no session for five school days",
        "See why",
    ),
}


def from_attendance(person: Person, on: date) -> Iterator[Item]:
    """One row for each kind of thing out of order, the oldest of it first."""
    every = exceptions(person=person, on=on, at=clock.now())
    for kind, (one, many, button) in WORDS.items():
        found = [each for each in every if each.kind == kind]
        if found:
            yield Item(
                press=Press.OTHERS,
                kind="Registers out of order",
                ref="",
                what=f"{len(found)} {one if len(found) == 1 else many}",
                who=_listed({each.placement.seen.provider_name for each in found}),
                due_on=found[0].day,
                button=button,
                href=f"{address('attendance-exceptions')}?kind={kind.replace(' ', '+')}",
            )


def from_slow_listings(person: Person, on: date) -> Iterator[Item]:
    """Providers who have not said for sixty days that what families read is right."""
    found = list(providers.not_confirmed_since(on - CONFIRM_WITHIN))
    by_provider = groupby(sorted(found, key=lambda one: one.provider_id), lambda one: one.provider)
    for provider, services in by_provider:
        slow = sorted(services, key=lambda one: one.confirmed_on)
        days = (on - slow[0].confirmed_on).days
        many = "service" if len(slow) == 1 else "services"
        yield Item(
            press=Press.OTHERS,
            kind="Listings nobody confirms",
            ref=provider.ref,
            what=f"{len(slow)} {many} not confirmed as still right, the oldest for {days} days",
            who=provider.name,
            due_on=slow[0].confirmed_on,
            button="Open the provider",
            href=address("provider-page", ref=provider.ref),
        )


def from_guides(person: Person, on: date) -> Iterator[Item]:
    """Pages of the Local Offer that somebody is to look at again, late or within thirty days."""
    for one in guides.due(on=on, by_day=on + GUIDES_AHEAD):
        yield Item(
            press=Press.MINE,
            kind="Pages of the Local Offer to look at",
            ref=one.ref,
            what=f"Is “{one.title}” still right?",
            who=one.kind_label,
            due_on=one.next_review_on,
            button="Look at it",
            href=address("guide-page", ref=one.ref),
        )


def from_duplicates(person: Person, on: date) -> Iterator[Item]:
    """Children who seem to be on record twice: same name, same birth date."""
    for first, second in children.twice_on_record(person=person, on=on):
        yield Item(
            press=Press.MINE,
            kind="Children on record twice",
            ref=second,
            what=f"Same name and birth date as {first}: is it the same child?",
            button="Open the newer record",
            href=address("child-page", ref=second),
        )


def _listed(names: set[str]) -> str:
    """One or two by name, more by number."""
    if len(names) <= 2:
        return " and ".join(sorted(names))
    return f"{len(names)} providers"
