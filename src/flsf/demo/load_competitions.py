"""Marlbeck's competitions: one awarded, one being scored and one open, each as officers would."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flsf.casework.calloffs import queries as calloffs
from flsf.casework.calloffs.enums import Decision
from flsf.casework.competitions import actions, queries
from flsf.casework.competitions.actions import Judged, NewBid, Wanted
from flsf.casework.competitions.enums import Window
from flsf.casework.matching import queries as matching
from flsf.casework.matching.queries import Match
from flsf.casework.referrals import queries as referrals
from flsf.core.half_days import from_mask, to_mask
from flsf.core.people import SYSTEM, Person
from flsf.core.refusals import Refusal
from flsf.demo.load_market import LOT_CODES
from flsf.demo.plan.days import Days, moment, monday_of
from flsf.demo.plan.live import MINUTES
from flsf.flows.award_calloff import decide_award
from flsf.flows.award_competition import Settled, settle_and_propose
from flsf.flows.hold_competition import answer_all, publish_competition
from flsf.mandate.framework import queries as frameworks
from flsf.mandate.framework.rules import LotFacts
from flsf.market.providers import queries as providers
from flsf.shared.accounts import actions as account_actions
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Role

TRADE = "tutor"
HALF_DAYS, WEEKS = 2, 12
WANTED = (
    "One-to-one tutoring in English and maths, with somebody patient who builds trust first.",
    "A tutor for science and maths who can work at a kitchen table and plan with the school.",
    "Tutoring in English, one to one, with drawing and reading aloud as a way in.",
)
OUTCOMES = "Two half-days a week without a break, and a plan for going back to lessons."
ASKED, ANSWERED = "May the second session be at a library?", "Yes, if the family agrees each time."
REFINED = "Say how you will begin, what you will do each week, and how you will know that it helps."
HOUR = timedelta(hours=1)
ENOUGH = 3
# Of each bidder: what it takes off its rate card in a hundred, and what it says to each criterion.
OFFERS = (
    (
        6,
        (
            "We meet at home first, agree three small goals, and write to the family every Friday.",
            "All our tutors live in the borough, and two of them came to us as trainees.",
        ),
    ),
    (
        2,
        (
            "We begin with short sessions and the child's own interests, and review in six weeks.",
            "We lend laptops that firms in the borough have given us.",
        ),
    ),
    (
        0,
        (
            "We follow the school's plan lesson by lesson and send the school a report each month.",
            "We pay the living wage.",
        ),
    ),
)
# The scores of both scorers of each bid, and what they agreed on.
SCORES = (((4, 4), 4), ((4, 3), 3), ((3, 3), 3))
# Who manages the providers that could bid.
MANAGERS = (
    *("Ines Lowe", "Peter Garrow", "Sadia Karim", "Hugh Tennant", "Mei Collier", "Rob Fenwick"),
    *("Nora Blythe", "Idris Vaughan", "Elsa Marlow", "Dev Anand", "Kitty Sharpe", "Owen Pryce"),
    *("Lena Foss", "Amir Haddad", "Jess Colby", "Wim Jansen"),
)


@dataclass(frozen=True, slots=True)
class Wanting:
    """What is wanted, and when it is published."""

    words: str
    at: datetime
    days: Days


@dataclass(frozen=True, slots=True)
class Cast:
    """Who holds it, who scores, who decides, and who bids."""

    caseworker: Person
    first: Person
    second: Person
    director: Person
    bidder: Person


def load(
    referral_ids: Sequence[int], cast: Cast, days: Days, *, budget_id: int, at: datetime
) -> list[str]:
    """The competitions by reference: the one awarded, the one in scoring, the one open.

    A request that cannot have one now, as when it is closed, is passed by.
    """
    lot = _lot()
    bidders = _bidders(referral_ids[0], lot, cast.bidder, days)
    steps: tuple[tuple[date, Callable[[str], None]], ...] = (
        (days.ago(16), lambda ref: _award(ref, cast, bidders, at, budget_id=budget_id)),
        (days.ago(12), lambda ref: _score(ref, cast, bidders, at)),
        (days.ago(1), lambda ref: _ask(ref, cast, bidders)),
    )
    waiting, made = list(referral_ids), []
    for number, (day, then) in enumerate(steps):
        ref = None
        while ref is None and waiting:
            brief = Wanting(WANTED[number], moment(day), days)
            ref = _held(waiting.pop(0), lot, cast, bidders, brief)
        if ref is None:
            break
        then(ref)
        made.append(ref)
    return made


def _lot() -> LotFacts:
    found = frameworks.lot_with_code(LOT_CODES[TRADE])
    if found is None:
        raise LookupError(TRADE)
    return frameworks.lot_facts()[found.pk]


def _bidders(referral_id: int, lot: LotFacts, first: Person, days: Days) -> tuple[Person, ...]:
    """Each provider that could bid has somebody who manages it; these are those who do bid.

    They have the most half-days free together with the first.
    """
    match = matching.rank(referral_id, on=days.today)
    own = providers.own(person=first)
    may_bid = queries.eligible(match, lot.lot_id).provider_ids
    managers = {
        pk: _manager(pk, name)
        for pk, name in zip(may_bid, MANAGERS, strict=False)
        if own is None or pk != own.pk
    }
    free = {pk: _free_of(pk, match, lot, days) for pk in may_bid}
    ours = free[own.pk] if own else 0
    best = sorted(managers, key=lambda pk: (-(free[pk] & ours).bit_count(), pk))
    return (first, *(managers[pk] for pk in best[: len(OFFERS) - 1]))


def _manager(provider_id: int, name: str) -> Person:
    organisation_id = providers.organisation_of(provider_id)
    for one in accounts.members_at(organisation_id, role=Role.PROVIDER_MANAGER):
        return one
    at = moment(date(2020, 1, 6))
    made = account_actions.open_account(
        email=f"{name.replace(' ', '.').lower()}@providers.example",
        name=name,
        password=None,
        by=SYSTEM,
        at=at,
    )
    account_actions.add_member(
        user_id=made.pk,
        organisation_id=organisation_id,
        role=Role.PROVIDER_MANAGER,
        by=SYSTEM,
        at=at,
    )
    return made


def _free_of(provider_id: int, match: Match, lot: LotFacts, days: Days) -> int:
    """The half-days in which a provider's service of the lot has a place."""
    service = _offered(provider_id, lot, days)
    place = match.place_of(service.ref) if service else None
    return int(match.columns.free[place]) if place is not None else 0


