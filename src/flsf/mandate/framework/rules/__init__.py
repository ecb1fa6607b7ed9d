"""How long the framework may run, and what its lots are."""

from flsf.mandate.framework.rules.defaults import DEFAULT_CALL_OFF_METHOD, DEFAULT_LOTS
from flsf.mandate.framework.rules.lots import LotFacts, LotTerms, NewLot, ages_in_order
from flsf.mandate.framework.rules.term import MOST_YEARS, Term, is_within_cap, may_extend

__all__ = [
    "DEFAULT_CALL_OFF_METHOD",
    "DEFAULT_LOTS",
    "MOST_YEARS",
    "LotFacts",
    "LotTerms",
    "NewLot",
    "Term",
    "ages_in_order",
    "is_within_cap",
    "may_extend",
]
