"""What somebody asked for is carried out: a round is looked at, and then told at one moment."""

from datetime import datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.flows.release_round import release_round
from flsf.mandate.rounds import queries as rounds
from flsf.mandate.rounds.rules import RoundFacts
from flsf.market.evaluation import actions as evaluation
from flsf.market.evaluation import queries
from flsf.market.evaluation.enums import Step


def tell_round(*, telling_id: int, by: Person, at: datetime) -> None:
    """The round is told, or the reason why nobody was is kept; done twice it is done once.

    Each step may be read by others as soon as it begins. The looks change nothing; the telling
    and its end are one transaction, so a worker killed at any moment leaves all of it to do
    again, or nothing.
    """
    on = london_day(at)
    asked = queries.telling_with_id(telling_id, person=by)
    round_of = rounds.with_ids([asked.round_id], on=on)[asked.round_id]
    if not evaluation.note_step(telling_id=telling_id, step=Step.DECISIONS, by=by, at=at):
        return
    try:
        queries.look_at_decisions(round_of, person=by, on=on)
        evaluation.note_step(telling_id=telling_id, step=Step.EXCLUSIONS, by=by, at=at)
        queries.look_at_exclusions(round_of, on=on)
        evaluation.note_step(telling_id=telling_id, step=Step.TELLING, by=by, at=at)
        _tell(telling_id, round_of, by=by, at=at)
    except Refusal as refusal:
        evaluation.end_untold(
            telling_id=telling_id, step=Step.REFUSED, trouble=str(refusal), by=by, at=at
        )


@transaction.atomic
def _tell(telling_id: int, round_of: RoundFacts, *, by: Person, at: datetime) -> None:
    if not queries.hold_telling(telling_id):
        return
    told = release_round(round_of=round_of, by=by, at=at)
    evaluation.end_told(telling_id=telling_id, told=told, by=by, at=at)
