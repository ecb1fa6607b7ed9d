"""A provider must stop taking new children, or may take them again."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from flsf.core.people import Person
from flsf.market.admissions import actions as admissions
from flsf.market.admissions.enums import SuspensionReason
from flsf.market.admissions.queries import Standing
from flsf.market.providers import actions as providers


@transaction.atomic
def suspend_provider(
    *,
    provider_id: int,
    standings: Sequence[Standing],
    reason: SuspensionReason,
    explanation: str,
    takes_effect_on: date,
    by: Person,
    at: datetime,
) -> None:
    """The provider is suspended from those lots and its services in them close, from one day.

    All of it or none: raises what admissions.suspend raises. Lifting does not
    reopen the services; the provider does, once it has places again. The public list
    follows by itself: it asks on the day of a search who is in the pool.
    """
    # In one fixed order, so that two officers suspending at once cannot deadlock.
    for standing in sorted(standings, key=lambda one: one.admission_id):
        admissions.suspend(
            admission_id=standing.admission_id,
            reason=reason,
            explanation=explanation,
            takes_effect_on=takes_effect_on,
            by=by,
            at=at,
        )
    providers.close_to_new_children(
        provider_id=provider_id,
        lot_ids=[one.lot_id for one in standings],
        closed_from=takes_effect_on,
        by=by,
        at=at,
    )


@transaction.atomic
def lift_suspension(
    *,
    standings: Sequence[Standing],
    explanation: str,
    takes_effect_on: date,
    by: Person,
    at: datetime,
) -> None:
    """The provider is back in the pool of those lots from that day.

    All of them or none: raises what admissions.lift raises.
    """
    for standing in sorted(standings, key=lambda one: one.admission_id):
        admissions.lift(
            admission_id=standing.admission_id,
            explanation=explanation,
            takes_effect_on=takes_effect_on,
            by=by,
            at=at,
        )
