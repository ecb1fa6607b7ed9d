"""Reads of the outbox."""

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
