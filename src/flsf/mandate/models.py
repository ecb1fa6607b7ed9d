"""Collects the tables of this group for Django; nothing else imports it."""

from flsf.mandate.budgets.models import Budget, DelegatedLimit, Fund, LedgerLine
from flsf.mandate.delegations.models import Delegation
from flsf.mandate.framework.models import (
    Extension,
    Framework,
    Lot,
    LotVersion,
    ModelSetting,
    Published,
)
from flsf.mandate.governance.models import Answering, Declaration, Entry, Version
from flsf.mandate.law.models import Provision
from flsf.mandate.retenders.models import Cover, Retender
from flsf.mandate.rounds.models import Round, RoundChange, RoundNotice
from flsf.mandate.waivers.models import Waiver

__all__ = [
    "Answering",
    "Budget",
    "Cover",
    "Declaration",
    "DelegatedLimit",
    "Delegation",
    "Entry",
    "Extension",
    "Framework",
    "Fund",
    "LedgerLine",
    "Lot",
    "LotVersion",
    "ModelSetting",
    "Provision",
    "Published",
    "Retender",
    "Round",
    "RoundChange",
    "RoundNotice",
    "Version",
    "Waiver",
]
