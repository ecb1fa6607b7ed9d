"""A match as a page tells it: why each service fits, and why each does not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from flsf.casework.matching import rules
from flsf.casework.matching.enums import TERM_ORDER, RuleId
from flsf.casework.matching.queries import Match
from flsf.casework.matching.rules import Question, Rule
from flsf.core import access, half_days, needs
from flsf.core.money import Money
from flsf.mandate.framework.enums import Unit
from flsf.market.providers.enums import MODE_ORDER, ProviderKind, mode_bit
from flsf.market.providers.queries import MatchedRow

# As many as are read at a sitting; the list of every service shows the others.
MOST_RANKED, MOST_NEAR, MOST_EXCLUDED = 10, 8, 8
MOST_COMPARED = 4
# A price within so many hundredths of the lowest in the lot is low, or middling.
LOW, MIDDLING = 115, 150
# Nobody sets these aside, but they may be met on other days or for fewer half-days.
OF_THE_DAYS = frozenset({RuleId.LIMIT, RuleId.REGISTRATION})
HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One service that fits."""

    rank: int
    ref: str
    name: str
    provider: str
    tags: list[str]
    fits: list[str]
    warnings: list[str]
    first_start: date
    distance: str
    half_days: str
    price: str
    price_band: str
    points: list[tuple[str, int, int]]  # the term, its points, its weight
    total: int


@dataclass(frozen=True, slots=True)
class Out:
    """One service that was left out, with what is said of it to an officer and to a family."""

    ref: str
    name: str
    provider: str
    words: list[str]
    for_family: list[str]
    may_be_proposed: bool  # each reason may be set aside, or other days would do


@dataclass(frozen=True, slots=True)
class Group:
    """The services that one rule leaves out, or several that are told in the same words."""

    rule: RuleId
    words: str
    why: str
    count: int
    shown: list[Out]
    may_be_set_aside: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """The whole answer. Only what is shown is looked up by name, in one question."""

    ranked: list[Row]
    fitting: int
    near: list[Out]
    groups: list[Group]
    excluded: int
    looked_at: int
    other_kinds: int  # not looked at: the referral asks for one kind of support


def shown(match: Match, *, for_family: bool = False, most: int = MOST_RANKED) -> Shown:
    """What the page shows of a match.

    To a family, rules that are told in the same words are one: which of them it is, is not said.
    """
    ranked = match.result.ranked[:most].tolist()
    of_kind = _of_the_kind(match)
    near, _ = rules.in_order(match.result.near, match.question, match.columns, match.book)
    near_places = near[of_kind[near]][:MOST_NEAR].tolist()
    masks = np.where(of_kind, match.result.masks, 0)
    told = _told_apart(match.book.rules, for_family=for_family)
    left_out = {words: _left_out_by(masks, bits) for words, (_, bits) in told.items()}
    places = {*ranked, *near_places, *(one for group in left_out.values() for one in group)}
    services = match.named(places)
    # Whoever several rules leave out is told of under each of them, and put into words once.
    outs = {place: _out(match, services, place) for place in places.difference(ranked)}
    return Shown(
        ranked=[_row(match, services, place, at) for at, place in enumerate(ranked)],
        fitting=len(match.result.ranked),
        near=[outs[place] for place in near_places],
        groups=[
            _group(rule, words, [outs[place] for place in left_out[words]], count)
            for words, (rule, bits) in told.items()
            if (count := int(np.count_nonzero(masks & bits)))
        ],
        excluded=int(np.count_nonzero(masks)),
        looked_at=int(np.count_nonzero(of_kind)),
        other_kinds=len(match.columns) - int(np.count_nonzero(of_kind)),
    )


def chosen(match: Match, refs: Sequence[str]) -> list[Row]:
    """The services asked for, of those that fit, in their order; so many as fit side by side."""
    ranked = match.result.ranked.tolist()
    places = [match.place_of(ref) for ref in dict.fromkeys(refs)]
    at = sorted(ranked.index(place) for place in places if place in ranked)[:MOST_COMPARED]
    services = match.named({ranked[one] for one in at})
    return [_row(match, services, ranked[one], one) for one in at]


