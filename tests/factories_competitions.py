"""Competitions as far along as a test wants them, each step through its action."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flsf.casework.competitions import actions
from flsf.casework.competitions.actions import Judged, NewBid, Wanted
from flsf.casework.competitions.enums import Window
from flsf.casework.competitions.models import Bid, Competition
from flsf.core.people import SYSTEM
from flsf.flows.hold_competition import publish_competition
from flsf.mandate.framework import actions as frameworks
from flsf.mandate.framework.rules import LotTerms
from flsf.market.providers.models import Service
from flsf.shared.accounts.enums import OrganisationKind, Role
from flsf.shared.accounts.models import User
from tests import factories, factories_matching
from tests.factories import NOW
from tests.factories_matching import TWO_MORNINGS, WANTED, Scene

CRITERIA = (
    "Able: two examples of support like this. Pass or fail.",
    "Good for children: how progress will be seen and told. 60 of 100 points.",
    "Price: at or below the cap of the lot. 30 of 100 points.",
)
# Published on Friday 15 May at ten; bids close on Friday 22 May at five.
BEFORE = NOW + timedelta(days=3)
CLOSES = datetime.fromisoformat("2026-05-22T17:00:00+01:00")
AFTER = CLOSES + timedelta(hours=1)
LATER = AFTER + timedelta(hours=1)
WORDS = {"c1": "We have done this twice.", "c2": "We write each week."}


@dataclass(frozen=True)
class Held:
    """A competition, the scene it is held in, and who bids and scores."""

    scene: Scene
    competition: Competition
    services: tuple[Service, ...]
    managers: tuple[User, ...]
    first: User
    second: User

    def again(self) -> Competition:
        self.competition.refresh_from_db()
        return self.competition


def wanted(**more: Any) -> Wanted:
    usual: dict[str, Any] = {
        "wanted": "A tutor for English and maths, one to one.",
        "outcomes": "Back in lessons by September.",
        "starts_on": WANTED,
        "ends_on": date(2026, 7, 17),
        "half_days_mask": TWO_MORNINGS,
        "minutes": 150,
    }
    return Wanted(**(usual | more))


def scene(*, direct: bool = True, **given: Any) -> Scene:
    """A scene whose framework has published criteria; its lot may allow no direct award."""
    at = factories_matching.scene(**given)
    frameworks.publish_criteria(
        framework_id=at.lot.framework_id,
        criteria=CRITERIA,
        in_force_from=factories.TODAY,
        by=SYSTEM,
        at=NOW,
    )
    if not direct:
        frameworks.change_lot(
            lot_id=at.lot.pk,
            name=at.lot.name,
            terms=LotTerms(direct_award_allowed=False),
            by=SYSTEM,
            at=NOW,
        )
    return at


def drafted(*, bidders: int = 2, at: Scene | None = None, **more: Any) -> Held:
    """A draft with its weights; each bidder has somebody who manages it."""
    at = at or scene()
    services = (at.service, *(factories_matching.service(at.lot) for _ in range(bidders - 1)))
    managers = tuple(
        factories.member_of(one.provider.organisation, Role.PROVIDER_MANAGER) for one in services
    )
    made = actions.draft(
        referral_id=at.referral.pk,
        lot_id=at.lot.pk,
        wanted=wanted(**more),
        by=at.caseworker,
        at=NOW,
    )
    weighed(made, by=at.caseworker)
    council = factories.organisation(OrganisationKind.COUNCIL)
    first, second = (factories.member_of(council, role) for role in SCORING)
    return Held(at, made, services, managers, first, second)


SCORING = (Role.CASEWORKER, Role.COMMISSIONER)


def weighed(made: Competition, *, by: User, **more: Any) -> None:
    usual = {"weights": {"c1": 30, "c2": 40}, "refined": {"c2": "Show a plan."}, "price": 30}
    actions.weigh(competition_id=made.pk, **(usual | more), by=by, at=NOW)


def published(**more: Any) -> Held:
    held = drafted(**more)
    publish_competition(
        competition_id=held.competition.pk,
        window=Window.NORMAL,
        by=held.scene.caseworker,
        at=NOW,
    )
    held.again()
    return held


def bid(held: Held, number: int = 0, *, at: datetime = BEFORE, **more: Any) -> Bid:
    """That bidder's bid."""
    usual: dict[str, Any] = {
        "service_ref": held.services[number].ref,
        "rate_pence": 4000 - 100 * number,
        "starts_on": WANTED,
        "words": WORDS,
    }
    return actions.bid(
        competition_id=held.competition.pk,
        offer=NewBid(**(usual | more)),
        by=held.managers[number],
        at=at,
    )


def opened(*, bids: int = 2, rates: tuple[int, ...] = (), **more: Any) -> Held:
    """So many bids have been opened, and two scorers have declared no interest."""
    held = published(**({"bidders": max(bids, 1)} | more))
    for number in range(bids):
        offer = {"rate_pence": rates[number]} if rates else {}
        bid(held, number, **offer)
    actions.open_bids(competition_id=held.competition.pk, by=held.scene.caseworker, at=AFTER)
    for one in (held.first, held.second):
        name(held, one)
        actions.declare(competition_id=held.competition.pk, has_conflict=False, by=one, at=AFTER)
    held.again()
    return held


def name(held: Held, person: User, *, at: datetime = AFTER) -> None:
    actions.name_scorer(
        competition_id=held.competition.pk, person_id=person.pk, by=held.scene.caseworker, at=at
    )


def mark(held: Held, by: User, *scores: tuple[int, int], finish: bool = True) -> None:
    """That scorer's scores for every bid in the order of the bidders."""
    for bid_of, both in zip(bids_of(held), scores, strict=True):
        actions.mark(
            competition_id=held.competition.pk,
            bid_ref=bid_of.ref,
            marks={code: Judged(score, "So.") for code, score in zip(WORDS, both, strict=True)},
            by=by,
            at=AFTER,
        )
    if finish:
        actions.finish(competition_id=held.competition.pk, by=by, at=AFTER)


def bids_of(held: Held) -> list[Bid]:
    """The bids that can be taken, in the order of the bidders."""
    found = {
        one.provider_id: one for one in Bid.objects.filter(competition=held.competition).live()
    }
    return [found[one.provider_id] for one in held.services if one.provider_id in found]


def agreed(held: Held, *scores: tuple[int, int]) -> dict[tuple[str, str], Judged]:
    return {
        (one.ref, code): Judged(score, f"{score} because.")
        for one, both in zip(bids_of(held), scores, strict=True)
        for code, score in zip(WORDS, both, strict=True)
    }


def moderated(*scores: tuple[int, int], **more: Any) -> Held:
    """Both have marked so and agreed on it."""
    held = opened(**({"bids": len(scores)} | more))
    for one in (held.first, held.second):
        mark(held, one, *scores)
    actions.moderate(
        competition_id=held.competition.pk,
        agreed=agreed(held, *scores),
        note="We gave the same.",
        by=held.first,
        at=LATER,
    )
    held.again()
    return held
