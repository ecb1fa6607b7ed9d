"""What each register asks, and which days follow from what it was told."""

from flsf.mandate.governance.rules.clocks import ASKED, Clock, clocks
from flsf.mandate.governance.rules.kinds import KINDS, Field, Register, problems

__all__ = ["ASKED", "KINDS", "Clock", "Field", "Register", "clocks", "problems"]
