"""Collects the tables of this group for Django; nothing else imports it."""

from flsf.mandate.budgets.models import Budget, DelegatedLimit, Fund, LedgerLine
from flsf.mandate.framework.models import Framework, Lot, LotVersion
from flsf.mandate.law.models import Provision
from flsf.mandate.waivers.models import Waiver

__all__ = [
    "Budget",
    "DelegatedLimit",
    "Framework",
    "Fund",
    "LedgerLine",
    "Lot",
    "LotVersion",
    "Provision",
    "Waiver",
]
