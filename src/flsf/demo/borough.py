"""Makes Marlbeck whole: the ground, the market, the children, the past and the present."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from flsf.core import refs
from flsf.core.clock import london_day
from flsf.core.people import SYSTEM, Person
from flsf.demo import (
    load_agreements,
    load_applications,
    load_awards,
    load_children,
    load_claims,
    load_competitions,
    load_contracts,
    load_delegations,
    load_drivers,
    load_evaluations,
    load_exclusions,
    load_feed,
    load_findings,
    load_flaws,
    load_ground,
    load_guides,
    load_listings,
    load_live,
    load_local_offer,
    load_mandate,
    load_market,
    load_office,
    load_past,
    load_protection,
    load_referrals,
    load_reviews,
    load_staff,
    load_standards,
    load_value,
    people,
)
from flsf.demo.plan import children, ground, history, providers, registers, story
from flsf.demo.plan import live as present
from flsf.demo.plan.children import ChildPlan
from flsf.demo.plan.days import Days, moment
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Team
from flsf.shared.calendars import queries as calendars

HOME_SCHOOL = people.SCHOOL[0]
# The parent's children: first name, and age.
FAMILY = (("Robin", 12), ("Jordan", 17))
FAMILY_NAME = "Pike"


@dataclass(frozen=True, slots=True)
class Plans:
    """Everything that will be loaded, as values."""

    days: Days
    ground: ground.Ground
    providers: tuple[providers.ProviderPlan, ...]
    children: tuple[ChildPlan, ...]
    past: tuple[history.PastAward, ...]
    live: tuple[present.LivePlacement, ...]
    waiting: tuple[present.Waiting, ...]
    started: tuple[present.Started, ...]
    family: tuple[int, int]


def plan(at: datetime) -> Plans:
    """The borough as it will be on that day."""
    days, borough = Days(london_day(at)), ground.lay()
    market = story.opened(providers.make(borough))
    everybody = children.make(borough, days.today)
    placed = present.placements(days, everybody, market)
    waits = present.waiting(everybody, placed)
    family = _family(everybody, waits, placed, market, days.today)
    everybody = _with_family(everybody, family, days.today)
    told = {one.child for one in waits if one.story}
    everybody = tuple(story.told_of(one) if one.number in told else one for one in everybody)
    return Plans(
        days=days,
        ground=borough,
        providers=market,
        children=everybody,
        past=registers.kept(history.make(days, everybody, market), placed, days),
        live=placed,
        waiting=waits,
        started=present.started(everybody, placed, family[1]),
        family=family,
    )


def _family(
    everybody: tuple[ChildPlan, ...],
    waits: tuple[present.Waiting, ...],
    placed: tuple[present.LivePlacement, ...],
    market: tuple[providers.ProviderPlan, ...],
    today: date,
) -> tuple[int, int]:
    """Two children whose own family asked: the younger is being looked at, the older has support.

    So the parent and the young person have a request to follow, and a week to look at.
    """
    asked = [one for one in waits if one.route == "family" and one.status == "looked_at"]
    younger = min(asked, key=lambda one: one.aware_days_ago).child
    ages = {
        (one.key, place): service.ages
        for one in market
        for place, service in enumerate(one.services)
    }
    grown = {one.number for one in everybody if 15 <= (today - one.birth_date).days // 365 <= 18}
    older = next(
        one.child
        for one in placed
        if one.child in grown and not one.waiver and ages[one.provider, one.service][1] >= 19
    )
    return younger, older


def _with_family(
    everybody: tuple[ChildPlan, ...], family: tuple[int, int], today: date
) -> tuple[ChildPlan, ...]:
    named = dict(zip(family, FAMILY, strict=True))
    return tuple(
        _of_family(child, *named[child.number], today) if child.number in named else child
        for child in everybody
    )


def _of_family(child: ChildPlan, first_name: str, age: int, today: date) -> ChildPlan:
    return replace(
        child,
        first_name=first_name,
        last_name=FAMILY_NAME,
        birth_date=today - timedelta(days=age * 365 + 120),
        carer_name=f"Leanne {FAMILY_NAME}",
    )


def make(*, at: datetime, say: Callable[[str], None] = lambda _: None) -> None:
    """Marlbeck is there, made through the same actions as a real borough.

    `say` is told what has been done, a line at a time. The caller holds the transaction.
    """
    with refs.drawn_from(Random("Marlbeck: references")):  # noqa: S311 - made-up references
        plans = plan(at)
        _make(plans, at=at, say=say)
        load_office.load(plans.days, by=_person("procurement"), at=at)
        listed = load_staff.load(_person("mentor"), by=_person("commissioner"), at=at)
        asked = load_protection.load(
            load_protection.Cast(
                caseworker=_person("caseworker"),
                quality=_person("quality"),
                sole_provider=_person("sole-provider"),
                tuition_manager=_person("tuition-manager"),
            ),
            at=at,
        )
        load_exclusions.load(keeper=_person("commissioner"), at=at)
        load_feed.tell(by=_person("commissioner"), at=at)
        load_feed.publish(by=SYSTEM, at=at)
        judged = load_evaluations.load(
            plans.days,
            load_evaluations.Panel(
                first=_person("commissioner"),
                second=_person("quality"),
                stand_in=_person("procurement"),
                director=_person("director"),
            ),
        )
        load_standards.load(plans.days, officer=_person("commissioner"), checker=_person("quality"))
        promised = load_value.load(
            plans.days, officer=_person("commissioner"), teller=_person("tuition-manager")
        )
        reviewed = load_reviews.load(plans.days, checker=_person("quality"))
        met = load_contracts.load(
            plans.days,
            load_contracts.Cast(
                officer=_person("commissioner"),
                quality=_person("quality"),
                manager=_person("tuition-manager"),
            ),
        )
        load_drivers.load(plans.days, by=_person("procurement"))
        load_findings.load(plans.days, by=_person("procurement"), at=at)
        pages = load_guides.load(plans.days, by=_person("commissioner"), at=at)
    say(f"{pages} pages of the council are on the Local Offer.")
    say(f"{listed} people are on the staff registers.")
    say(f"{promised} providers promised something in social value.")
    say(f"{met} providers were met about the contract.")
    say(f"{reviewed} policies were read, or work judged against guidance.")
    say(f"{judged} applications are with the evaluators, or decided.")
    say(f"{asked} decisions are asked for: does the child stay?")


def _make(plans: Plans, *, at: datetime, say: Callable[[str], None]) -> None:
    days = plans.days
    load_ground.load(plans.ground, today=days.today, by=SYSTEM, at=at)
    load_children.open_home_school(HOME_SCHOOL, by=SYSTEM, at=at)
    people.settle(at=at)
    say("Wards, postcodes, schools, terms and people are there.")
    commissioner = _person("commissioner")
    founding = moment(days.framework_starts)
    purse = load_mandate.load_money(days, by=commissioner, at=founding)
    waivers = load_mandate.load_waivers(days, by=_person("procurement"), at=at)
    market = load_market.load(plans.providers, days, by=commissioner, at=at)
    say(f"{len(plans.providers)} providers offer {len(market)} services.")
    load_office.publish_criteria(days, by=_person("procurement"))
    load_delegations.load(days, by=_person("procurement"))
    managers = {people.SOLE[0]: _person("sole-provider"), **_hands().managers}
    waiting_to_sign = load_agreements.load(plans.providers, market, managers, days, by=commissioner)
    say(f"{waiting_to_sign} of them have not accepted their agreement yet.")
    load_applications.publish_questions(days, by=commissioner)
    applied = load_applications.load(
        days, applicant=_person("applicant"), member=_person("sole-provider")
    )
    say(f"{applied} applications to join, in every state.")
    ids = load_children.load(plans.children, by=_person("caseworker"), at=at)
    past = load_past.load(plans.past, market, ids, purse, waivers, by=commissioner, at=at)
    say(f"{len(ids)} children, {len(plans.past)} placements of the past.")
    setting = load_live.Setting(
        market=market,
        children=ids,
        groups={one.number: one.group for one in plans.children},
        purse=purse,
        waivers=waivers,
        calendar=calendars.school_calendar(None),
    )
    cast = _cast()
    load_children.introduce_family(plans.family, ids, cast, days)
    load_children.show_home_school(plans.children, ids, cast, days)
    waiting = load_referrals.load_waiting(plans.waiting, plans.children, ids, cast, days)
    begun = load_referrals.load_started(plans.started, plans.children, ids, cast, days)
    say(f"{len(waiting)} children wait for support.")
    setting = replace(setting, referrals=begun)
    placed = load_live.load(plans.live, setting, days, by=commissioner, at=at)
    load_children.name_workers(
        {one.plan.child: one.child_id for one in placed}, plans.children, cast, at=at
    )
    load_live.set_goals(placed, by=_person("mentor"), at=at)
    marks = load_live.mark(
        [*past, *load_live.sessions(placed)],
        setting.calendar,
        days,
        by=_person("tuition-manager"),
        at=at,
    )
    say(f"{len(placed)} placements run; {marks} sessions are marked.")
    _flaws(plans, placed, market, at=at)
    others = [pk for wait, pk in zip(plans.waiting, waiting, strict=True) if not wait.story]
    proposed = load_awards.propose(others[2:], purse, days, by=cast.caseworker, at=at)
    say(f"{len(proposed)} awards wait for a decision.")
    _compete(others, purse, days, at=at, say=say)
    settled = load_claims.settle(days, _hands(), at=at)
    say(f"{settled} claims are drafted, sent or paid.")


def _cast() -> load_children.Cast:
    return load_children.Cast(
        caseworker=_person("caseworker"),
        virtual_school=_person("virtual-school"),
        senco=_person("senco"),
        parent=_person("parent"),
        young_person=_person("young-person"),
    )


def _compete(
    referral_ids: Sequence[int],
    purse: load_mandate.Purse,
    days: Days,
    *,
    at: datetime,
    say: Callable[[str], None],
) -> None:
    budget_id = purse.of(Team.SEND, days.year)
    held = load_competitions.load(referral_ids[::-1], _bidding(), days, budget_id=budget_id, at=at)
    say(f"{len(held)} competitions: one awarded, one being scored, one open for bids.")


def _bidding() -> load_competitions.Cast:
    return load_competitions.Cast(
        caseworker=_person("caseworker"),
        first=_person("commissioner"),
        second=_person("procurement"),
        director=_person("director"),
        bidder=_person("tuition-manager"),
    )


def _hands() -> load_claims.Hands:
    return load_claims.Hands(
        managers={
            people.TUITION[0]: _person("tuition-manager"),
            people.SOLE[0]: _person("sole-provider"),
        },
        approver=_person("commissioner"),
        payer=_person("finance"),
    )


def _flaws(
    plans: Plans, placed: Sequence[load_live.Live], market: load_market.Market, *, at: datetime
) -> None:
    mentor, sole = _person("mentor"), _person("sole-provider")
    workers = {
        pk: person for person in (mentor, sole) for pk in sorted(person.reach.organisation_ids)
    }
    load_flaws.name_workers(placed, workers, by=_person("tuition-manager"), at=at)
    load_flaws.worry(placed, plans.days, raiser=mentor, lead=_person("safeguarding"), at=at)
    load_listings.load(
        market,
        tuition=_person("tuition-manager"),
        sole=sole,
        officer=_person("commissioner"),
        at=at,
    )
    load_local_offer.load(market, plans.days, by=_person("commissioner"), at=at)
    load_flaws.put_on_record_twice(plans.children, by=_person("caseworker"), at=at)


def _person(persona: str) -> Person:
    found = accounts.user_with_persona(persona)
    if found is None:
        raise LookupError(persona)
    return found
