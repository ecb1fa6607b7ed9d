"""The only writes of the outbox. A job sends what waits in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.shared.audit import actions as audit
from flsf.shared.audit.enums import JSONValue
from flsf.shared.notify.enums import Channel, Delivery, Tag
from flsf.shared.notify.models import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """A message to queue, as `queue` is given it."""

    template: str
    recipient_id: int | None
    address: str
    channel: Channel
    details: Mapping[str, JSONValue]


class AlreadySettled(Refusal):
    says = "That message has already been sent, or given up."


@transaction.atomic
def queue(
    *,
    template: str,
    recipient_id: int | None,
    address: str,
    channel: Channel,
    details: Mapping[str, JSONValue],
    by: Person,
    at: datetime,
) -> Message:
    """The message waits to be sent, if and only if the caller's transaction commits.

    `details` are references and dates: the words are the template's, and name no child.
    """
    message = Message.objects.create(
        template=template,
        recipient_id=recipient_id,
        address=address,
        channel=channel,
        details=dict(details),
        queued_at=at,
    )
    _record(Tag.QUEUED, message, by=by, at=at)
    return message


@transaction.atomic
def queue_many(*, new: Sequence[NewMessage], by: Person, at: datetime) -> list[Message]:
    """As queue, for several at once: all wait to be sent, or none."""
    made = Message.objects.bulk_create(
        Message(
            template=one.template,
            recipient_id=one.recipient_id,
            address=one.address,
            channel=one.channel,
            details=dict(one.details),
            queued_at=at,
        )
        for one in new
    )
    audit.record_many(
        tag=Tag.QUEUED,
        entries=[
            (f"message {one.pk}", {"template": one.template, "channel": one.channel})
            for one in made
        ],
        by=by,
        at=at,
    )
    return made


@transaction.atomic
def mark_sent(*, message_id: int, by: Person, at: datetime) -> None:
    """The message has left us. Raises AlreadySettled."""
    _settle(message_id, Delivery.SENT, "", by=by, at=at)


@transaction.atomic
def mark_failed(*, message_id: int, trouble: str, by: Person, at: datetime) -> None:
    """The message could not be sent, and why. Raises AlreadySettled."""
    _settle(message_id, Delivery.FAILED, trouble[:200], by=by, at=at)


def _settle(message_id: int, delivery: Delivery, trouble: str, *, by: Person, at: datetime) -> None:
    message = Message.objects.select_for_update().get(pk=message_id)
    if message.delivery != Delivery.WAITING:
        raise AlreadySettled
    message.delivery, message.settled_at, message.trouble = delivery, at, trouble
    # A key that opens somebody's request is kept no longer than it takes to send it.
    message.details = {name: one for name, one in message.details.items() if name != "key"}
    message.save(update_fields=["delivery", "settled_at", "trouble", "details"])
    _record(Tag.SENT if delivery is Delivery.SENT else Tag.FAILED, message, by=by, at=at)


def _record(tag: Tag, message: Message, *, by: Person, at: datetime) -> None:
    audit.record(
        tag=tag,
        subject=f"message {message.pk}",
        details={"template": message.template, "channel": message.channel},
        by=by,
        at=at,
    )
