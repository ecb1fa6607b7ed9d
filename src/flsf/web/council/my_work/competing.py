"""Competitions in which somebody of the council does the next thing."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from flsf.casework.competitions import queries, rules
from flsf.casework.competitions.enums import Stage
from flsf.core.clock import london_day, start_of
from flsf.core.people import Person
from flsf.web.council.my_work.items import Item, Press, address

TO_DO = {
    Stage.CLOSED: ("Bids to open", "Bids close or have closed: open them after the deadline"),
    Stage.RANKED: ("Bids to settle on", "Bids are ranked: propose the award"),
    Stage.NOTHING: ("Competitions without a bid", "No bid can be taken: say what next"),
}


def from_competitions(person: Person, on: date) -> Iterator[Item]:
    """What waits by the end of the day. As many questions however many are under way."""
    evening = start_of(on + timedelta(days=1))
    under_way = queries.under_way(person=person)
    free = queries.free_scorers(under_way)
    for one in under_way:
        stage = queries.stage_of(one, evening)
        if said := _next(one, stage, person, free.get(one.pk, [])):
            kind, what, owner = said
            yield Item(
                press=Press.MINE,
                kind=kind,
                ref=one.ref,
                what=what,
                who=one.lot.name,
                due_on=london_day(one.closes_at) if one.closes_at else None,
                button="Open it",
                href=address("competition-page", ref=one.ref),
                owner_id=owner,
            )


def _next(
    one: Any, stage: Stage, person: Person, free: list[Any]
) -> tuple[str, str, int | None] | None:
    """What waits, of which kind, and for whom. `free` are the scorers without an interest."""
    mine = next((each for each in free if each.person_id == person.pk), None)
    if mine is not None and stage is Stage.SCORING and mine.finished_at is None:
        return "Bids to score", "You were named to score the bids", person.pk
    if mine is not None and stage is Stage.MODERATION:
        return "Scores to agree on", "Both have scored the bids: agree on the scores", person.pk
    if stage is Stage.OPEN and any(not each.answer for each in one.questions.all()):
        return "Questions of bidders", "A provider asks: answer to all", one.published_by_id
    if stage is Stage.SCORING and len(free) < rules.SCORERS:
        return "Bids without scorers", "Two people score the bids: name them", one.published_by_id
    if stage in TO_DO:
        return (*TO_DO[stage], one.published_by_id)
    return None
