"""What is going on in Marlbeck now: who is placed where on which half-days, who waits, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from flsf.casework.children.enums import Care, SenStage
from flsf.core.half_days import WEEK
from flsf.core.needs import from_mask
from flsf.demo.plan.children import ChildPlan
from flsf.demo.plan.days import Days
from flsf.demo.plan.ground import FIRST_URN
from flsf.demo.plan.names import SCHOOLS
from flsf.demo.plan.providers import TRADES, ProviderPlan, ServicePlan

LIVE = 220
HOME_URN = FIRST_URN + [name for name, _ in SCHOOLS].index("Alder Hill School")
MINUTES = 150  # of support in a half-day
# Trades that have not stopped taking children; the flawed ones keep those they have.
NOT_LIVE = frozenset({"left"})


@dataclass(frozen=True, slots=True)
class LivePlacement:
    """A placement that runs today, bought on the framework or under a waiver."""

    number: int
    child: int
    provider: str
    service: int
    half_days: int  # mask
    starts_on: date
    ends_on: date
    waiver: str = ""  # key of a waiver; empty: a direct award on the framework


@dataclass(frozen=True, slots=True)
class Waiting:
    """A child somebody asked for, days counted back from today."""

    child: int
    aware_days_ago: int
    route: str  # school, officer, family
    status: str  # received, looked_at, matching
    basis: str  # s19, s42, medical, virtual_school, early_help
    urgency: str
    story: int = 0  # which of the guided tour's children, from 1; 0: none


def placements(
    days: Days, children: Sequence[ChildPlan], providers: Sequence[ProviderPlan]
) -> tuple[LivePlacement, ...]:
    """The same placements every time; no half-day has more children than places."""
    rng = Random("Marlbeck: live")  # noqa: S311 - a made-up present, not a secret
    rooms = _Rooms()
    offers = [
        (provider, place, service)
        for provider in providers
        if provider.flaw not in NOT_LIVE
        for place, service in enumerate(provider.services)
        if not service.is_new
    ]
    made: list[LivePlacement] = []
    waivers = ["w2", "w2", "w3", "w4", "w4", "w5", "w6", "w7", "w1", "w1"]
    # The demonstration's own family comes first, so that it has something to see.
    for child in [*children[:2], *rng.sample(list(children[2:]), LIVE + 90)]:
        if len(made) == LIVE:
            break
        fitting = [offer for offer in offers if _fits(child, offer, days.today)]
        if not fitting:
            continue
        provider, place, service = rng.choice(fitting)
        mask = rooms.take(child, (provider.key, place), service, rng)
        if mask:
            waiver = waivers.pop() if waivers and len(made) % 14 == 5 else ""
            starts_on = _weekday(max(days.ago(rng.randrange(25, 230)), days.year))
            ends_on = _weekday(days.ahead(rng.randrange(20, 200)))
            made.append(
                LivePlacement(
                    *(len(made), child.number, provider.key, place, mask, starts_on, ends_on),
                    waiver,
                )
            )
    return tuple(made)


class _Rooms:
    """Places taken, so that no half-day is over-full and no child is in two places."""

    def __init__(self) -> None:
        self._taken: dict[tuple[str, int, int], int] = {}

    def take(
        self, child: ChildPlan, where: tuple[str, int], service: ServicePlan, rng: Random
    ) -> int:
        """The half-days taken as a mask; 0 when there was no room for two."""
        free = [
            half_day.index
            for half_day in WEEK
            if service.half_days & half_day.bit
            and self._taken.get((*where, half_day.index), 0) < service.places
        ]
        wanted = 10 if service.trade == "ap_full" else rng.randint(3, 6)
        if len(free) < 2:
            return 0
        mask = 0
        for index in sorted(rng.sample(free, min(wanted, len(free)))):
            self._taken[*where, index] = self._taken.get((*where, index), 0) + 1
            mask |= 1 << index
        return mask


def _fits(child: ChildPlan, offer: tuple[ProviderPlan, int, ServicePlan], today: date) -> bool:
    provider, _, service = offer
    age = (today - child.birth_date).days // 365
    low, high = service.ages
    protected = child.sen_stage is SenStage.EHCP or child.care is Care.LOOKED_AFTER
    full_time = service.trade == "ap_full"
    needs = service.needs & child.needs
    return (
        low <= age <= high
        and bool(needs)
        and TRADES[service.trade].lot != "internship"
        and not (full_time and protected and provider.registration.value == "not_a_school")
    )


def _weekday(day: date) -> date:
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day


WAITS: tuple[tuple[int, str, str, str, str], ...] = (
    # days since first aware, route, status, legal basis, urgency
    (41, "family", "looked_at", "s19", "planned"),
    (35, "school", "matching", "s19", "urgent"),
    (30, "school", "matching", "s100", "planned"),
    (28, "officer", "matching", "s42", "planned"),
    (26, "school", "looked_at", "off_site", "planned"),
    (24, "family", "looked_at", "s19", "planned"),
    (23, "officer", "matching", "virtual_school", "urgent"),
    (21, "school", "matching", "s42", "planned"),
    (19, "school", "looked_at", "s100", "planned"),
    (17, "family", "looked_at", "s19", "planned"),
    (16, "school", "matching", "s19", "urgent"),
    (14, "officer", "matching", "s61", "planned"),
    (13, "school", "looked_at", "off_site", "planned"),
    (11, "school", "matching", "early_help", "planned"),
    (9, "family", "received", "s19", "planned"),
    (8, "school", "looked_at", "s19", "crisis"),
    (7, "school", "received", "s19", "urgent"),
    (6, "officer", "looked_at", "virtual_school", "planned"),
    (5, "school", "received", "s42", "planned"),
    (4, "school", "received", "s19", "urgent"),
    (3, "family", "received", "early_help", "planned"),
    (2, "school", "received", "s100", "planned"),
    (1, "officer", "received", "s19", "urgent"),
    (1, "family", "received", "s19", "planned"),
)


# Whom the guided tour tells of, by place in WAITS: one after another, should one be done.
STORY = (16, 18, 19)


def waiting(children: Sequence[ChildPlan], placed: Sequence[LivePlacement]) -> tuple[Waiting, ...]:
    """Twenty-four children without support, oldest first."""
    taken = {one.child for one in placed}
    free = [
        one
        for one in children
        if one.number not in taken and from_mask(one.needs) and one.school_urn is not None
    ]
    rng = Random("Marlbeck: waiting")  # noqa: S311 - a made-up present, not a secret
    rng.shuffle(free)
    # What the demonstration's own school asked for comes from that school's children.
    home = [one for one in free if one.school_urn == HOME_URN]
    others = [one for one in free if one.school_urn != HOME_URN]
    told = [one for one in home if one.group != "virtual_school"][: len(STORY)]
    home = [one for one in home if one not in told]
    made = []
    for place, facts in enumerate(WAITS):
        if place in STORY:
            number = STORY.index(place)
            made.append(Waiting(told[number].number, *facts, story=number + 1))
            continue
        child = home.pop() if facts[1] == "school" and home else others.pop()
        made.append(Waiting(child.number, *facts))
    return tuple(made)


STARTED_AT_SCHOOL = 6


@dataclass(frozen=True, slots=True)
class Started:
    """A child whose support somebody asked for through the framework, and who has it."""

    child: int
    route: str  # school, family
    starts_on: date


def started(
    children: Sequence[ChildPlan], placed: Sequence[LivePlacement], of_family: int
) -> tuple[Started, ...]:
    """Some pupils of the demonstration's own school, and the child of its family."""
    home = {one.number for one in children if one.school_urn == HOME_URN} - {of_family}
    at_school = [one for one in placed if one.child in home and not one.waiver]
    first = {one.child: one for one in reversed(at_school)}
    return (
        *(Started(one.child, "family", one.starts_on) for one in placed if one.child == of_family),
        *(
            Started(one.child, "school", one.starts_on)
            for one in list(first.values())[:STARTED_AT_SCHOOL]
        ),
    )
