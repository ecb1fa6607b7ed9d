from enum import StrEnum

from django.db.models import TextChoices


class CommentStatus(TextChoices):
    WAITING = "waiting", "Waiting to be read"
    PUBLISHED = "published", "Published"
    WITHHELD = "withheld", "Not published"


class Tag(StrEnum):
    SAID = "market:comment:said"
    PUBLISHED = "market:comment:published"
    WITHHELD = "market:comment:withheld"
    ANSWERED = "market:comment:answered"
