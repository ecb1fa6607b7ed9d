"""Who is a party to a framework agreement: a call-off is made under one (section 45)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from flsf.market.agreements.enums import How, PaperStatus, ReplyKind

# Days after a paper was issued on which whoever has not answered is written to. As for an
# application left half-way, with one more: no child can be placed until it is accepted.
REMIND_AFTER_DAYS = (7, 14, 30)


class NotParty(StrEnum):
    """Why nothing may be called off in a lot, in words."""

    NONE = "No framework agreement for this lot is in force with them"
    NOT_ACCEPTED = "They have not accepted the framework agreement for this lot yet"
    DECLINED = "They have declined the framework agreement for this lot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An agreement as far as it matters whether its provider is a party to it."""

    id: int
    is_accepted: bool  # online, or signed on paper
    is_carried_over: bool  # issued again because the commercial model changed
    follows: int | None


def is_party(one: Held, others: Mapping[int, Held]) -> bool:
    """Whether it was accepted, or carried over from one whose provider was a party to it.

    Who is on a framework may be carried over for that alone (section 49(4)), and may opt out; a
    later version for any other reason needs its own acceptance.
    """
    seen: set[int] = set()
    while not one.is_accepted:
        before = others.get(one.follows) if one.follows is not None else None
        if not one.is_carried_over or before is None or one.id in seen:
            return False
        seen.add(one.id)
        one = before
    return True


def is_reminder_due(issued_on: date, reminded_on: Collection[date], *, on: date) -> bool:
    """Whether a paper that waits is due a reminder: one for each of REMIND_AFTER_DAYS.

    One sent by hand, or late, stands for those due before it: nobody is pressed twice for one.
    """
    due = [day for days in REMIND_AFTER_DAYS if (day := issued_on + timedelta(days=days)) <= on]
    return bool(due) and all(sent < due[-1] for sent in reminded_on)


def status(
    *,
    how: How | None,
    is_in_force: bool,
    is_carried_over: bool,
    replies: Iterable[tuple[ReplyKind, bool]],
) -> PaperStatus:
    """How a paper stands. `replies`, the oldest first, are their kinds and whether answered."""
    if not is_in_force:
        return PaperStatus.ENDED
    if how is not None:
        return PaperStatus.ACCEPTED if how is How.ONLINE else PaperStatus.ON_PAPER
    said = list(replies)
    if said and said[-1][0] is ReplyKind.DECLINED:
        return PaperStatus.DECLINED
    if any(not answered for _, answered in said):
        return PaperStatus.ASKED
    return PaperStatus.CARRIED_OVER if is_carried_over else PaperStatus.WAITING


# Those of which somebody is still to do something.
OPEN: Collection[PaperStatus] = (
    PaperStatus.WAITING,
    PaperStatus.ASKED,
    PaperStatus.DECLINED,
    PaperStatus.CARRIED_OVER,
)
# Those that a provider may accept: it may think again after declining.
ACCEPTABLE = frozenset(OPEN)
