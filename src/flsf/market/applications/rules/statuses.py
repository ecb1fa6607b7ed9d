"""How an application's status may change, and the clocks it starts."""

from collections.abc import Mapping
from datetime import date, timedelta

from flsf.core.dates import anniversary
from flsf.market.applications.enums import Status

S = Status

# Sent and not decided: it can still be withdrawn, and its answers cannot be changed.
WITH_US = frozenset({S.SUBMITTED, S.BEING_CHECKED, S.QUESTION_SENT})
# Its answers may be changed by whoever applies.
OPEN = frozenset({S.IN_PROGRESS})

MOVES: Mapping[Status, frozenset[Status]] = {
    S.IN_PROGRESS: frozenset({S.SUBMITTED, S.WITHDRAWN}),
    S.SUBMITTED: frozenset({S.BEING_CHECKED, S.QUESTION_SENT, S.WITHDRAWN}),
    S.BEING_CHECKED: frozenset({S.QUESTION_SENT, S.ACCEPTED, S.NOT_ACCEPTED, S.WITHDRAWN}),
    S.QUESTION_SENT: frozenset({S.BEING_CHECKED, S.WITHDRAWN}),
    # Reapplying opens the same answers again (S138).
    S.NOT_ACCEPTED: frozenset({S.IN_PROGRESS}),
    S.WITHDRAWN: frozenset({S.IN_PROGRESS}),
    S.ACCEPTED: frozenset(),  # but for apply_for_more, which keeps what was joined
}

NUDGE_AFTER_DAYS = (14, 30)
# The message that says that an application came. It is queued at the moment of sending.
RECEIPT = "application-received"
KEEP_YEARS = 1


def may_move(before: Status, after: Status) -> bool:
    """Whether one status may follow the other."""
    return after in MOVES[before]


def nudge_due(touched_on: date, nudged: frozenset[int], *, on: date) -> int | None:
    """Which reminder is due for an application left alone since then, if one is.

    Of several missed, only the last: nobody is reminded twice in a day.
    """
    due = [days for days in NUDGE_AFTER_DAYS if on >= touched_on + timedelta(days=days)]
    return due[-1] if due and due[-1] not in nudged else None


def may_be_forgotten(touched_on: date, *, on: date) -> bool:
    """Whether an unsent application has been left alone for so long that it may go."""
    return on >= anniversary(touched_on, KEEP_YEARS)
