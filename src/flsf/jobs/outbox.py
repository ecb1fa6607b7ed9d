"""Sends what waits in the outbox. A message may be sent twice, never forgotten."""

from collections.abc import Mapping
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import select_template
from procrastinate.contrib.django import app

from flsf.core import clock
from flsf.core.people import SYSTEM
from flsf.shared.notify import actions as notify
from flsf.shared.notify import queries
from flsf.shared.notify.enums import Channel

NO_SENDER = "This installation has no way to send it: no sender is set up for the channel."

log = structlog.get_logger("flsf.jobs")


@app.periodic(cron="* * * * *")
@app.task(name="send-outbox", queueing_lock="send-outbox", lock="send-outbox")
def send_outbox(timestamp: int) -> None:
    """What can be sent has been; what never can be is marked with the reason.

    A mail server that does not answer leaves the message waiting for the next minute.
    """
    for message in queries.waiting():
        channel = Channel(message.channel)
        if channel is not Channel.EMAIL and not settings.FLSF_DEMO:
            notify.mark_failed(message_id=message.pk, trouble=NO_SENDER, by=SYSTEM, at=clock.now())
            continue
        try:
            send(message.template, message.details, message.address)
        except OSError as error:
            log.warning("mail-server-away", kind=type(error).__name__)
            return
        notify.mark_sent(message_id=message.pk, by=SYSTEM, at=clock.now())
        log.info("message-sent", template=message.template, channel=channel.value)


def send(template: str, details: Mapping[str, Any], address: str) -> None:
    """Hands one message to the mail server. Raises OSError when it is away."""
    subject, body = words(template, details)
    EmailMessage(subject, body, to=[address]).send()


def words(template: str, details: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and text: of the template's own file, or of the one that fits all.

    Neither names a child, a need or a diagnosis: a reference, and where to read more.
    """
    chosen = select_template([f"messages/{template}.txt", "messages/any.txt"])
    text = chosen.render({"details": details, "address": settings.FLSF_ADDRESS})
    subject, _, body = text.strip().partition("\n")
    return subject.removeprefix("Subject: "), body.strip() + "\n"
