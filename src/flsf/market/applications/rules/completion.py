"""How many of those who begin an application send it, and where those who stop stop (K9)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flsf.market.applications.rules.questions import Section

BEFORE = Section("", "Before the first answer")
NO_LONGER = Section("no-longer-asked", "A part that is not asked any more")


@dataclass(frozen=True, slots=True)
class Start:
    """One application that was begun. Sections by code; what was filled in for them is not theirs.

    `last` is the section of the last answer; empty: there was none. `has_stopped`: never sent, not
    withdrawn, and nothing was touched for as long as the first reminder waits.
    """

    is_sent: bool
    is_withdrawn: bool
    has_stopped: bool
    answered: frozenset[str] = frozenset()
    finished: frozenset[str] = frozenset()
    last: str = ""


@dataclass(frozen=True, slots=True)
class SectionCount:
    """One section in numbers of applications."""

    section: Section
    answered: int
    finished: int
    stopped: int
    percent_of_stopped: int | None  # None: nobody stopped


@dataclass(frozen=True, slots=True)
class Completion:
    """What became of the applications that were begun. The four below add up to `begun`."""

    begun: int
    sent: int
    withdrawn: int
    stopped: int
    going_on: int
    sections: tuple[SectionCount, ...]

    @property
    def percent_sent(self) -> int | None:
        """Sent of those begun, rounded to the nearest; None: nobody began."""
        return percent(self.sent, self.begun)


def percent(part: int, whole: int) -> int | None:
    """Whole percents, a half upwards; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None


def completion(sections: Sequence[Section], starts: Iterable[Start]) -> Completion:
    """What became of them, and the sections in order with those who stopped before and after."""
    every = list(starts)
    stopped = [one for one in every if one.has_stopped]
    known = {one.code for one in (BEFORE, *sections)}
    at = Counter(one.last if one.last in known else NO_LONGER.code for one in stopped)
    answered = Counter(code for one in every for code in one.answered)
    finished = Counter(code for one in every for code in one.finished)
    shown = [BEFORE, *sections, *([NO_LONGER] if at[NO_LONGER.code] else [])]
    sent = sum(1 for one in every if one.is_sent)
    withdrawn = sum(1 for one in every if one.is_withdrawn and not one.is_sent)
    return Completion(
        begun=len(every),
        sent=sent,
        withdrawn=withdrawn,
        stopped=len(stopped),
        going_on=len(every) - sent - withdrawn - len(stopped),
        sections=tuple(
            SectionCount(
                section=one,
                answered=answered[one.code],
                finished=finished[one.code],
                stopped=at[one.code],
                percent_of_stopped=percent(at[one.code], len(stopped)),
            )
            for one in shown
        ),
    )
