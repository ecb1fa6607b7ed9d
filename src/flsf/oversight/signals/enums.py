from enum import StrEnum

from django.db.models import TextChoices


class Sign(StrEnum):
    """What is looked at of each provider (cabinet report, paragraph 46; S172)."""

    RELIANCE = "How much we lean on it"
    DEPENDENCE = "How much it leans on us"
    CHILDREN = "Children with it, against a year ago"
    PAYMENT = "How late we pay it"
    PRICE = "How long its prices have stood still"
    ENDED = "Placements that ended early"
    PLACES = "Services that take no new children"
    CHECKS = "Checks that lapse"
    ONLY = "What nobody else can give"
    LEAVING = "What it says of leaving"


class Standing(TextChoices):
    """What a sign says, or that nothing is known."""

    ACT = "act", "Act now"
    WATCH = "watch", "Watch"
    FINE = "fine", "No warning"
    NOT_KNOWN = "not_known", "Not known"
