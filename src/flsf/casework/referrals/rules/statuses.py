"""From which status a referral may go to which, and the bar that families see."""

from collections.abc import Mapping

from flsf.casework.referrals.enums import FAMILY_WORDS, Status

S = Status

FINISHED = (S.CLOSED,)
# Nobody has offered anything yet: the waiting list of S29.
WAITING = (S.RECEIVED, S.LOOKED_AT, S.MATCHING)

_ONWARDS = frozenset({S.LOOKED_AT, S.MATCHING, S.OFFERED, S.STARTED, S.CLOSED})

# Support that falls through or changes sends a referral back to matching (S16); a closed
# one is only ever opened to be read again.
MOVES: Mapping[Status, frozenset[Status]] = {
    S.RECEIVED: _ONWARDS,
    S.LOOKED_AT: _ONWARDS - {S.LOOKED_AT},
    S.MATCHING: _ONWARDS - {S.MATCHING},
    S.OFFERED: _ONWARDS - {S.OFFERED},
    S.STARTED: frozenset({S.MATCHING, S.CLOSED}),
    S.CLOSED: frozenset({S.LOOKED_AT}),
}

# The five steps of the family's page (hero screen 7).
STEPS = (S.RECEIVED, S.LOOKED_AT, S.MATCHING, S.OFFERED, S.STARTED)


def may_move(before: Status, to: Status) -> bool:
    """Whether a referral may go from one status to another."""
    return to in MOVES[before]


def may_move_to(before: Status) -> list[Status]:
    """Where it may go, in the order of the list."""
    return [status for status in Status if may_move(before, status)]


def steps_of(status: Status) -> list[tuple[str, str]]:
    """The five steps in the family's words, each "done", "now" or "later"."""
    if status is S.CLOSED:
        return [(FAMILY_WORDS[step], "done") for step in STEPS]
    here = STEPS.index(status)
    words = {True: "done", False: "later"}
    return [
        (FAMILY_WORDS[step], "now" if place == here else words[place < here])
        for place, step in enumerate(STEPS)
    ]
