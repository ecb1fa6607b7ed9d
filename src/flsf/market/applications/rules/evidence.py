"""What an accepted application shows already, so that nobody is asked for it twice (S117)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flsf.core.dates import last_day_of_months
from flsf.market.applications.enums import Kind, Result
from flsf.market.applications.rules.limits import BY_START

USUAL_MONTHS = 12
DOES = frozenset({Result.TAKEN, Result.PASSED})


@dataclass(frozen=True, slots=True)
class Shows:
    """An answer that was evidence for a check: its value as rules.typed reads it."""

    check: str
    kind: Kind
    result: Result
    value: Any
    expires_after: int | None  # months


def shown(said: Iterable[Shows], *, accepted_on: date, lasts: Mapping[str, int]) -> dict[str, date]:
    """By check, the last day for which the answers show that it is met.

    All of a check's answers have to show it. A promise to have something before the start, and
    what was only explained, show nothing yet: that is asked for before the first call-off
    (section 22(3)). A date until which something holds is its last day; without one it holds for
    as many months as the answers and the check do, from the day of acceptance.
    """
    of: dict[str, list[Shows]] = defaultdict(list)
    for one in said:
        if one.check and one.result is not Result.MISSING:  # what may be left out was
            of[one.check].append(one)
    found = {}
    for check, answers in of.items():
        if any(one.result not in DOES or one.value == BY_START for one in answers):
            continue
        until = [
            date.fromisoformat(one.value)
            for one in answers
            if one.kind is Kind.DATE and one.result is Result.PASSED
        ]
        months = [one.expires_after for one in answers if one.expires_after]
        lasting = min([*months, lasts.get(check, USUAL_MONTHS)])
        last = min(until, default=last_day_of_months(accepted_on, lasting))
        if last >= accepted_on:
            found[check] = last
    return found
