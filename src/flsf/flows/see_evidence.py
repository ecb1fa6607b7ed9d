"""A provider showed that it meets a check: what that settles."""

from datetime import date, datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.flows.continuity import end_for_good_standing
from flsf.flows.escalate import close_if_lifted
from flsf.market.admissions import actions as admissions
from flsf.market.checks import actions as checks
from flsf.market.checks import queries as find_checks
from flsf.market.checks.enums import Outcome
from flsf.market.evaluation import queries as evaluation
from flsf.market.providers import queries as providers
from flsf.shared.notify import actions as notify
from flsf.shared.notify.enums import Channel


@transaction.atomic
def see_evidence(
    *,
    provider_id: int,
    code: str,
    number: str,
    holds_from: date,
    expires_on: date,
    by: Person,
    at: datetime,
) -> None:
    """The check is met for those days, and all that its lapse had set off is over.

    A provider with nothing overdue any more may take new children the same day: nobody lifts
    that by hand. What was asked about its children is settled, and a suspension that was only
    for a check overdue is lifted. Whoever has an interest in the provider says nothing of it:
    raises KeptFromIt, and what checks.see_evidence raises.
    """
    # Whoever suspends the provider just now has finished, or waits and finds it in date.
    providers.lock(provider_id)
    evaluation.refuse_if_kept(providers.organisation_of(provider_id), person=by)
    checks.see_evidence(
        provider_id=provider_id,
        code=code,
        number=number,
        holds_from=holds_from,
        expires_on=expires_on,
        by=by,
        at=at,
    )
    is_in_date = find_checks.is_in_date(provider_id, on=london_day(at))
    if is_in_date:
        admissions.lift_for_evidence(provider_id=provider_id, by=by, at=at)
    end_for_good_standing(provider_id=provider_id, by=by, at=at)
    if is_in_date:
        close_if_lifted(provider_id, "Everything to be shown is in date again.", by=by, at=at)


@transaction.atomic
def accept_told(*, told_id: int, by: Person, at: datetime) -> None:
    """What the provider told is evidence, with all that follows from it.

    Raises what checks.settle_told and see_evidence raise.
    """
    told = checks.settle_told(told_id=told_id, outcome=Outcome.ACCEPTED, by=by, at=at)
    see_evidence(
        provider_id=told.provider_id,
        code=told.requirement.code,
        number=told.number,
        holds_from=told.holds_from,
        expires_on=told.expires_on,
        by=by,
        at=at,
    )


@transaction.atomic
def send_back_told(*, told_id: int, words: str, by: Person, at: datetime) -> None:
    """The provider knows what is missing, and may tell us of another.

    Raises KeptFromIt and what checks.settle_told raises.
    """
    told = checks.settle_told(told_id=told_id, outcome=Outcome.SENT_BACK, words=words, by=by, at=at)
    evaluation.refuse_if_kept(providers.organisation_of(told.provider_id), person=by)
    notify.queue(
        template="check-sent-back",
        recipient_id=told.told_by_id,
        address=told.told_by.email,
        channel=Channel.EMAIL,
        details={"reference": told.ref},
        by=by,
        at=at,
    )
