"""Those who left an application half-way are reminded, and old ones forgotten."""

from datetime import datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.market.applications import actions, queries
from flsf.shared.notify import actions as notify
from flsf.shared.notify.enums import Channel

TEMPLATE = "application-waiting"


@transaction.atomic
def nudge_applicants(*, by: Person, at: datetime) -> int:
    """Everybody due a reminder that day has one, once. Answers with how many."""
    reminded = 0
    for one in queries.to_nudge(on=london_day(at)):
        if not actions.nudge(application_id=one.application_id, days=one.days, by=by, at=at):
            continue
        notify.queue(
            template=TEMPLATE,
            recipient_id=one.recipient_id,
            address=one.address,
            channel=Channel.EMAIL,
            details={"reference": one.ref},
            by=by,
            at=at,
        )
        reminded += 1
    return reminded


@transaction.atomic
def forget_applications(*, by: Person, at: datetime) -> int:
    """Applications never sent and left alone for twelve months are gone, and so is what was said
    two weeks ago by whoever never began. Answers how many applications.
    """
    actions.forget_beginnings(by=by, at=at)
    old = queries.forgettable(on=london_day(at))
    for application_id in old:
        actions.forget(application_id=application_id, by=by, at=at)
    return len(old)
