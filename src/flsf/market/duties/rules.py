"""How an item of the Local Offer stands on a day."""

from datetime import date, timedelta

from flsf.market.duties.enums import Standing

A_YEAR = timedelta(days=365)


def standing(*, is_published: bool, checked_on: date | None, on: date) -> Standing:
    """An item nobody has looked at is missing until somebody finds it."""
    if not is_published or checked_on is None:
        return Standing.MISSING
    return Standing.OLD if on - checked_on > A_YEAR else Standing.PUBLISHED
