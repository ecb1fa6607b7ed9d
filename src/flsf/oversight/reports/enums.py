from enum import StrEnum

from django.db.models import TextChoices


class State(TextChoices):
    """How a stated figure stands to what can be worked out (computations, section 8)."""

    EXACT = "exact", "Exact"
    ROUNDS_TO = "rounds_to", "Rounds to it"
    IMPLIES = "implies", "Implies something not stated"
    CONTRADICTS = "contradicts", "Contradicts another figure"


class Tag(StrEnum):
    BRIDGE_SET = "oversight:bridge:set"
