"""The only writes of evaluations."""

from flsf.market.evaluation.actions.deciding import (
    AlreadyDecided,
    AlreadyTold,
    LimitDoesNotFit,
    MayNotBeTaken,
    MayNotDecide,
    MayNotTell,
    ModelRefuses,
    NothingToTell,
    NotReported,
    OutcomeDoesNotFit,
    RoundStillOpen,
    StillUndecided,
    WasEvaluator,
    WordsMissing,
    decide,
    release,
    report,
)
from flsf.market.evaluation.actions.marking import (
    AlreadyAssigned,
    AlreadyDeclared,
    DeclareFirst,
    EnoughEvaluators,
    Finished,
    HasInterest,
    InterestMissing,
    MarksMissing,
    MayNotEvaluate,
    NoSuchCriterion,
    NotSent,
    NotYourEvaluation,
    ScoreWrong,
    assign,
    declare,
    finish,
    mark,
    open_evaluation,
)
from flsf.market.evaluation.actions.reopening import DoesNotStand, TooLate, reopen
from flsf.market.evaluation.actions.talking import (
    AlreadyAgreed,
    AlreadyAsked,
    Disagreeing,
    NoteMissing,
    NotFinished,
    NotOpenQuestion,
    agree,
    answer,
    ask,
)

__all__ = [
    "AlreadyAgreed", "AlreadyAsked", "AlreadyAssigned", "AlreadyDecided", "AlreadyDeclared",
    "AlreadyTold", "DeclareFirst", "Disagreeing", "DoesNotStand", "EnoughEvaluators", "Finished",
    "HasInterest", "InterestMissing", "LimitDoesNotFit", "MarksMissing", "MayNotBeTaken",
    "MayNotDecide", "MayNotEvaluate", "MayNotTell", "ModelRefuses", "NoSuchCriterion",
    "NotFinished", "NotOpenQuestion", "NotReported", "NotSent", "NotYourEvaluation", "NoteMissing",
    "NothingToTell", "OutcomeDoesNotFit", "RoundStillOpen", "ScoreWrong", "StillUndecided",
    "TooLate", "WasEvaluator", "WordsMissing", "agree", "answer", "ask", "assign", "decide",
    "declare", "finish", "mark", "open_evaluation", "release", "reopen", "report",
]  # fmt: skip
