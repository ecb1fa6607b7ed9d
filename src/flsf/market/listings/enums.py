from enum import StrEnum

from django.db.models import TextChoices


class RevisionStatus(TextChoices):
    WAITING = "waiting", "Waiting for the council"
    APPROVED = "approved", "Approved"
    SENT_BACK = "sent_back", "Sent back"
    REPLACED = "replaced", "Replaced by a newer version"
    WITHDRAWN = "withdrawn", "Taken back by the provider"


class Tag(StrEnum):
    PROPOSED = "market:listing:proposed"
    APPROVED = "market:listing:approved"
    SENT_BACK = "market:listing:sent-back"
    WITHDRAWN = "market:listing:withdrawn"
    RECHECKED = "market:listing:rechecked"
    PROMPTED = "market:listing:prompted"
    TAKEN_DOWN = "market:listing:taken-down"
    PUT_BACK = "market:listing:put-back"
