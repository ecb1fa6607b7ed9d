"""Collects the tables of this group for Django; nothing else imports it."""

from flsf.shared.accounts.models import Membership, Organisation, User
from flsf.shared.audit.models import AuditEntry, RecordView
from flsf.shared.calendars.models import BankHoliday, Closure, Term
from flsf.shared.council.models import Told
from flsf.shared.documents.models import Content, Document
from flsf.shared.imports.models import Batch, Mapping, Problem, Upload
from flsf.shared.notify.models import Message
from flsf.shared.places.models import Postcode, School, SchoolLink, Ward

__all__ = [
    "AuditEntry",
    "BankHoliday",
    "Batch",
    "Closure",
    "Content",
    "Document",
    "Mapping",
    "Membership",
    "Message",
    "Organisation",
    "Postcode",
    "Problem",
    "RecordView",
    "School",
    "SchoolLink",
    "Term",
    "Told",
    "Upload",
    "User",
    "Ward",
]
