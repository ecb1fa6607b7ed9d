"""The only writes of agreements, of who accepted them, and of changes of the commercial model."""

from flsf.market.agreements.actions.accepting import (
    AcceptedAlready,
    AnsweredAlready,
    NotTheirs,
    RemindedToday,
    Signature,
    SignatureMissing,
    SignedLater,
    WordsMissing,
    accept,
    answer,
    note_reminded,
    record_signed,
    reply,
)
from flsf.market.agreements.actions.changing import (
    AlreadyReissued,
    AnotherChangeUnderWay,
    DayHasPassed,
    DebarmentCheckTooOld,
    DebarmentNotChecked,
    NotCarriedOut,
    NotRehearsed,
    PlacementsChanged,
    StaleRehearsal,
    carry_out,
    confirm,
    leave_out,
    record_placements,
    rehearse,
    take_back_in,
    undo,
)
from flsf.market.agreements.actions.issuing import (
    AgreementInForce,
    ChangeNotConfirmed,
    NeedsAPerson,
    NotInForce,
    ReasonMissing,
    issue_again,
    issue_many,
    write_out,
)

__all__ = [
    "AcceptedAlready", "AgreementInForce", "AlreadyReissued", "AnotherChangeUnderWay",
    "AnsweredAlready", "ChangeNotConfirmed", "DayHasPassed", "DebarmentCheckTooOld",
    "DebarmentNotChecked", "NeedsAPerson", "NotCarriedOut", "NotInForce", "NotRehearsed",
    "NotTheirs", "PlacementsChanged", "ReasonMissing", "RemindedToday", "Signature",
    "SignatureMissing", "SignedLater", "StaleRehearsal", "WordsMissing", "accept", "answer",
    "carry_out", "confirm", "issue_again", "issue_many", "leave_out", "note_reminded",
    "record_placements", "record_signed", "rehearse", "reply", "take_back_in", "undo",
    "write_out",
]  # fmt: skip
