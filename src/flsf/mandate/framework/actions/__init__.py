"""The only writes of frameworks, their lots, their commercial model and their criteria."""

from flsf.mandate.framework.actions.commercial import (
    AlreadyWithdrawn,
    CriteriaInThePast,
    CriteriaMissing,
    CriteriaUnchanged,
    MeasuresInThePast,
    MeasuresMissing,
    MeasuresUnchanged,
    ModelFollowed,
    ModelInThePast,
    ModelOutsideTerm,
    ModelReasonMissing,
    NotAnOpenFramework,
    SameModel,
    TermTooLongForModel,
    publish_criteria,
    publish_measures,
    reopen,
    set_model,
    withdraw_model,
)
from flsf.mandate.framework.actions.frameworks import (
    ApprovalMissing,
    ApprovedLater,
    BeyondLegalTerm,
    BeyondTermCap,
    CeilingNotFair,
    change,
    establish,
    extend,
)
from flsf.mandate.framework.actions.lots import (
    AgesOutOfOrder,
    LotCodeTaken,
    NoWayToBuy,
    PriceCapNotFair,
    change_lot,
    open_lot,
    open_lots,
)

__all__ = [
    "AgesOutOfOrder", "AlreadyWithdrawn", "ApprovalMissing", "ApprovedLater", "BeyondLegalTerm",
    "BeyondTermCap", "CeilingNotFair", "CriteriaInThePast", "CriteriaMissing",
    "CriteriaUnchanged", "LotCodeTaken", "MeasuresInThePast", "MeasuresMissing",
    "MeasuresUnchanged", "ModelFollowed", "ModelInThePast", "ModelOutsideTerm",
    "ModelReasonMissing", "NoWayToBuy", "NotAnOpenFramework", "PriceCapNotFair", "SameModel",
    "TermTooLongForModel",
    "change", "change_lot", "establish", "extend", "open_lot", "open_lots", "publish_criteria",
    "publish_measures", "reopen", "set_model", "withdraw_model",
]  # fmt: skip
