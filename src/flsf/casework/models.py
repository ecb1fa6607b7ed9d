"""Collects the tables of this group for Django; nothing else imports it."""

from flsf.casework.calloffs.models import Award, AwardYear
from flsf.casework.children.models import Child, Contact, Disclosure, FamilyCheck
from flsf.casework.competitions.models import (
    Addendum,
    Agreed,
    Bid,
    BidMark,
    Competition,
    Invitation,
    Question,
    Scorer,
)
from flsf.casework.matching.models import RuleSet, Shortlist
from flsf.casework.referrals.models import Clock, Draft, Note, Referral, ReferralChange
from flsf.casework.timetable.models import Booking

__all__ = [
    "Addendum",
    "Agreed",
    "Award",
    "AwardYear",
    "Bid",
    "BidMark",
    "Booking",
    "Child",
    "Clock",
    "Competition",
    "Contact",
    "Disclosure",
    "Draft",
    "FamilyCheck",
    "Invitation",
    "Note",
    "Question",
    "Referral",
    "ReferralChange",
    "RuleSet",
    "Scorer",
    "Shortlist",
]
