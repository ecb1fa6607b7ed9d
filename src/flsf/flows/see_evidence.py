"""A provider showed that it meets a check: what that settles."""

from datetime import date, datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.flows.continuity import end_for_good_standing
from flsf.market.admissions import actions as admissions
from flsf.market.checks import actions as checks
from flsf.market.checks import queries as find_checks
from flsf.market.providers import queries as providers


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
    for a check overdue is lifted. Raises what checks.see_evidence raises.
    """
    # Whoever suspends the provider just now has finished, or waits and finds it in date.
    providers.lock(provider_id)
    checks.see_evidence(
        provider_id=provider_id,
        code=code,
        number=number,
        holds_from=holds_from,
        expires_on=expires_on,
        by=by,
        at=at,
    )
    if find_checks.is_in_date(provider_id, on=london_day(at)):
        admissions.lift_for_evidence(provider_id=provider_id, by=by, at=at)
    end_for_good_standing(provider_id=provider_id, by=by, at=at)