def _held(
    referral_id: int,
    lot: LotFacts,
    cast: Cast,
    bidders: tuple[Person, ...],
    brief: Wanting,
) -> str | None:
    """Published on that day; None: not for this request."""
    at, days = brief.at, brief.days
    free = _free(referral_id, lot, bidders, days)
    if free.bit_count() < HALF_DAYS or not _is_there(referral_id, cast, at):
        return None
    starts_on = monday_of(days.ahead(16))
    try:
        made = actions.draft(
            referral_id=referral_id,
            lot_id=lot.lot_id,
            wanted=Wanted(
                wanted=brief.words,
                outcomes=OUTCOMES,
                starts_on=starts_on,
                ends_on=starts_on + timedelta(weeks=WEEKS, days=-3),
                half_days_mask=to_mask(from_mask(free)[:HALF_DAYS]),
                minutes=MINUTES,
            ),
            by=cast.caseworker,
            at=at,
        )
    except Refusal:
        return None
    there = queries.criteria_to_choose(lot.framework_id, on=days.today)
    good, social = _codes(there)
    actions.weigh(
        competition_id=made.pk,
        weights={good: 55, social: 15},
        refined={good: REFINED},
        price=30,
        by=cast.caseworker,
        at=at,
    )
    publish_competition(
        competition_id=made.pk, window=Window.NORMAL, by=cast.caseworker, at=at + HOUR
    )
    return str(made.ref)


def _codes(there: Sequence[Any]) -> tuple[str, str]:
    """The criteria on how good it is for children, and on what the borough gains."""
    by_title = {one.title: one.code for one in there}
    return by_title["Good for children"], by_title["Social value"]


def _is_there(referral_id: int, cast: Cast, at: datetime) -> bool:
    """Whether the request had come by that day."""
    found = referrals.with_id(referral_id, person=cast.caseworker, on=at.date())
    return found is not None and found.received_at < at


def _free(referral_id: int, lot: LotFacts, bidders: tuple[Person, ...], days: Days) -> int:
    """The half-days in which every bidder has a place."""
    match = matching.rank(referral_id, on=days.today)
    mask = match.question.half_days
    for one in bidders:
        own = providers.own(person=one)
        mask &= _free_of(own.pk, match, lot, days) if own else 0
    return mask


def _service(bidder: Person, lot: LotFacts, days: Days) -> Any:
    """What the bidder offers in the lot."""
    own = providers.own(person=bidder)
    found = _offered(own.pk, lot, days) if own else None
    if found is None:
        raise LookupError(bidder.name)
    return found


def _offered(provider_id: int, lot: LotFacts, days: Days) -> Any:
    found = providers.services_of(provider_id, on=days.today)
    return next((one for one in found if one.lot_id == lot.lot_id), None)


