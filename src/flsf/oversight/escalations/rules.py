"""Which step may follow which, and when."""

from dataclasses import dataclass
from datetime import date

from flsf.oversight.escalations.enums import Rung, Signal

LADDER = tuple(Rung)
# A child's safety waits for no reply, and a date that passed needs none.
AT_ONCE = frozenset({Signal.SAFEGUARDING, Signal.EVIDENCE})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStep:
    """A step to be taken: which, why, and what is to be put right until when."""

    rung: Rung
    signal: Signal
    reason: str
    due_on: date
    takes_effect_on: date


@dataclass(frozen=True, slots=True)
class Before:
    """The step before: until when a reply could come, and whether one did."""

    rung: Rung
    reply_by: date
    was_answered: bool


def goes_up(before: Before | None, to: Rung) -> bool:
    """Whether a step is higher than the one before; the same again is one more suspension."""
    if before is None:
        return True
    higher = LADDER.index(to) > LADDER.index(before.rung)
    return higher or (to is Rung.SUSPENDED and before.rung is Rung.SUSPENDED)


def must_wait(before: Before | None, to: Rung, signal: Signal, *, on: date) -> bool:
    """Whether the provider may still reply to the step before, and a higher one has to wait."""
    if before is None or signal in AT_ONCE or to is before.rung:
        return False
    return not before.was_answered and on <= before.reply_by


def goes_on_without_reply(before: Before | None) -> bool:
    """Whether the next step notes that nobody replied to the one before."""
    return before is not None and not before.was_answered


def is_late(reply_by: date, *, on: date) -> bool:
    """Whether a reply comes after its day. It is read all the same."""
    return on > reply_by
