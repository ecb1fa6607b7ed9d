"""What each register asks, and which days follow from what it was told."""

from flsf.mandate.governance.rules.clocks import ASKED, Clock, clocks, has_come
from flsf.mandate.governance.rules.drivers import (
    Driver,
    Mapped,
    Requirement,
    Said,
    answered_by,
    mapped,
)
from flsf.mandate.governance.rules.kinds import (
    KINDS,
    PRINCIPLES,
    Field,
    Register,
    problems,
    score,
)

__all__ = [
    "ASKED",
    "KINDS",
    "PRINCIPLES",
    "Clock",
    "Driver",
    "Field",
    "Mapped",
    "Register",
    "Requirement",
    "Said",
    "answered_by",
    "clocks",
    "has_come",
    "mapped",
    "problems",
    "score",
]