def _bid(ref: str, cast: Cast, bidders: tuple[Person, ...], at: datetime) -> None:
    """Each bidder has bid a little below its rate card."""
    one = queries.with_ref(ref, person=cast.caseworker)
    if one is None:
        raise LookupError(ref)
    for bidder, (off, words) in zip(bidders, OFFERS, strict=False):
        service = _service(bidder, _lot(), Days(at.date()))
        actions.bid(
            competition_id=one.pk,
            offer=NewBid(
                service_ref=service.ref,
                rate_pence=service.rate_pence * (100 - off) // 100,
                starts_on=one.told.starts_on,
                words={each.code: said for each, said in zip(one.judged_by, words, strict=True)},
            ),
            by=bidder,
            at=at,
        )


def _ask(ref: str, cast: Cast, bidders: tuple[Person, ...]) -> None:
    """A question was answered to all, and one bid has come: nobody knows whose."""
    one = queries.with_ref(ref, person=cast.caseworker)
    if one is None or one.published_at is None:
        raise LookupError(ref)
    then = one.published_at + HOUR
    asked = actions.ask(competition_id=one.pk, words=ASKED, by=bidders[1], at=then)
    answer_all(question_id=asked.pk, words=ANSWERED, by=cast.caseworker, at=then + HOUR)
    _bid(ref, cast, bidders[1:], then + 2 * HOUR)


def _score(ref: str, cast: Cast, bidders: tuple[Person, ...], at: datetime) -> None:
    """Bids are open; the first scorer has finished, and the second has not begun."""
    opened = _opened(ref, cast, bidders)
    for one in (cast.first, cast.second):
        actions.declare(competition_id=opened.pk, has_conflict=False, by=one, at=at)
    _mark(opened, 0, by=cast.first, at=at)


def _award(
    ref: str, cast: Cast, bidders: tuple[Person, ...], at: datetime, *, budget_id: int
) -> None:
    """Scored, agreed on, settled and awarded."""
    opened = _opened(ref, cast, bidders)
    for one in (cast.first, cast.second):
        actions.declare(competition_id=opened.pk, has_conflict=False, by=one, at=at)
    for who, one in enumerate((cast.first, cast.second)):
        _mark(opened, who, by=one, at=at)
    actions.moderate(
        competition_id=opened.pk,
        agreed={
            (bid.ref, each.code): Judged(score, _why(score))
            for bid, (_, score) in zip(_bids(opened), SCORES, strict=True)
            for each in opened.judged_by
        },
        note="We differed by a point on one bid and read it again together.",
        by=cast.first,
        at=at,
    )
    award = settle_and_propose(
        competition_id=opened.pk,
        settled=Settled(
            budget_id=budget_id, because="First by the published formula, and it can start in time."
        ),
        by=cast.caseworker,
        at=at,
    )
    actions.declare_to_decide(competition_id=opened.pk, has_conflict=False, by=cast.director, at=at)
    decide_award(
        award_id=calloffs.agreed_by_ref([award])[award].award_id,
        decision=Decision.AWARDED,
        reason="Three bids, scored apart and agreed on. The best one is also below its rate card.",
        by=cast.director,
        at=at,
    )


def _opened(ref: str, cast: Cast, bidders: tuple[Person, ...]) -> Any:
    """Bids came in time, and were opened an hour after the deadline; two scorers are named."""
    one: Any = queries.with_ref(ref, person=cast.caseworker)
    _bid(ref, cast, bidders, one.published_at + 5 * HOUR)
    after = one.closes_at + HOUR
    actions.open_bids(competition_id=one.pk, by=cast.caseworker, at=after)
    for scorer in (cast.first, cast.second):
        actions.name_scorer(
            competition_id=one.pk, person_id=scorer.pk, by=cast.caseworker, at=after
        )
    return queries.with_ref(ref, person=cast.caseworker)


def _bids(opened: Any) -> list[Any]:
    """In the order of the bidders: the one with the lower price for its card came first."""
    found = queries.live_bids(opened.pk)
    return sorted(found, key=lambda one: (one.rate_pence * 1000 // one.card_pence, one.ref))


def _mark(opened: Any, who: int, *, by: Person, at: datetime) -> None:
    for bid, (scores, _) in zip(_bids(opened), SCORES, strict=True):
        actions.mark(
            competition_id=opened.pk,
            bid_ref=bid.ref,
            marks={each.code: Judged(scores[who], _why(scores[who])) for each in opened.judged_by},
            by=by,
            at=at,
        )
    actions.finish(competition_id=opened.pk, by=by, at=at)


def _why(score: int) -> str:
    return (
        "A clear plan for each week, with an example of how progress is told."
        if score > ENOUGH
        else "It answers all of it; what happens when a session is missed could be clearer."
    )
