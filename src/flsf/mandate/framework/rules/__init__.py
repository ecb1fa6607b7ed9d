"""How long the framework may run, what its lots are, and what its commercial model allows."""

from flsf.mandate.framework.rules.commercial import (
    MODELS,
    Answer,
    CallOff,
    Carrying,
    Due,
    Model,
    Pool,
    Reopening,
    TakenOver,
    Years,
)
from flsf.mandate.framework.rules.commercial.shared import ASKED
from flsf.mandate.framework.rules.defaults import (
    DEFAULT_CALL_OFF_METHOD,
    DEFAULT_LOTS,
    DEFAULT_MEASURES,
)
from flsf.mandate.framework.rules.lots import LotFacts, LotTerms, NewLot, ages_in_order
from flsf.mandate.framework.rules.term import MOST_YEARS, Term, is_within_cap, may_extend

__all__ = [
    "ASKED", "DEFAULT_CALL_OFF_METHOD", "DEFAULT_LOTS", "DEFAULT_MEASURES", "MODELS", "MOST_YEARS",
    "Answer", "CallOff", "Carrying", "Due", "LotFacts", "LotTerms", "Model", "NewLot", "Pool",
    "Reopening", "TakenOver", "Term", "Years", "ages_in_order", "is_within_cap", "may_extend",
]  # fmt: skip