def need_in_words(question: Question) -> list[tuple[str, str]]:
    """What is looked for, as the officer would say it: a heading and words."""
    wanted = [one.label.lower() for one in MODE_ORDER if question.modes & mode_bit(one)]
    asked = half_days.from_mask(question.half_days)
    every = len(asked) == len(half_days.WEEK)
    needed = question.half_days_needed
    many = f"{needed} half-day{'' if needed == 1 else 's'} of {question.minutes} minutes"
    start = rules.day(question.starts_on) if question.start_wanted else "As soon as can be"
    most = question.most_metres
    return [
        ("Needs", _labels(needs.from_mask(question.needs)) or "None recorded"),
        ("Main need", _labels(needs.from_mask(question.main_need)) or "None given"),
        ("Age at the start", str(question.age)),
        ("Start", start),
        ("Half-days", "Any" if every else _listing(str(one) for one in asked) or "None left"),
        ("How many", many),
        ("Where", _listing(wanted).capitalize() or "Anywhere"),
        ("How far", "No limit" if most is None else f"Up to {rules.miles(most)}"),
        ("To take part", _labels(access.from_mask(question.access)) or "Nothing"),
    ]


def _labels(features: Any) -> str:
    return _listing(one.label for one in features)


def _of_the_kind(match: Match) -> Any:
    """Which services are of the kind of support that was asked for; all, if none was."""
    return (match.result.masks & RuleId.LOT.bit) == 0


def _told_apart(book: Sequence[Rule], *, for_family: bool) -> dict[str, tuple[Rule, int]]:
    """Each heading under which services are left out: its first rule and the bits of them all."""
    found: dict[str, tuple[Rule, int]] = {}
    for one in book:
        words = one.for_family if for_family else one.for_staff
        first, bits = found.get(words, (one, 0))
        found[words] = (first, bits | one.rule.bit)
    return found


def _left_out_by(masks: Any, bits: int) -> list[int]:
    """The first few services those rules leave out, those nearest to fitting first."""
    places = np.flatnonzero(masks & bits)
    nearest = np.argsort(np.bitwise_count(masks[places]), kind="stable")[:MOST_EXCLUDED]
    found: list[int] = places[nearest].tolist()
    return found


def _row(match: Match, services: dict[int, MatchedRow], place: int, at: int) -> Row:
    service, question, columns = services[place], match.question, match.columns
    points = match.result.points[at].tolist()
    free = half_days.from_mask(int(columns.free[place]) & question.half_days)
    rate = int(columns.rate[place])
    return Row(
        rank=at + 1,
        ref=service.ref,
        name=service.name,
        provider=service.provider_name,
        tags=_tags(service),
        fits=rules.why_it_fits(place, question, columns),
        warnings=rules.warnings(rules.flags(place, question, columns), place, question, columns),
        first_start=date.fromordinal(rules.earliest_day(place, question, columns)),
        distance=rules.distance_in_words(place, question, columns),
        half_days=_listing(str(one) for one in free),
        price=f"{Money(rate)} {Unit(service.unit).label}",
        price_band=_band(rate, int(columns.lowest_rate[place])),
        points=[
            (term.means, points[TERM_ORDER.index(term.term)], term.weight)
            for term in match.book.terms
        ],
        total=points[-1],
    )


def _out(match: Match, services: dict[int, MatchedRow], place: int) -> Out:
    service, mask = services[place], int(match.result.masks[place])
    said = rules.why_not(place, mask, match.question, match.columns)
    return Out(
        ref=service.ref,
        name=service.name,
        provider=service.provider_name,
        words=[one.words for one in said],
        for_family=[rules.for_family(one, match.book) for one in said],
        may_be_proposed=all(
            one.rule in OF_THE_DAYS or match.book.rule(one.rule).may_be_set_aside for one in said
        ),
    )


def _group(rule: Rule, words: str, left_out: list[Out], count: int) -> Group:
    return Group(
        rule=rule.rule,
        words=words,
        why=rule.why,
        count=count,
        shown=left_out,
        may_be_set_aside=rule.may_be_set_aside,
    )


def _tags(service: MatchedRow) -> list[str]:
    said = [("Local", service.is_local), ("Small", service.is_small)]
    said.append(("Charity or community", service.provider_kind == ProviderKind.VOLUNTARY))
    return [word for word, is_so in said if is_so]


def _band(rate: int, lowest: int) -> str:
    if rate * HUNDRED <= lowest * LOW:
        return "Low for this lot"
    return "Middling for this lot" if rate * HUNDRED <= lowest * MIDDLING else "High for this lot"


def _listing(words: Any) -> str:
    return rules.listing(words)
