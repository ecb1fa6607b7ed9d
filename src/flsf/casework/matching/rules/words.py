"""Why a service fits, and why one does not, in words that name the day, the miles, the places."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from flsf.casework.matching.enums import RULE_ORDER, Flag, RuleId
from flsf.casework.matching.rules.engine import (
    earliest_day,
    metres,
    minutes_in_all,
    minutes_there,
)
from flsf.casework.matching.rules.values import Columns, Question, RuleBook
from flsf.core import access, half_days, needs
from flsf.core.dates import in_words
from flsf.core.money import Money
from flsf.market.agreements.rules import NotParty
from flsf.market.exclusions.enums import Bar
from flsf.market.providers.enums import MODE_ORDER, Mode

METRES_A_MILE = 1609.344
MINUTES_AN_HOUR = 60
# Why there is no agreement is kept by its number here, from 1: add at the end, never move.
NOT_PARTY = (NotParty.NONE, NotParty.NOT_ACCEPTED, NotParty.DECLINED)


@dataclass(frozen=True, slots=True)
class Said:
    """One rule and what it says of one service."""

    rule: RuleId
    words: str


class _One(NamedTuple):
    place: int
    q: Question
    c: Columns


def failed(mask: int) -> list[RuleId]:
    """The rules of a mask's bits, in their order."""
    return [rule for rule in RULE_ORDER if mask & rule.bit]


def miles(distance: int) -> str:
    """A distance as people speak of it: "0.4 miles"."""
    shown = f"{distance / METRES_A_MILE:.1f}"
    return f"{shown} mile{'' if shown == '1.0' else 's'}"


def listing(words: Iterable[object]) -> str:
    """A list as a sentence has it."""
    *firsts, last = [str(one) for one in words] or [""]
    return f"{', '.join(firsts)} and {last}" if firsts else last


def day(ordinal: int) -> str:
    return in_words(date.fromordinal(ordinal))


def distance_in_words(place: int, q: Question, c: Columns) -> str:
    if not c.travels[place]:
        return "Online" if c.mode[place] == _bit(Mode.ONLINE) else "Comes to the child"
    found = metres(place, q, c)
    return "Distance not known" if found is None else f"{miles(found)} in a straight line"


def why_it_fits(place: int, q: Question, c: Columns) -> list[str]:
    """What speaks for a service that meets every rule, most telling first."""
    met = needs.from_mask(int(c.needs[place]) & q.needs)
    said = [f"Meets: {listing(one.label for one in met)}"] if met else []
    offered = half_days.from_mask(int(c.free[place]) & q.half_days)
    said.append(f"Free on {listing(offered)}")
    first = earliest_day(place, q, c)
    by = " or sooner than asked" if q.start_wanted and first < q.starts_on else ""
    said.append(f"Can start on {day(first)}{by}")
    said.append(distance_in_words(place, q, c))
    said.append(f"Works with ages {c.lowest_age[place]} to {c.highest_age[place]}")
    if q.access:
        said.append(f"Has: {listing(one.label for one in access.from_mask(q.access))}")
    if c.group[place] == 1:
        said.append("One to one")
    elif c.group[place]:
        said.append(f"Groups of up to {c.group[place]}")
    said.append("Checks in date")
    return said


def why_not(place: int, mask: int, q: Question, c: Columns) -> list[Said]:
    """Every reason for which a service was left out, with what would have to differ."""
    return [Said(rule, _REASONS[rule](_One(place, q, c))) for rule in failed(mask)]


# What is about the child and the service. The rest is told to whoever is no officer in the
# published words alone: what it costs, who else is there, what is between us and the provider.
ABOUT_FIT = frozenset(
    {
        *(RuleId.LOT, RuleId.AGE, RuleId.NEED, RuleId.MODE, RuleId.HALF_DAYS, RuleId.START),
        *(RuleId.DISTANCE, RuleId.ACCESS),
    }
)


def for_family(said: Said, book: RuleBook) -> str:
    """The same reason as a family or a school is told it."""
    if said.rule in ABOUT_FIT:
        return said.words
    return book.rule(said.rule).for_family.rstrip(".")


def warnings(found: Flag, place: int, q: Question, c: Columns) -> list[str]:
    """What to weigh about a service although no rule leaves it out."""
    said = []
    if Flag.DISTANCE_UNKNOWN in found:
        said.append("We do not know how far this is: check the journey")
    if Flag.NEAR_FULL_TIME in found:
        said.append(
            f"{hours(minutes_in_all(place, q, c))} hours a week with a provider that is not a "
            "registered school: full time begins above "
            f"{hours(q.full_time_minutes)} hours"
        )
    if Flag.FULL_TIME_IN_ALL in found:
        said.append(
            "No one of its places would be full time, but all of them together would: only a "
            "registered school may give that to some children"
        )
    if Flag.ONLY_EDUCATION in found:
        said.append("It would be the child's only education, and it is not a registered school")
    if Flag.CHECK_RUNS_OUT in found:
        said.append(f"A check runs out on {day(int(c.checks_until[place]))}: ask for the new one")
    return said


