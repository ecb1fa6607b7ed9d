"""Collects the tables of this group for Django; nothing else imports it."""

from flsf.market.admissions.models import Admission, SiteSuspension, StatusChange
from flsf.market.applications.models import (
    Answer,
    Application,
    ApplicationStatus,
    AppliedLot,
    Nudge,
    QuestionSet,
    Submission,
)
from flsf.market.checks.models import Check, Evidence, Reminder
from flsf.market.directory.models import Listing, UnmetSearch
from flsf.market.evaluation.models import (
    Clarification,
    Consensus,
    Decision,
    Evaluation,
    Evaluator,
    Mark,
    Report,
)
from flsf.market.feed.models import Edition, Record
from flsf.market.listings.models import Prompt, Recheck, Revision, TakenDown
from flsf.market.openings.models import Opening
from flsf.market.providers.models import (
    Capacity,
    CatalogueChange,
    Provider,
    Rate,
    Service,
    Site,
)

__all__ = [
    "Admission",
    "Answer",
    "Application",
    "ApplicationStatus",
    "AppliedLot",
    "Capacity",
    "CatalogueChange",
    "Check",
    "Clarification",
    "Consensus",
    "Decision",
    "Edition",
    "Evaluation",
    "Evaluator",
    "Evidence",
    "Listing",
    "Mark",
    "Nudge",
    "Opening",
    "Prompt",
    "Provider",
    "QuestionSet",
    "Rate",
    "Recheck",
    "Record",
    "Reminder",
    "Report",
    "Revision",
    "Service",
    "Site",
    "SiteSuspension",
    "StatusChange",
    "Submission",
    "TakenDown",
    "UnmetSearch",
]
