"""A month is over: what every provider is owed for it is drafted as a claim."""

from datetime import date, datetime

from django.db import transaction

from flsf.core.people import Person
from flsf.market.providers import queries as providers
from flsf.money.payments import actions as payments


@transaction.atomic
def settle_month(*, month: date, by: Person, at: datetime) -> list[str]:
    """Every provider with sessions to charge has a claim for the month, all or none of them.

    `month` is any day of it. A second run brings open claims up to date and changes no other.
    Returns the references of the claims. Raises MonthNotBegun.
    """
    claims = payments.draft_many(provider_ids=providers.every_id(), month=month, by=by, at=at)
    return [claim.ref for claim in claims]
