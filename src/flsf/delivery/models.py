"""Collects the tables of this group for Django; nothing else imports it."""

from flsf.delivery.attendance.models import Correction, Mark
from flsf.delivery.continuity.models import Continuity
from flsf.delivery.outcomes.models import Goal, Step
from flsf.delivery.placements.models import Placement, PlacementChange, Worker

__all__ = [
    "Continuity",
    "Correction",
    "Goal",
    "Mark",
    "Placement",
    "PlacementChange",
    "Step",
    "Worker",
]
