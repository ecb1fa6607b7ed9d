"""What a competition was settled on is proposed as an award, on the road of every call-off."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from flsf.casework.calloffs.actions import NotSettledOn
from flsf.casework.calloffs.enums import ValueRule
from flsf.casework.calloffs.queries import Wanted
from flsf.casework.competitions import actions as competitions
from flsf.casework.competitions import queries as find_competitions
from flsf.casework.competitions.queries import Won
from flsf.core.people import Person
from flsf.flows.award_calloff import Choice, propose_award


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Why the first bid is taken, and which budget pays."""

    budget_id: int
    because: str
    value_words: str = ""
    low_words: str = ""
    reasons: Mapping[ValueRule, str] = field(default_factory=dict)


def wanted_of(won: Won, budget_id: int | None = None) -> Wanted:
    """What is bought: the brief as it was published, from the day and at the price bid."""
    return Wanted(
        service_ref=won.service_ref,
        half_days_mask=won.brief.half_days_mask,
        minutes_a_half_day=won.brief.minutes,
        starts_on=won.starts_on,
        ends_on=won.brief.ends_on,
        budget_id=budget_id,
        competition_id=won.competition_id,
    )


@transaction.atomic
def settle_and_propose(*, competition_id: int, settled: Settled, by: Person, at: datetime) -> str:
    """The ranking is settled and its first bid proposed as an award; its reference.

    Settled before, as when an award was returned, it is proposed again. Raises what
    competitions.settle and propose_award raise; then neither has happened.
    """
    won = find_competitions.won(competition_id)
    if won is None:
        competitions.settle(
            competition_id=competition_id,
            because=settled.because,
            value_words=settled.value_words,
            low_words=settled.low_words,
            by=by,
            at=at,
        )
        won = find_competitions.won(competition_id)
    if won is None:
        raise NotSettledOn
    return propose_award(
        referral_id=won.referral_id,
        choice=Choice(
            wanted=wanted_of(won, settled.budget_id),
            budget_id=settled.budget_id,
            ground_words=settled.because,
            reasons=settled.reasons,
        ),
        by=by,
        at=at,
    )
