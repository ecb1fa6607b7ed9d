"""Collects the tables of this group for Django; nothing else imports it."""

from flsf.market.admissions.models import Admission, SiteSuspension, StatusChange
from flsf.market.checks.models import Check, Evidence, Reminder
from flsf.market.directory.models import Listing, UnmetSearch
from flsf.market.listings.models import Prompt, Recheck, Revision, TakenDown
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
    "Capacity",
    "CatalogueChange",
    "Check",
    "Evidence",
    "Listing",
    "Prompt",
    "Provider",
    "Rate",
    "Recheck",
    "Reminder",
    "Revision",
    "Service",
    "Site",
    "SiteSuspension",
    "StatusChange",
    "TakenDown",
    "UnmetSearch",
]
