"""What Marlbeck's providers would have families read: waiting, sent back, agreed, taken down."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from flsf.core.people import SYSTEM, Person
from flsf.demo.load_market import Market, Offered
from flsf.flows import agree_listing, keep_listings_fresh
from flsf.market.listings import actions, queries
from flsf.market.providers import queries as providers
from flsf.market.providers.enums import Mode
from flsf.market.providers.rules import ServiceFacts

TUITION, SOLE = "lantern-tuition", "steady-steps-mentoring"


def load(market: Market, *, tuition: Person, sole: Person, officer: Person, at: datetime) -> None:
    """Three versions wait, one came back, one was agreed and wants another look; old listings
    are taken down.
    """
    _changed(
        market[TUITION, 0],
        {
            "what_it_is": "Live lessons on a screen with a qualified teacher, alone or with one "
            "other learner. Camera on or off: you choose.",
            "largest_group": 2,
        },
        by=tuition,
        at=at - timedelta(days=2),
    )
    _changed(
        market["beckside-mentors", 0],
        {"travel": "Your mentor meets you at the bus stop nearest to you."},
        by=SYSTEM,
        at=at - timedelta(days=6),
    )
    _new(market[SOLE, 0], "Walk and talk before school", by=sole, at=at - timedelta(days=1))
    back = _changed(
        market[SOLE, 0],
        {"what_to_expect": "We do all sorts. You will love it!"},
        by=sole,
        at=at - timedelta(days=9),
    )
    agree_listing.send_back(
        revision_id=back.pk,
        provider_id=back.provider_id,
        ref=back.ref,
        words="Please say what happens at the first meeting: where, how long, and who comes.",
        by=officer,
        at=at - timedelta(days=7),
    )
    _agreed(market[TUITION, 2], {"highest_age": 21}, tuition, officer, at - timedelta(days=4))
    keep_listings_fresh.ask_whether_still_right(by=SYSTEM, at=at)
    keep_listings_fresh.take_down_old(by=SYSTEM, at=at)


def _changed(
    of: Offered, changed: dict[str, Any], *, by: Person, at: datetime
) -> queries.RevisionRow:
    return actions.propose(
        provider_id=of.provider_id,
        service_id=of.service_id,
        facts=replace(providers.facts_of(of.service_id), **changed),
        by=by,
        at=at,
    )


def _new(like: Offered, name: str, *, by: Person, at: datetime) -> None:
    facts: ServiceFacts = replace(
        providers.facts_of(like.service_id),
        name=name,
        mode=Mode.COMMUNITY,
        what_it_is="A mentor walks to school with you, or as far as feels right today.",
        what_to_expect="We meet at your door at a time you choose. We turn back if you want to.",
    )
    actions.propose(provider_id=like.provider_id, facts=facts, by=by, at=at)


def _agreed(
    of: Offered, changed: dict[str, Any], by: Person, officer: Person, at: datetime
) -> None:
    sent = _changed(of, changed, by=by, at=at)
    shown: Sequence[queries.RevisionRow] = list(queries.waiting(person=officer))
    [waiting] = [one for one in shown if one.pk == sent.pk]
    agree_listing.agree(
        revision_id=sent.pk,
        provider_id=sent.provider_id,
        ref=sent.ref,
        seen=queries.compared(waiting).seen,
        by=officer,
        at=at + timedelta(days=1),
    )
