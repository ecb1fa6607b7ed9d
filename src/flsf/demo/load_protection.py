"""What time has set off: reminders sent, and decisions about children whose provider lapsed."""

from datetime import datetime, timedelta

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.delivery.continuity import queries as continuity
from flsf.delivery.continuity.enums import Cause, Choice, Standing
from flsf.flows.continuity import decide_continuity
from flsf.jobs import nightly

TWO_WEEKS = timedelta(days=14)

WHY = {
    Choice.KEEP: (
        "The insurer has confirmed by telephone that cover goes on; the certificate is on its "
        "way. The family wants to stay. Two adults are there at every session."
    ),
    Choice.MOVE: "Sessions are at the provider's workshop, and nobody can say when cover begins.",
}


def load(caseworker: Person, *, at: datetime) -> int:
    """The night's round has run; one child stays, one is to be moved, the others wait."""
    night = nightly.look_after_checks(at)
    on = london_day(at)
    waiting = continuity.listed(person=caseworker, on=on, standing=Standing.TO_DECIDE)
    lapsed = [one for one in waiting if one.cause is Cause.CHECK_LAPSED]
    for one, choice in zip(lapsed, (Choice.KEEP, Choice.MOVE), strict=False):
        decide_continuity(
            continuity_id=one.id,
            choice=choice,
            reason=WHY[choice],
            review_on=on + TWO_WEEKS if choice is Choice.KEEP else None,
            by=caseworker,
            at=at,
        )
    return night.decisions
