from enum import StrEnum

from django.db.models import TextChoices


class Status(TextChoices):
    PLANNED = "planned", "Planned"
    INTRODUCTION = "introduction", "Introduction"
    ACTIVE = "active", "Active"
    ON_HOLD = "on_hold", "On hold"
    ENDED = "ended", "Ended"


class Commissioner(TextChoices):
    """Who arranged it: the school's register code follows (rules 2.2)."""

    COUNCIL = "council", "The council"
    SCHOOL = "school", "The child's school"
    SECOND_SCHOOL = "second_school", "A second school where the child is also on roll"


class Tag(StrEnum):
    PLANNED = "delivery:placement:planned"
    MOVED = "delivery:placement:moved"
    WORKER_NAMED = "delivery:placement:worker-named"
    WORKER_RELIEVED = "delivery:placement:worker-relieved"
    TAKEN_BACK = "delivery:placement:taken-back"
