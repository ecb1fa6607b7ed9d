"""Collects the tables of this group for Django; nothing else imports it."""

from flsf.casework.calloffs.models import Award, AwardYear
from flsf.casework.children.models import Child, Contact, Disclosure, FamilyCheck
from flsf.casework.matching.models import RuleSet, Shortlist
from flsf.casework.referrals.models import Clock, Draft, Note, Referral, ReferralChange
from flsf.casework.timetable.models import Booking

__all__ = [
    "Award",
    "AwardYear",
    "Booking",
    "Child",
    "Clock",
    "Contact",
    "Disclosure",
    "Draft",
    "FamilyCheck",
    "Note",
    "Referral",
    "ReferralChange",
    "RuleSet",
    "Shortlist",
]