def hours(minutes: int) -> str:
    return f"{minutes / MINUTES_AN_HOUR:.2f}".rstrip("0").rstrip(".")


def _lot(_: _One) -> str:
    return "It is for another kind of support than was asked for"


def _admitted(one: _One) -> str:
    _, q, _ = one
    return (
        "The provider is not in the pool for this kind of support, or not at this site, on "
        f"{day(q.starts_on)}"
    )


def _checks(one: _One) -> str:
    place, q, c = one
    lacking = int(c.checks_lacking[place])
    names = [name for bit, name in enumerate(c.check_names) if lacking >> bit & 1]
    return f"Not in date today and on {day(q.starts_on)}: {listing(names)}"


def _open(one: _One) -> str:
    place, _, c = one
    if c.is_open[place]:
        return f"It takes no new children from {day(int(c.closed_from[place]))}"
    return "It is full or takes no new children"


def _age(one: _One) -> str:
    place, q, c = one
    return (
        f"It works with ages {c.lowest_age[place]} to {c.highest_age[place]}; "
        f"the child will be {q.age}"
    )


def _need(one: _One) -> str:
    _, q, _ = one
    asked = needs.from_mask(q.main_need or q.needs)
    return f"It does not say that it meets: {listing(each.label for each in asked)}"


def _mode(one: _One) -> str:
    place, q, c = one
    asked = [each.label.lower() for each in MODE_ORDER if q.modes & _bit(each)]
    mode = next(each for each in MODE_ORDER if int(c.mode[place]) == _bit(each))
    return f"It is given {mode.label.lower()}; asked for: {listing(asked)}"


def _half_days(one: _One) -> str:
    place, q, c = one
    offered = int(c.free[place]) & q.half_days
    if not offered:
        return "No half-day that was asked for has a place free"
    full = half_days.from_mask(q.half_days & ~offered)
    count = offered.bit_count()
    return (
        f"Only {count} of the {q.half_days_needed} half-days needed "
        f"{'has' if count == 1 else 'have'} a place free. Full: {listing(full)}"
    )


def _start(one: _One) -> str:
    place, q, c = one
    first = day(earliest_day(place, q, c))
    return f"It can start on {first}; wanted by {day(q.starts_on)}"


def _distance(one: _One) -> str:
    place, q, c = one
    found = metres(place, q, c) or 0
    return f"It is {miles(found)} away; asked for within {miles(q.most_metres or 0)}"


def _price(one: _One) -> str:
    place, q, c = one
    if not c.rate[place]:
        return f"It has no price that holds on {day(q.starts_on)}"
    cap = Money(int(c.price_cap[place]))
    return f"It costs {Money(int(c.rate[place]))}; the most we pay in this lot is {cap}"


def _access(one: _One) -> str:
    place, q, c = one
    missing = access.from_mask(q.access & ~int(c.access[place]))
    return f"It does not have: {listing(each.label for each in missing)}"


def _registration(one: _One) -> str:
    place, q, c = one
    if c.registered_only[place]:
        return "This lot is for registered schools only, and the provider is not one"
    there = hours(minutes_there(place, q, c))
    why = (
        "a child who has a plan or is looked after"
        if q.plan_or_care
        else f"{q.most_children} or more children of school age"
    )
    return (
        f"The child would be at this place for {there} hours a week. More than "
        f"{hours(q.full_time_minutes)} hours is full time, and only a registered school may give "
        f"that to {why}"
    )


def _limit(one: _One) -> str:
    place, _, c = one
    limit, others = int(c.limit[place]), int(c.others[place])
    have = "1 other child has" if others == 1 else f"{others} other children have"
    return (
        "It takes no more children until our first visit: up to "
        f"{limit} {'child' if limit == 1 else 'children'}, and {have} a place in those days"
    )


def _barred(one: _One) -> str:
    place, _, c = one
    return f"Nothing may be awarded to its provider now. {Bar(int(c.barred[place])).words}"


def _agreement(one: _One) -> str:
    place, _, c = one
    return str(NOT_PARTY[int(c.unagreed[place]) - 1].value)


def _bit(mode: Mode) -> int:
    return 1 << MODE_ORDER.index(mode)


_REASONS: Mapping[RuleId, Callable[[_One], str]] = {
    RuleId.LOT: _lot,
    RuleId.ADMITTED: _admitted,
    RuleId.CHECKS: _checks,
    RuleId.OPEN: _open,
    RuleId.AGE: _age,
    RuleId.NEED: _need,
    RuleId.MODE: _mode,
    RuleId.HALF_DAYS: _half_days,
    RuleId.START: _start,
    RuleId.DISTANCE: _distance,
    RuleId.PRICE: _price,
    RuleId.ACCESS: _access,
    RuleId.REGISTRATION: _registration,
    RuleId.LIMIT: _limit,
    RuleId.BARRED: _barred,
    RuleId.AGREEMENT: _agreement,
}
