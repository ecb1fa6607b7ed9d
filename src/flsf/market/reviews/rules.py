"""When a policy is looked at again, against which guidance, and how a provider stands with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flsf.core.dates import anniversary
from flsf.market.reviews.enums import GUIDANCE, Outcome, Standing, Subject

# The guidance that a policy is read beside. A new edition of it asks for a fresh review.
READ_BESIDE: Mapping[Subject, Subject] = {
    Subject.SAFEGUARDING: Subject.KCSIE,
    Subject.BEHAVIOUR: Subject.ALTERNATIVE,
    **{one: one for one in GUIDANCE},
}
# What the other policies are read beside. None of it is issued in editions that we keep.
STANDARDS = "DfE voluntary national standards for non-school AP, August 2025"
READ_BESIDE_OTHERS: Mapping[Subject, str] = {
    **dict.fromkeys(
        (Subject.HEALTH_AND_SAFETY, Subject.RISK, Subject.COMPLAINTS, Subject.FIRST_AID), STANDARDS
    ),
    Subject.DATA: "UK General Data Protection Regulation",
}
# Keeping children safe in education is issued anew each year and holds from 1 September: what
# rests on it is looked at again in that month.
EACH_SEPTEMBER = frozenset({Subject.SAFEGUARDING, Subject.KCSIE})
SEPTEMBER = 9
LAST_OF_SEPTEMBER = 30
SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class NewReview:
    """What somebody found. `next_on`: the last day by which it is looked at again."""

    subject: Subject
    outcome: Outcome
    words: str
    reviewed_on: date
    next_on: date


def latest_next(subject: Subject, reviewed_on: date) -> date:
    """The last day by which it is looked at again: in a year, or in September after the guidance.

    What was looked at in September, or later in the year, holds until the September after.
    """
    if subject not in EACH_SEPTEMBER:
        return anniversary(reviewed_on, 1)
    is_before = reviewed_on < date(reviewed_on.year, SEPTEMBER, 1)
    return date(reviewed_on.year + (not is_before), SEPTEMBER, LAST_OF_SEPTEMBER)


def due_on(next_on: date, newer_from: date | None, *, days: int) -> date:
    """By when it is looked at again: a newer edition of its guidance asks so many days after it
    began to hold, where that is earlier.
    """
    if newer_from is None:
        return next_on
    return min(next_on, newer_from + timedelta(days=days))


def standing(outcome: Outcome | None, due: date | None, *, on: date) -> Standing:
    """How a provider stands on a day with what was found last. The last day still counts."""
    if outcome is None or due is None:
        return Standing.NEVER
    if on > due:
        return Standing.OVERDUE
    if outcome is not Outcome.MEETS:
        return Standing.CHANGES
    return Standing.DUE_SOON if due - on <= SOON else Standing.IN_DATE
