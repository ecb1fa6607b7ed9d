"""Collects the tables of this group for Django; nothing else imports it."""

from flsf.oversight.concerns.models import Concern, Step
from flsf.oversight.escalations.models import Escalation, EscalationReply, EscalationStep
from flsf.oversight.reports.models import BridgeBlock

__all__ = [
    "BridgeBlock",
    "Concern",
    "Escalation",
    "EscalationReply",
    "EscalationStep",
    "Step",
]
