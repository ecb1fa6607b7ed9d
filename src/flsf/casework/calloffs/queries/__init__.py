"""Reads of call-offs: those there are, and what would be found about another."""

from flsf.casework.calloffs.queries import registration
from flsf.casework.calloffs.queries.assess import (
    Assessment,
    Wanted,
    assess,
    may_still_be_bought,
    minutes_a_week,
)
from flsf.casework.calloffs.queries.awards import (
    COUNTED,
    Agreed,
    Cover,
    agreed,
    agreed_by_ref,
    awaiting,
    by_provider,
    called_off,
    called_off_rolling,
    children_by_waiver,
    competed,
    covers,
    estimated,
    of_referral,
    payers,
    register,
    unlisted,
    visible_ids,
    with_ref,
    years_of,
)
from flsf.casework.calloffs.queries.basis import (
    basis,
    basis_kept,
    criteria_shown,
    lot_id_with,
    lot_of,
)

__all__ = [
    "COUNTED", "Agreed", "Assessment", "Cover", "Wanted", "agreed", "agreed_by_ref", "assess",
    "awaiting", "basis", "basis_kept", "by_provider", "called_off", "called_off_rolling",
    "children_by_waiver", "competed", "covers", "criteria_shown", "estimated", "lot_id_with",
    "lot_of", "may_still_be_bought", "minutes_a_week", "of_referral", "payers", "register",
    "registration", "unlisted", "visible_ids", "with_ref", "years_of",
]  # fmt: skip
