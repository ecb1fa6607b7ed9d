"""Brings Marlbeck's Local Offer to life: other help, neighbours, words, and what is missing."""

from dataclasses import replace
from datetime import datetime, timedelta

from flsf.core.needs import to_mask
from flsf.core.people import VISITOR, Person
from flsf.demo.load_market import Market
from flsf.demo.plan.days import Days, moment
from flsf.demo.plan.local_offer import (
    COMMENTS,
    KINDS,
    LOOKED_FOR,
    NEIGHBOURS,
    OTHERS,
    PHRASES,
    PUBLISHED,
    TOLD,
)
from flsf.flows import settle_kind
from flsf.flows.note_gaps import note_gaps
from flsf.market.comments import actions as comments
from flsf.market.directory import actions as directory
from flsf.market.duties import actions as duties
from flsf.market.kinds import actions as kinds
from flsf.market.others import actions as others
from flsf.market.providers import actions as providers
from flsf.market.providers import queries as provider_queries
from flsf.market.providers.enums import ServiceStatus

PROPOSER = ("steady-steps-mentoring", 0)
FULL = ("quiet-room-education", 1)


def load(market: Market, days: Days, *, by: Person, at: datetime) -> None:
    """Ten kinds of other help, one of them over; a service full until a day; gaps of a year."""
    made = [others.add(facts=facts, by=by, at=moment(days.ago(40))) for facts in OTHERS]
    others.take_off(
        other_id=made[4].pk,
        why="The library is being mended. The club may come back next year.",
        by=by,
        at=at,
    )
    for name, link, outcodes in NEIGHBOURS:
        directory.add_neighbour(name=name, link=link, outcodes=outcodes, by=by, at=at)
    for phrase, needs, spelt_out in PHRASES:
        directory.add_phrase(
            phrase=phrase, needs_mask=to_mask(needs), spelt_out=spelt_out, by=by, at=at
        )
    full = market[FULL].service_id
    providers.set_status(
        service_id=full,
        status=ServiceStatus.FULL,
        first_start_on=days.ahead(45),
        by=by,
        at=at,
    )
    _looked_for(days, by=VISITOR)
    _comments(market, days, by=by)
    _kinds(market, days, by=by, at=at)
    for number, where, link, ago in PUBLISHED:
        duties.note_check(
            number=number,
            is_published=True,
            where=where,
            link=link,
            by=by,
            at=moment(days.ago(ago)),
        )
    note_gaps(by=by, at=at)


def _looked_for(days: Days, *, by: Person) -> None:
    for needs, age, outcode, mode, times in LOOKED_FOR:
        for number in range(times):
            directory.note_unmet(
                needs_mask=to_mask(needs),
                age=age,
                outcode=outcode,
                mode=mode,
                by=by,
                at=moment(days.ago(11 + 23 * number), 20),
            )
    for number, (words, need, age, outcode) in enumerate(TOLD):
        directory.note_told(
            words=words,
            needs_mask=need.bit,
            age=age,
            outcode=outcode,
            by=by,
            at=moment(days.ago(4 + 9 * number), 21) - timedelta(minutes=7),
        )


def _comments(market: Market, days: Days, *, by: Person) -> None:
    for ago, about, words, name, answer, did in COMMENTS:
        of = market[about] if about else None
        made = comments.say(
            words=words,
            name=name,
            service_id=of.service_id if of else None,
            by=VISITOR,
            at=moment(days.ago(ago), 21),
        )
        if answer is None:
            continue
        later = moment(days.ago(ago - 2))
        comments.publish(comment_id=made.pk, shown=words, by=by, at=later)
        if answer:
            comments.answer(
                comment_id=made.pk,
                words=answer,
                did=did,
                answered_as=of.provider_name if of and not did else "Marlbeck Council",
                by=by,
                at=later,
            )


def _kinds(market: Market, days: Days, *, by: Person, at: datetime) -> None:
    for name, words, is_taken_up, services in KINDS:
        made = kinds.propose(
            name=name,
            words=words,
            organisation_id=None if is_taken_up else market[PROPOSER].organisation_id,
            by=by,
            at=moment(days.ago(100 if is_taken_up else 5)),
        )
        if not is_taken_up:
            continue
        settle_kind.adopt(kind_id=made.pk, why="Families ask for it by this name.", by=by, at=at)
        for key in services:
            service_id = market[key].service_id
            facts = replace(provider_queries.facts_of(service_id), kind_id=made.pk)
            providers.change_service(service_id=service_id, facts=facts, by=by, at=at)
            directory.relist(service_ids=[service_id], by=by, at=at)
