"""Whether a session took place, whether the child came, and whether they were late.

Three facts, asked apart: a child can come and find the door shut, and a group can meet
without the child. Services that folded them into one answer had to unpick it later
(peers 2.8).
"""

from dataclasses import dataclass
from enum import StrEnum

from flsf.delivery.attendance.enums import AbsentBecause, Came, NotHeldBecause

MOST_MINUTES = 300  # a half-day holds no more; as the table of bookings says


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a worker says of one session. No minutes: as long as was agreed."""

    held: bool = True
    not_held_because: NotHeldBecause | None = None
    came: Came = Came.YES
    absent_because: AbsentBecause | None = None
    minutes_late: int = 0
    minutes: int | None = None


class Fault(StrEnum):
    """Answers that do not fit together, and how to mend each."""

    WHY_NOT_HELD = "Say why the session did not happen."
    HELD_HAS_NO_WHY = "The session happened, so take away the reason why it did not."
    WHY_ABSENT = "Say why the child did not come. Choose “Not known yet” if nobody knows."
    CAME_HAS_NO_WHY = "The child came, so take away the reason why they did not."
    CHILD_CAME = "The child came, so choose another reason why the session did not happen."
    HOW_LATE = "Say how many minutes late the child was, from 1 to 300."
    NOT_LATE = "The child was not late, so take away the minutes."
    LATE_FOR_NOTHING = "The session did not happen, so the child cannot have been late for it."
    HOW_LONG = "Say how many minutes the session was, from 1 to 300."


def fault_of(facts: Facts) -> Fault | None:
    """The first thing that does not fit together, if anything."""
    return _of_session(facts) or _of_child(facts) or _of_time(facts)


def settled_minutes(facts: Facts, agreed: int | None) -> int | None:
    """Minutes of support given: what was said, else what was agreed; none when there was none.

    None: neither was said.
    """
    if not facts.held or facts.came is Came.NO:
        return 0
    return facts.minutes if facts.minutes is not None else agreed


def _of_session(facts: Facts) -> Fault | None:
    if facts.held:
        return Fault.HELD_HAS_NO_WHY if facts.not_held_because else None
    if facts.not_held_because is None:
        return Fault.WHY_NOT_HELD
    if facts.not_held_because is NotHeldBecause.CHILD and facts.came is not Came.NO:
        return Fault.CHILD_CAME
    return Fault.LATE_FOR_NOTHING if facts.came is Came.LATE else None


def _of_child(facts: Facts) -> Fault | None:
    if facts.came is not Came.NO:
        return Fault.CAME_HAS_NO_WHY if facts.absent_because else None
    # Where the provider could not run the session, nobody asks why the child was not there.
    expected = facts.held or facts.not_held_because is NotHeldBecause.CHILD
    return Fault.WHY_ABSENT if expected and facts.absent_because is None else None


def _of_time(facts: Facts) -> Fault | None:
    if facts.came is Came.LATE and not 1 <= facts.minutes_late <= MOST_MINUTES:
        return Fault.HOW_LATE
    if facts.came is not Came.LATE and facts.minutes_late:
        return Fault.NOT_LATE
    if facts.minutes is not None and not 1 <= facts.minutes <= MOST_MINUTES:
        given = facts.held and facts.came is not Came.NO
        return Fault.HOW_LONG if given or facts.minutes else None
    return None
