"""The code a school's register takes, from who arranged the session and what happened.

The School Attendance (Pupil Registration) (England) Regulations 2024 (SI 2024/208),
regulation 10, in force since 19 August 2024. A provider says in plain words what happened;
nobody chooses a code. Whether leave is granted is for the school alone (regulation 11), so
where it turns on that we say N, which the school must settle within five school days
(regulation 10(7) to (9)).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flsf.delivery.attendance.enums import AbsentBecause, Came, NotHeldBecause
from flsf.delivery.placements.enums import Commissioner

REGULATION = "SI 2024/208, regulation 10"


@dataclass(frozen=True, slots=True)
class Coded:
    """A code, what it says, and on what authority."""

    code: str
    words: str
    law: str


# Educated elsewhere: it counts as attending.
ELSEWHERE: Mapping[Commissioner, Coded] = {
    Commissioner.COUNCIL: Coded("K", "Education the council arranged", f"{REGULATION}(3)"),
    Commissioner.SCHOOL: Coded("B", "Education the school arranged elsewhere", f"{REGULATION}(3)"),
    Commissioner.SECOND_SCHOOL: Coded("D", "At the other school", f"{REGULATION}(3)"),
}

ABSENT: Mapping[AbsentBecause, Coded] = {
    AbsentBecause.ILLNESS: Coded("I", "Illness, of body or mind", REGULATION),
    AbsentBecause.MEDICAL: Coded("M", "Medical or dental appointment", REGULATION),
    AbsentBecause.NOT_ABLE: Coded("N", "Reason for the school to settle", f"{REGULATION}(7)"),
    AbsentBecause.TRANSPORT: Coded("Q", "The council's transport did not come", REGULATION),
    AbsentBecause.FAMILY: Coded("N", "Leave is for the school to grant", f"{REGULATION}(7)"),
    AbsentBecause.SCHOOL: Coded("C", "Leave the school agreed", REGULATION),
    AbsentBecause.NOT_KNOWN: Coded("N", "Reason not yet known", f"{REGULATION}(7)"),
}
SCHOOL_TRANSPORT = Coded("Y1", "Transport the school arranged did not come", REGULATION)

# The session was not there for the child to come to: they could not attend.
NOT_HELD: Mapping[NotHeldBecause, Coded] = {
    NotHeldBecause.PROVIDER: Coded("Y7", "The provider could not run it", f"{REGULATION}(6)"),
    NotHeldBecause.SITE: Coded("Y7", "The place was shut", f"{REGULATION}(6)"),
    NotHeldBecause.WEATHER: Coded("Y2", "Travel was disrupted", REGULATION),
    NotHeldBecause.CANCELLED_IN_TIME: Coded("Y7", "Cancelled before the day", f"{REGULATION}(6)"),
}

NOT_KNOWN = ABSENT[AbsentBecause.NOT_KNOWN]

# Every code we ever give, for the key beside a strip of marks.
CODES: Mapping[str, str] = {
    one.code: one.words
    for one in (
        *ELSEWHERE.values(),
        *ABSENT.values(),
        SCHOOL_TRANSPORT,
        *NOT_HELD.values(),
    )
} | {"N": NOT_KNOWN.words, "Y7": "Another cause that could not be helped"}


def coded(
    commissioner: Commissioner,
    *,
    held: bool,
    came: Came,
    absent_because: AbsentBecause | None,
    not_held_because: NotHeldBecause | None = None,
) -> Coded:
    """The code of a session with its words and its law."""
    if not held and not_held_because and not_held_because in NOT_HELD:
        return NOT_HELD[not_held_because]
    if held and came is not Came.NO:
        return ELSEWHERE[commissioner]
    if absent_because is AbsentBecause.TRANSPORT and commissioner is not Commissioner.COUNCIL:
        return SCHOOL_TRANSPORT
    return ABSENT[absent_because] if absent_because else NOT_KNOWN


def school_code(
    commissioner: Commissioner,
    *,
    held: bool,
    came: Came,
    absent_because: AbsentBecause | None,
    not_held_because: NotHeldBecause | None = None,
) -> str:
    """The code alone: K, B or D when the child came; else why they did not."""
    return coded(
        commissioner,
        held=held,
        came=came,
        absent_because=absent_because,
        not_held_because=not_held_because,
    ).code
