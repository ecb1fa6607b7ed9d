"""Publishes what Marlbeck offers for other systems."""

from datetime import datetime

from django.conf import settings

from flsf.core.people import Person
from flsf.market.feed import actions as feed


def publish(*, by: Person, at: datetime) -> None:
    """The feed says what the directory says."""
    feed.publish(council=settings.COUNCIL_NAME, address=settings.FLSF_ADDRESS, by=by, at=at)
