"""Work that follows when a provider's check lapses or it is suspended."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from flsf.core.people import Person
from flsf.delivery.continuity import queries as continuity
from flsf.delivery.continuity.enums import Standing
from flsf.market.admissions import queries as admissions
from flsf.market.providers import queries as providers
from flsf.shared.accounts.enums import Permission
from flsf.web.council.my_work.items import Item, Press, address

REVIEW_AHEAD = timedelta(days=7)


def from_own_children(person: Person, on: date) -> Iterator[Item]:
    """Each child of the person's, or of nobody's yet, whose place must be decided on."""
    for one in continuity.listed(person=person, on=on, standing=Standing.TO_DECIDE):
        if one.worker_id not in (person.pk, None):
            continue
        yield Item(
            press=Press.CLOCKS,
            kind="Children to decide about",
            ref=one.ref,
            what=f"Does child {one.child_ref} stay? {one.about}",
            who=one.provider_name,
            due_on=one.due_on,
            button="Decide",
            href=address("continuity-page", ref=one.ref),
        )
    for one in continuity.listed(person=person, on=on, standing=Standing.TO_MOVE):
        if one.worker_id not in (person.pk, None):
            continue
        yield Item(
            press=Press.MINE,
            kind="Children to be moved",
            ref=one.ref,
            what=f"Child {one.child_ref} is to be moved",
            who=one.provider_name,
            button="See where it is",
            href=address("continuity-page", ref=one.ref),
        )


def from_everybodys_children(person: Person, on: date) -> Iterator[Item]:
    """For those who watch over providers: how many children wait for a decision at each."""
    if person.may(Permission.WORK_REFERRALS):
        return
    waiting = continuity.listed(person=person, on=on, standing=Standing.TO_DECIDE)
    count = Counter((one.provider_ref, one.provider_name) for one in waiting)
    for (ref, name), number in sorted(count.items()):
        due = min(one.due_on for one in waiting if one.provider_ref == ref)
        children = "child waits" if number == 1 else "children wait"
        yield Item(
            press=Press.OTHERS,
            kind="Providers with children to decide about",
            ref=ref,
            what=f"{number} {children} for a decision whether they stay",
            who=name,
            due_on=due,
            button="See them",
            href=f"{address('continuity-list')}?provider={ref}&standing={Standing.TO_DECIDE}",
        )


def from_suspension_reviews(person: Person, on: date) -> Iterator[Item]:
    """Suspensions to be looked at again this week, or that should have been."""
    due = admissions.reviews_due(person=person, by_day=on + REVIEW_AHEAD, on=on)
    names = {one.pk: one for one in providers.register(person=person, among={d[0] for d in due})}
    for provider_id, day, what in due:
        provider = names[provider_id]
        yield Item(
            press=Press.CLOCKS,
            kind="Suspensions to look at again",
            ref=provider.ref,
            what=f"Suspended: {what}. Lift it, or say why not",
            who=provider.name,
            due_on=day,
            button="Open the provider",
            href=address("provider-page", ref=provider.ref),
        )
