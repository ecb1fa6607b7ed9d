"""Collects the tables of this group for Django; nothing else imports it."""

from flsf.market.admissions.models import (
    Admission,
    Condition,
    SiteSuspension,
    StatusChange,
    Visit,
)
from flsf.market.agreements.models import (
    Acceptance,
    Agreement,
    Chase,
    Paper,
    Reply,
    Transition,
    TransitionChange,
    TransitionLine,
)
from flsf.market.applications.models import (
    Answer,
    Application,
    ApplicationStatus,
    AppliedLot,
    Nudge,
    QuestionSet,
    Submission,
)
from flsf.market.checks.models import Check, Evidence, EvidenceTold, Reminder
from flsf.market.comments.models import Comment
from flsf.market.directory.models import Listing, Neighbour, Phrase, Told, UnmetSearch
from flsf.market.duties.models import Duty, DutyCheck
from flsf.market.evaluation.models import (
    Clarification,
    Consensus,
    DecidersInterest,
    Decision,
    EarlierDecision,
    Evaluation,
    Evaluator,
    JudgedBy,
    Mark,
    NumberSettled,
    Report,
    Telling,
)
from flsf.market.exclusions.models import Case, ListEntry, ListVersion, Match, Sweep
from flsf.market.feed.models import Edition, Record
from flsf.market.guides.models import Guide, GuideReview, GuideVersion
from flsf.market.kinds.models import Kind
from flsf.market.listings.models import Prompt, Recheck, Revision, TakenDown
from flsf.market.openings.models import Opening
from flsf.market.others.models import OtherService
from flsf.market.promises.models import ClimatePlan, Promise, ValueReport
from flsf.market.providers.models import (
    Capacity,
    CatalogueChange,
    Provider,
    Rate,
    Service,
    Site,
)
from flsf.market.reviews.models import GuidanceEdition, ProviderReview
from flsf.market.staff.models import Assurance, Member, StaffEvidence, StaffNeed
from flsf.market.standards.models import Acknowledgement, Standard, StandardCheck
from flsf.market.trainers.models import Trainer

__all__ = [
    "Acceptance",
    "Acknowledgement",
    "Admission",
    "Agreement",
    "Answer",
    "Application",
    "ApplicationStatus",
    "AppliedLot",
    "Assurance",
    "Capacity",
    "Case",
    "CatalogueChange",
    "Chase",
    "Check",
    "Clarification",
    "ClimatePlan",
    "Comment",
    "Condition",
    "Consensus",
    "DecidersInterest",
    "Decision",
    "Duty",
    "DutyCheck",
    "EarlierDecision",
    "Edition",
    "Evaluation",
    "Evaluator",
    "Evidence",
    "EvidenceTold",
    "GuidanceEdition",
    "Guide",
    "GuideReview",
    "GuideVersion",
    "JudgedBy",
    "Kind",
    "ListEntry",
    "ListVersion",
    "Listing",
    "Mark",
    "Match",
    "Member",
    "Neighbour",
    "Nudge",
    "NumberSettled",
    "Opening",
    "OtherService",
    "Paper",
    "Phrase",
    "Promise",
    "Prompt",
    "Provider",
    "ProviderReview",
    "QuestionSet",
    "Rate",
    "Recheck",
    "Record",
    "Reminder",
    "Reply",
    "Report",
    "Revision",
    "Service",
    "Site",
    "SiteSuspension",
    "StaffEvidence",
    "StaffNeed",
    "Standard",
    "StandardCheck",
    "StatusChange",
    "Submission",
    "Sweep",
    "TakenDown",
    "Telling",
    "Told",
    "Trainer",
    "Transition",
    "TransitionChange",
    "TransitionLine",
    "UnmetSearch",
    "ValueReport",
    "Visit",
]
