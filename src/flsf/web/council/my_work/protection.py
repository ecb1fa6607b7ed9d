"""Work that follows when a provider's check lapses or it is suspended."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.delivery.attendance import queries as attendance
from flsf.delivery.continuity import queries as continuity
from flsf.delivery.continuity.enums import Standing
from flsf.delivery.placements import queries as placements
from flsf.market.admissions import queries as admissions
from flsf.market.checks import queries as checks
from flsf.market.providers import queries as providers
from flsf.market.staff import queries as staff
from flsf.oversight.escalations import queries as escalations
from flsf.shared.accounts.enums import Permission
from flsf.web.council.my_work.items import Item, Press, address

REVIEW_AHEAD = timedelta(days=7)
COVER_BACK = timedelta(days=6)


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


def from_visits(person: Person, on: date) -> Iterator[Item]:
    """Visits to providers that were admitted with a limit until then."""
    due = [one for one in admissions.conditions(person=person, on=on) if one.limit is not None]
    ids = {one.provider_id for one in due}
    names = {one.pk: one for one in providers.register(person=person, among=ids)}
    for one in due:
        provider = names[one.provider_id]
        yield Item(
            press=Press.MINE,
            kind="Visits due",
            ref=provider.ref,
            what=one.words,
            who=provider.name,
            due_on=one.visit_due_on,
            button="Record the visit",
            href=address("provider-visit", ref=provider.ref),
        )


def from_told(person: Person, on: date) -> Iterator[Item]:
    """What providers say they can show, and nobody has looked at yet."""
    for one in checks.told(person=person, waiting_only=True):
        yield Item(
            press=Press.MINE,
            kind="Evidence to look at",
            ref=one.ref,
            what=f"{one.name}: says it can be shown",
            who=one.provider_name,
            due_on=london_day(one.told_at),
            button="Look at it",
            href=address("told-page", ref=one.ref),
        )


def from_new_staff(person: Person, on: date) -> Iterator[Item]:
    """People alone with children, checked by their provider, whom nobody has confirmed yet."""
    for one in staff.waiting(person=person, on=on):
        yield Item(
            press=Press.MINE,
            kind="New workers to confirm",
            ref=one.ref,
            what=f"New worker alone with children: {one.role.label.lower()}",
            who=one.provider_name,
            due_on=one.since,
            button="Decide",
            href=address("member-confirm", ref=one.ref),
        )


def from_cover(person: Person, on: date) -> Iterator[Item]:
    """Sessions of the last week given by somebody whose checks did not hold that day."""
    there = {one.id: one for one in placements.register(person=person, on=on, live_only=True)}
    by_whom: dict[tuple[str, str, str], list[date]] = {}
    for one in attendance.uncovered(list(there), on - COVER_BACK, on):
        seen = there[one.placement_id]
        by_whom.setdefault((seen.provider_ref, seen.provider_name, one.why), []).append(one.day)
    for (ref, name, why), days in sorted(by_whom.items()):
        many = "1 session was" if len(days) == 1 else f"{len(days)} sessions were"
        yield Item(
            press=Press.SAFETY,
            kind="Sessions without cover",
            ref=ref,
            what=f"{many} given by somebody without current checks. {why}",
            who=name,
            due_on=max(days),
            button="See who works there",
            href=address("staff-of", ref=ref),
        )


def from_steps(person: Person, on: date) -> Iterator[Item]:
    """Steps about providers whose day has come, and replies to the latest step."""
    for case in escalations.cases(person=person, open_only=True):
        step = case.latest
        answered = bool(step.replies)
        if not answered and step.due_on > on + REVIEW_AHEAD and step.reply_by >= on:
            continue
        said = "has replied" if answered else "has not replied"
        yield Item(
            press=Press.MINE if answered else Press.OTHERS,
            kind="Steps about providers",
            ref=case.ref,
            what=f"{step.rung.label}: the provider {said}",
            who=case.provider_name,
            due_on=step.due_on,
            button="Open the steps",
            href=address("provider-steps", ref=case.provider_ref),
        )
