"""An application is sent, and whoever sent it has it in writing."""

from datetime import datetime

from django.db import transaction

from flsf.core.people import Person
from flsf.flows.exclude import look_for_newcomers
from flsf.market.applications import actions as applications
from flsf.market.applications.rules import RECEIPT
from flsf.shared.notify import actions as notify
from flsf.shared.notify.enums import Channel


@transaction.atomic
def send_application(
    *, application_id: int, version: int, address: str, by: Person, at: datetime
) -> None:
    """It is with the council, once however often it is sent, and one receipt is on its way.

    Raises what applications.submit does.
    """
    submission = applications.submit(application_id=application_id, version=version, by=by, at=at)
    if not submission.is_new:
        return
    look_for_newcomers(by=by, at=at)
    notify.queue(
        template=RECEIPT,
        recipient_id=by.pk,
        address=address,
        channel=Channel.EMAIL,
        details={
            "reference": submission.application.ref,
            "decide_by": submission.decide_by.isoformat(),
        },
        by=by,
        at=at,
    )
