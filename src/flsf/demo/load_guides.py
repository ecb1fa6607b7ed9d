"""Marlbeck in its own words: what every school does, ways after 16, and who gives training."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from flsf.core.people import Person
from flsf.demo.load_market import LOT_CODES
from flsf.demo.plan.days import Days, moment
from flsf.demo.plan.guides import CLOSED, LATE, OAP_FIRST, OAP_SECOND, TO_COME, TRAINERS, WAYS, Way
from flsf.market.directory import queries as directory
from flsf.market.directory.rules import Asked
from flsf.market.guides import actions as guides
from flsf.market.guides.enums import Kind
from flsf.market.others import queries as others
from flsf.market.trainers import actions as trainers

A_YEAR = timedelta(days=365)
MOST_SERVICES = 4


def load(days: Days, *, by: Person, at: datetime) -> int:
    """What every school does in its second version, eight ways and thirteen who train.

    One way is looked at too late, and one is published in three weeks. Returns how many pages.
    """
    first = moment(days.ago(200))
    page = guides.publish(
        kind=Kind.OAP, content=OAP_FIRST, because="The four groups have agreed on it.",
        **_days(days, 200), by=by, at=first,
    )  # fmt: skip
    guides.publish(
        kind=Kind.OAP, content=OAP_SECOND, guide_id=page.pk, seen_version=1,
        because="Schools asked us at the workshop day to say how children move on.",
        **_days(days, 45), by=by, at=moment(days.ago(45)),
    )  # fmt: skip
    help_by_name = {one.name: one.slug for one in others.listed()}
    for number, way in enumerate(WAYS):
        services = tuple(_services(way, help_by_name, days))
        title, ago = way.content.title, 60 - number
        dated = _days(days, 380 if title == LATE else ago)
        if title == LATE:
            dated["next_review_on"] = days.ago(15)
        if title == TO_COME:
            dated = {**_days(days, 0), "in_force_from": days.ahead(21)}
        guides.publish(
            kind=Kind.ROUTE,
            content=replace(way.content, services=services),
            because="Part of our strategy for life after 16.",
            **dated,
            by=by,
            at=at if title == TO_COME else moment(dated["in_force_from"]),
        )
    _trainers(days, by=by)
    return len(WAYS) + 1


def _days(days: Days, ago: int) -> dict[str, Any]:
    since = days.ago(ago)
    return {"in_force_from": since, "reviewed_on": since, "next_review_on": since + A_YEAR}


def _services(way: Way, help_by_name: dict[str, str], days: Days) -> Iterable[str]:
    """The first few services of the way's trade that people find, and other help by name."""
    if way.trade:
        asked = Asked(lot_codes=frozenset({LOT_CODES[way.trade]}), age=17)
        found = directory.search(asked, at=None, on=days.today, count=MOST_SERVICES)
        yield from (card.slug for card in found.cards)
    yield from (help_by_name[name] for name in way.other_help if name in help_by_name)


def _trainers(days: Days, *, by: Person) -> None:
    for number, facts in enumerate(TRAINERS):
        trainers.add(facts=facts, by=by, at=moment(days.ago(90 - 5 * number)))
    gone = trainers.add(facts=CLOSED, by=by, at=moment(days.ago(90)))
    trainers.take_off(
        trainer_id=gone.pk, why="It closed in the summer.", by=by, at=moment(days.ago(30))
    )
