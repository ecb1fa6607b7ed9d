from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from flsf.core.people import Person
from flsf.shared.notify.enums import Channel, Delivery


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff see every message; others see those sent to them."""
        return self if person.reach.whole_council else self.filter(recipient=person.pk)


class Message(models.Model):
    """A message on its way. It carries a reference and a link: no name, need or diagnosis."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    address = models.CharField(max_length=254)
    channel = models.CharField(max_length=10, choices=Channel)
    template = models.SlugField(max_length=60)
    details = models.JSONField(default=dict)  # references and dates only
    queued_at = models.DateTimeField()
    delivery = models.CharField(max_length=10, choices=Delivery, default=Delivery.WAITING)
    settled_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="message_settled_or_waiting",
                condition=Q(delivery=Delivery.WAITING, settled_at=None)
                | (~Q(delivery=Delivery.WAITING) & Q(settled_at__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.template} to {self.channel}"
