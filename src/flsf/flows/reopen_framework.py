"""An open framework reopens: everybody is told of the round, then every agreement is issued again.

Section 49 of the Procurement Act 2023; cabinet report, paragraph 30(1). The round is opened by
`rounds.reopen`; what is rehearsed here is carried out, undone and confirmed as a change of the
commercial model is, and no placement is touched.
"""

from datetime import date, datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.dates import in_words
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.flows.change_model import record_of
from flsf.mandate.framework.enums import CommercialModel
from flsf.mandate.framework.rules import MODELS
from flsf.mandate.rounds import queries as rounds
from flsf.market.agreements import actions as agreements
from flsf.market.agreements import queries as find_agreements
from flsf.market.agreements import rules


class NotAReopening(Refusal):
    says = "The framework does not reopen in this round, so no agreement is issued again for it."


class NotToldYet(Refusal):
    says = "Everybody of this round is told first: then it is known who is on the framework."


class InStandstill(Refusal):
    """Says from which day."""

    says = "The standstill of this round has not ended."

    def __init__(self, since: date) -> None:
        super().__init__()
        self.since = since

    def __str__(self) -> str:
        return f"Wait until {in_words(self.since)}: places of this round count from that day."


@transaction.atomic
def rehearse_reissue(
    *,
    framework_id: int,
    number: int,
    takes_effect_on: date,
    authority: str,
    reason: str,
    by: Person,
    at: datetime,
) -> str:
    """What would become of every agreement is on record, its reference returned; nothing changed.

    Those on it roll over, merely because they are (section 49(4)), unless they opt out; those who
    joined in the round have theirs issued with the others. Raises NotAReopening, NotToldYet,
    InStandstill and what agreements.rehearse raises.
    """
    on, model = london_day(at), CommercialModel.OPEN_FRAMEWORK
    round_of = rounds.with_number(framework_id, number, on=on)
    if round_of is None or not round_of.reopens:
        raise NotAReopening
    if round_of.summaries_sent_on is None:
        raise NotToldYet
    since = rounds.in_pool_from(round_of.round_id, told_on=round_of.summaries_sent_on)
    if on < since:
        raise InStandstill(since)
    standings = find_agreements.standings(framework_id, on=on)
    made = agreements.rehearse(
        framework_id=framework_id,
        after=model,
        takes_effect_on=takes_effect_on,
        authority=authority,
        reason=reason,
        lines=rules.lines(standings, MODELS[model].take_over().carrying),
        record=record_of(standings, model, takes_effect_on, on=on),
        found=find_agreements.found_word(standings),
        round_id=round_of.round_id,
        by=by,
        at=at,
    )
    return made.ref
