"""What Marlbeck tells other systems, and what it tells providers to prepare for."""

from datetime import datetime, timedelta

from django.conf import settings

from flsf.core.clock import london_day
from flsf.core.people import SYSTEM, Person
from flsf.mandate.framework import queries as framework
from flsf.market.feed import actions as feed
from flsf.market.openings import actions as openings
from flsf.market.openings.rules import OpeningFacts

# Lot, title, words, how to prepare, days ahead.
NEEDED = (
    (
        "mentoring",
        "Mentors for young people who are anxious about school",
        (
            "About twelve more places a week, for ages 11 to 16, in the north of the borough. Most "
            "would begin at home and lead back to a classroom."
        ),
        "Tell us how many half-days you could offer, and what training your mentors have.",
        60,
    ),
    (
        "therapies",
        "Speech and language therapy in the holidays",
        "A short programme for ages 5 to 11, so that nobody loses in a break what was gained.",
        "",
        45,
    ),
    (
        "post-16",
        "Work-based learning with transport",
        "Twenty places for ages 16 to 19 who need somebody to travel with them.",
        "Join the framework in good time to be found when places are chosen.",
        110,
    ),
)


def publish(*, by: Person, at: datetime) -> None:
    """The feed says what the directory says."""
    feed.publish(council=settings.COUNCIL_NAME, address=settings.FLSF_ADDRESS, by=by, at=at)


def tell(*, by: Person, at: datetime) -> None:
    """Providers read what will be needed; one thing was told and taken back."""
    lots = {lot.code: lot.pk for lot in framework.lots(person=SYSTEM)}
    today = london_day(at)
    for code, title, words, how, ahead in NEEDED:
        facts = OpeningFacts(
            lot_id=lots[code],
            title=title,
            words=words,
            how_to_prepare=how,
            needed_from=today + timedelta(days=ahead),
        )
        told = openings.tell(facts=facts, by=by, at=at - timedelta(days=20))
    openings.withdraw(
        opening_id=told.pk, why="The college now offers the places itself.", by=by, at=at
    )
