"""What is asked for a child, what is known of every service, and the published rules.

Days are kept as ordinals (`date.toordinal`), sets as the bit masks of core, money in pence
and places in metres, so that a scan over all services is arithmetic on whole numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from flsf.casework.matching.enums import (
    PUBLISHED_RULES,
    RULE_ORDER,
    TERM_ORDER,
    RuleId,
    TermId,
)

Ints = NDArray[Any]

# Later than any day that matters, and dearer than any price: stands for "none".
NO_DAY = 2**31 - 1
NO_CAP = 2**31 - 1
NO_LIMIT = 2**15 - 1

# How each column is kept. A service is a row: the same place in every column.
DTYPES: Mapping[str, str] = {
    "service": "int32",
    "key": "uint64",
    "provider": "int32",
    "lot": "int32",
    "admitted": "bool",
    "checks_lacking": "uint64",
    "checks_until": "int32",
    "is_open": "bool",
    "closed_from": "int32",
    "lowest_age": "int16",
    "highest_age": "int16",
    "needs": "int32",
    "mode": "uint8",
    "free": "uint16",
    "first_start": "int32",
    "days_to_start": "int16",
    "travels": "bool",
    "located": "bool",
    "easting": "int32",
    "northing": "int32",
    "rate": "int32",
    "price_cap": "int32",
    "lowest_rate": "int32",
    "access": "int32",
    "registered": "bool",
    "registered_only": "bool",
    "full_time_children": "int16",
    "is_local": "bool",
    "group": "int16",
    "limit": "int16",
    "others": "int16",
    "barred": "uint8",
    "place": "int32",
    "unagreed": "uint8",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Columns:
    """Every service on one day, for one period of support.

    `checks_lacking`: a bit for each check that is not in date on both days that count;
    `checks_until`: the first day on which one in date runs out; `free`: the half-days with a
    place free on every day of the period; `full_time_children`: how many children of school
    age are at the service's place for more than full-time hours; `lowest_rate`: of those that
    can be bought in the lot; `limit`: how many children at most until our first visit; `others`:
    the most other children, on any day of the period, who count against it; `barred`: why nothing
    may be awarded to the provider (market.exclusions `Bar`). `key` is a hash of the reference,
    for the rotation.
    """

    refs: Sequence[str]
    check_names: Sequence[str]
    service: Ints
    key: Ints
    provider: Ints
    lot: Ints
    admitted: Ints
    checks_lacking: Ints
    checks_until: Ints
    is_open: Ints
    closed_from: Ints
    lowest_age: Ints
    highest_age: Ints
    needs: Ints
    mode: Ints
    free: Ints
    first_start: Ints
    days_to_start: Ints
    travels: Ints
    located: Ints
    easting: Ints
    northing: Ints
    rate: Ints  # 0: none in force
    price_cap: Ints
    lowest_rate: Ints
    access: Ints
    registered: Ints
    registered_only: Ints
    full_time_children: Ints
    is_local: Ints
    group: Ints
    limit: Ints
    others: Ints
    barred: Ints
    place: Ints  # market.providers.rules.place_key
    unagreed: Ints  # why its provider is no party to an agreement for the lot; 0: it is one

    def __len__(self) -> int:
        return len(self.refs)

    @classmethod
    def of(
        cls, rows: Sequence[Mapping[str, Any]], refs: Sequence[str], check_names: Sequence[str]
    ) -> Self:
        """Columns made of rows, for small worlds and tests."""
        columns = {
            name: np.array([row[name] for row in rows], dtype=dtype)
            for name, dtype in DTYPES.items()
        }
        return cls(refs=refs, check_names=check_names, **columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is looked for, and nothing else about the child.

    There is no name, sex, religion or ethnic group here, and there must not be: who a child
    is, beyond what support must fit, never decides what it is offered (rules E14, P24).
    """

    seed: str  # the referral's reference: turns the rotation
    today: int
    starts_on: int  # the day wanted, or the first day possible
    start_wanted: bool
    ends_on: int  # the last day of the period looked at
    lot: int | None
    age: int  # on the first day
    needs: int
    main_need: int  # its bit; 0: none said
    access: int
    modes: int  # 0: any
    half_days: int  # asked for, less those where the child already is
    half_days_needed: int  # how many of them
    minutes: int  # in each
    easting: int | None
    northing: int | None
    most_metres: int | None
    # School days ahead, by number: what a service that says "5 school days" means.
    earliest: tuple[int, ...]
    # Rules E18 and E19.
    of_school_age: bool
    plan_or_care: bool  # has an education, health and care plan, or is looked after
    minutes_with: tuple[tuple[int, int], ...]  # a week, by place, the most in the whole period
    minutes_in_all: tuple[tuple[int, int], ...]  # the same by provider, its places together
    has_other_education: bool
    full_time_minutes: int
    warning_minutes: int
    most_children: int

    def as_json(self) -> dict[str, Any]:
        return {one.name: _plain(getattr(self, one.name)) for one in fields(self)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        values = dict(kept)
        values["earliest"] = tuple(kept["earliest"])
        # Engine 1 knew no places but the provider's, taken as one.
        for name in ("minutes_with", "minutes_in_all"):
            pairs = kept.get(name, kept["minutes_with"])
            values[name] = tuple((one, minutes) for one, minutes in pairs)
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Rule:
    """One published hard test."""

    rule: RuleId
    means: str  # what a service must do to pass
    why: str  # the law or policy it rests on
    for_family: str
    for_staff: str
    may_be_set_aside: bool  # an officer may choose such a service, with a reason


@dataclass(frozen=True, slots=True)
class Term:
    """One thing points are given for."""

    term: TermId
    weight: int
    means: str
    why: str


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The published rules of one version. Weights and settings are whole numbers."""

    version: int
    rules: tuple[Rule, ...]
    terms: tuple[Term, ...]
    ties: tuple[str, ...]
    far_metres: int
    unknown_distance_points: int
    points_a_day_waited: int
    weeks_looked_at: int

    @classmethod
    def from_content(cls, version: int, content: Mapping[str, Any]) -> Self:
        """The book of a stored rule set. Raises NotOurRules if tests or terms are missing.

        Its tests are all there are, or those of an earlier version.
        """
        rules = {RuleId(one["id"]): one for one in content["rules"]}
        terms = {TermId(one["id"]): one for one in content["terms"]}
        order = tuple(one for one in RULE_ORDER if one in rules)
        if order not in PUBLISHED_RULES or set(terms) != set(TERM_ORDER):
            raise NotOurRules(version)
        return cls(
            version=version,
            rules=tuple(_rule(one, rules[one]) for one in order),
            terms=tuple(
                Term(one, terms[one]["weight"], terms[one]["means"], terms[one]["why"])
                for one in TERM_ORDER
            ),
            ties=tuple(content["ties"]),
            **content["settings"],
        )

    @property
    def order(self) -> tuple[RuleId, ...]:
        """Its tests in the order of their bits: the first so many of all there are."""
        return RULE_ORDER[: len(self.rules)]

    @property
    def is_whole(self) -> bool:
        """Whether it has every test there is, so that it can be published today."""
        return len(self.rules) == len(RULE_ORDER)

    @property
    def weights(self) -> tuple[int, ...]:
        return tuple(term.weight for term in self.terms)

    @property
    def most_points(self) -> int:
        return POINTS * sum(self.weights)

    def rule(self, rule: RuleId) -> Rule:
        return self.rules[RULE_ORDER.index(rule)]

    @property
    def never_set_aside(self) -> int:
        """The bits of the rules that nobody may set aside."""
        return sum(one.rule.bit for one in self.rules if not one.may_be_set_aside)


class NotOurRules(ValueError):
    """The stored rules are not those this engine can follow."""


# Each term gives from none to this many points.
POINTS = 10_000


def _rule(rule: RuleId, words: Mapping[str, Any]) -> Rule:
    return Rule(
        rule,
        words["means"],
        words["why"],
        words["for_family"],
        words["for_staff"],
        words["may_be_set_aside"],
    )


def _plain(value: Any) -> Any:
    return [_plain(one) for one in value] if isinstance(value, tuple) else value
