"""Reads of the outbox."""

from datetime import datetime

from django.db.models import QuerySet

from flsf.core.people import Person
from flsf.shared.notify.enums import Delivery
from flsf.shared.notify.models import Message


def waiting(limit: int = 100) -> list[Message]:
    """The messages to send next, the longest waiting first. For the sending job."""
    return list(Message.objects.filter(delivery=Delivery.WAITING).order_by("queued_at")[:limit])


def messages(*, person: Person) -> QuerySet[Message]:
    """The messages this person may see, newest first."""
    return Message.objects.visible_to(person).order_by("-queued_at", "-pk")


def left_at(
    template: str, *, since: datetime, before: datetime, key: str
) -> dict[tuple[str, datetime], datetime]:
    """When messages of a kind were sent, of those queued in that time.

    By what they say under `key` and the moment of queueing; what waits or failed is not in it.
    """
    found = Message.objects.filter(
        template=template, queued_at__gte=since, queued_at__lt=before, delivery=Delivery.SENT
    )
    return {
        (details.get(key, ""), queued_at): settled_at
        for details, queued_at, settled_at in found.values_list(
            "details", "queued_at", "settled_at"
        )
        if settled_at is not None
    }
