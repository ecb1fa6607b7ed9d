from enum import StrEnum

from django.db.models import TextChoices


class Progress(TextChoices):
    BACK = "back", "A step back"
    SAME = "same", "About the same"
    FORWARD = "forward", "A step forward"
    REACHED = "reached", "Reached"


class Tag(StrEnum):
    GOAL_SET = "delivery:goal:set"
    GOAL_TICKED = "delivery:goal:ticked"
