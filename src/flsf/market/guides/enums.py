from enum import StrEnum

from django.db.models import TextChoices


class Kind(TextChoices):
    OAP = "oap", "What every school does"  # ordinarily available provision (seed E, action 1.2)
    ROUTE = "route", "A route after 16"  # post-16 pathways strategy (seed E, workstream 3)


class Housed(TextChoices):
    """Where the words are: the Local Offer holds them, or leads to them."""

    PAGE = "page", "Written here"
    LINK = "link", "On another website"
    FILE = "file", "In a file"


class Outcome(TextChoices):
    """What preparing for adulthood is for (SEND Code of Practice 2015, paragraph 7.38)."""

    WORK = "work", "A job, or learning that leads to one"
    HOME = "home", "A home of your own"
    FRIENDS = "friends", "Friends, and a part in your community"
    HEALTH = "health", "Being well"


class Standing(StrEnum):
    PUBLISHED = "Published"
    REVIEW_DUE = "Review due"
    TO_COME = "Not published yet"
    TAKEN_OFF = "Taken off"


class Tag(StrEnum):
    PUBLISHED = "market:guide:published"
    REVIEWED = "market:guide:reviewed"
    TAKEN_OFF = "market:guide:taken-off"
