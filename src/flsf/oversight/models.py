"""Collects the tables of this group for Django; nothing else imports it."""

from flsf.oversight.concerns.models import Concern, Step
from flsf.oversight.escalations.models import Escalation, EscalationReply, EscalationStep
from flsf.oversight.meetings.models import AgreedAction, AgreedStep, Meeting, MeetingAccount
from flsf.oversight.reports.models import BridgeBlock

__all__ = [
    "AgreedAction",
    "AgreedStep",
    "BridgeBlock",
    "Concern",
    "Escalation",
    "EscalationReply",
    "EscalationStep",
    "Meeting",
    "MeetingAccount",
    "Step",
]
