"""Which answers of an earlier application are filled in when the same is asked again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flsf.core.dates import last_day_of_months
from flsf.market.applications.enums import Kind
from flsf.market.applications.rules.evidence import DOES
from flsf.market.applications.rules.limits import BY_START
from flsf.market.applications.rules.questions import Question
from flsf.market.applications.rules.sheet import Judged, Said, judge_one


@dataclass(frozen=True, slots=True)
class Before:
    """An answer of an application that was sent, with the question as asked then and now."""

    code: str
    then: Question
    now: Question
    typed: tuple[str, ...]
    sent_on: date


def is_same(then: Question, now: Question) -> bool:
    """Whether the same was asked: in the same words, to be answered in the same way."""
    return (then.code, then.kind, then.asks, then.options, then.each_lot, then.unit) == (
        *(now.code, now.kind, now.asks, now.options, now.each_lot, now.unit),
    )


def reusable(before: Iterable[Before], *, on: date) -> list[Before]:
    """Those that may be filled in on a day, for whoever applies to look at.

    The question is the same and is marked as one to keep. Whatever would not pass today, or has
    run out, is not; nor is anything else that was evidence for the same check. A promise to
    have something before the start was made for that start, so it is made anew.
    """
    every = [one for one in before if is_same(one.then, one.now)]
    judged = [(one, judge_one(one.now, Said(one.typed), on=on)) for one in every]
    over = {
        one.now.check for one, found in judged if one.now.check and _has_run_out(one, found, on=on)
    }
    return [
        one
        for one, found in judged
        if one.now.is_reusable
        and found.result in DOES
        and found.value != BY_START
        and one.now.check not in over
        and not _has_run_out(one, found, on=on)
    ]


def _has_run_out(one: Before, found: Judged, *, on: date) -> bool:
    if found.value is None:
        return False
    if found.result not in DOES:
        return True
    if one.now.expires_after is None:
        return False
    since = date.fromisoformat(str(found.value)) if one.now.kind is Kind.DATE else one.sent_on
    return last_day_of_months(since, one.now.expires_after) < on
