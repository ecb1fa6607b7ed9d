"""Puts four awards before those who decide, as a caseworker would."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from flsf.casework.calloffs.enums import DirectGround
from flsf.casework.calloffs.queries import Wanted
from flsf.casework.matching import queries as matching
from flsf.core.half_days import from_mask, to_mask
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.demo.load_mandate import Purse
from flsf.demo.load_market import LOT_CODES
from flsf.demo.plan import story
from flsf.demo.plan.days import Days, monday_of
from flsf.demo.plan.live import MINUTES
from flsf.flows.award_calloff import Choice, propose_award
from flsf.mandate.framework import queries as framework
from flsf.shared.accounts.enums import Team

AWAITING = 4
HALF_DAYS = 3
WEEKS = 20


def propose(
    referral_ids: Sequence[int], purse: Purse, days: Days, *, by: Person, at: datetime
) -> list[str]:
    """The first-ranked service is proposed for some of those being matched; their references.

    A referral that nothing fits stays as it is: it is one of the borough's real troubles. So does
    one that would take a place from what the guided tour shows.
    """
    starts_on = monday_of(days.ahead(23))
    made: list[str] = []
    for referral_id in referral_ids:
        if len(made) == AWAITING:
            break
        choice = _first(referral_id, purse, starts_on, days)
        if choice is None:
            continue
        try:
            made.append(propose_award(referral_id=referral_id, choice=choice, by=by, at=at))
        except Refusal:
            continue
    return made


def _first(referral_id: int, purse: Purse, starts_on: date, days: Days) -> Choice | None:
    match = matching.rank(referral_id, on=days.today)
    ranked = match.result.ranked.tolist()
    kept_free = framework.lot_with_code(LOT_CODES[story.TRADE])
    if not ranked or (kept_free and match.columns.lot[ranked[0]] == kept_free.pk):
        return None
    free = from_mask(int(match.columns.free[ranked[0]]))[:HALF_DAYS]
    return Choice(
        wanted=Wanted(
            service_ref=match.columns.refs[ranked[0]],
            half_days_mask=to_mask(free),
            minutes_a_half_day=MINUTES,
            starts_on=starts_on,
            ends_on=starts_on + timedelta(weeks=WEEKS),
            budget_id=purse.of(Team.SEND, days.year),
        ),
        budget_id=purse.of(Team.SEND, days.year),
        ground=DirectGround.BEST_FIT,
        ground_words="Ranked first by the published rules, and the family has met them.",
    )
