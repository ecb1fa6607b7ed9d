"""One scan over every service: who fits, who does not and by which rules, and in what order.

All arithmetic is on whole numbers, so that the same question has the same answer everywhere.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np

from flsf.casework.matching.enums import TERM_ORDER, Flag, RuleId, TermId
from flsf.casework.matching.rules.values import POINTS, Columns, Ints, Question, RuleBook

R = RuleId


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """The answer. Places are rows of the columns."""

    masks: Ints  # for each service the bits of the rules it does not meet; 0: it fits
    counts: dict[RuleId, int]  # how many services each rule leaves out
    ranked: Ints  # those that fit, the best first
    points: Ints  # of the ranked, by term
    near: Ints  # those that only one rule leaves out, in no order

    @property
    def totals(self) -> Ints:
        return self.points[:, -1]


def rank(question: Question, columns: Columns, book: RuleBook) -> Result:
    """Every service is ranked, or left out with every reason by the rules of that book."""
    masks = np.zeros(len(columns), dtype=np.uint16)
    counts: dict[RuleId, int] = {}
    bits = np.empty(len(columns), dtype=np.uint16)
    first = _earliest(question, columns)
    tests = failures(question, columns, first)
    for place, rule in enumerate(book.order):
        fails = tests[place]
        if fails is None:  # nothing was asked, so nobody fails
            counts[rule] = 0
            continue
        counts[rule] = int(np.count_nonzero(fails))
        if counts[rule]:
            np.multiply(fails, np.uint16(1 << place), out=bits, dtype=np.uint16)
            np.bitwise_or(masks, bits, out=masks)
    fits = np.flatnonzero(masks == 0)
    near = np.flatnonzero(np.bitwise_count(masks) == 1)
    ranked, points = _in_order(fits, first[fits], question, columns, book)
    return Result(masks, counts, ranked, points, near)


def failures(question: Question, columns: Columns, first: Ints) -> list[Ints | None]:
    """For each rule in its order which services fail it; None: not asked for.

    `first`: the day on which each can start.
    """
    q, c = question, columns
    return [
        c.lot != q.lot if q.lot is not None else None,
        ~c.admitted,
        c.checks_lacking != 0,
        ~c.is_open | (c.closed_from <= q.starts_on),
        (c.lowest_age > q.age) | (c.highest_age < q.age),
        (c.needs & (q.main_need or q.needs)) == 0 if q.needs else None,
        (c.mode & np.uint8(q.modes)) == 0 if q.modes else None,
        _too_few_half_days(q, c),
        first > q.starts_on if q.start_wanted else None,
        _too_far(q, c),
        (c.rate == 0) | (c.rate > c.price_cap),
        (c.access & q.access) != q.access if q.access else None,
        _would_be_a_school(q, c),
        c.others >= c.limit,
        c.barred != 0,
        c.unagreed != 0,
    ]


def _too_few_half_days(q: Question, c: Columns) -> Ints:
    offered = c.free & np.uint16(q.half_days)
    too_few: Ints
    if q.half_days_needed == 1:
        too_few = offered == 0
    elif q.half_days_needed == q.half_days.bit_count():
        too_few = offered != q.half_days
    else:
        too_few = np.bitwise_count(offered) < q.half_days_needed
    return too_few


def _earliest(q: Question, c: Columns, at: Any = slice(None)) -> Ints:
    """The first day on which each service can start."""
    ahead = np.array(q.earliest, dtype=np.int32)
    days = np.minimum(c.days_to_start[at], len(ahead) - 1)
    first: Ints = np.maximum(c.first_start[at], ahead[days])
    return first


def _square_metres(q: Question, c: Columns, at: Any = slice(None)) -> Ints:
    """The square of the straight line. In doubles: whole numbers this small are exact."""
    east = c.easting[at] - np.float64(q.easting or 0)
    north = c.northing[at] - np.float64(q.northing or 0)
    square: Ints = east * east + north * north
    return square


def _too_far(q: Question, c: Columns) -> Ints | None:
    """Further than wished, of those whose distance is known and who do not come to the child."""
    if q.most_metres is None or q.easting is None:
        return None
    # As distances are cut to whole metres, further means a whole metre further.
    far = _square_metres(q, c) >= np.float64((q.most_metres + 1) ** 2)
    return far & c.located & c.travels


def _would_be_a_school(q: Question, c: Columns) -> Ints | None:
    """Rules E18 and E19 at each place by itself, and lots for registered schools only."""
    fails = c.registered_only & ~c.registered
    asked = q.half_days_needed * q.minutes
    if asked > q.full_time_minutes:
        fails |= _unlawful(q, c, already_counted=False)
    for at, minutes in q.minutes_with:
        here = c.place == at
        if asked <= q.full_time_minutes < asked + minutes:
            fails |= here & _unlawful(q, c, already_counted=minutes > q.full_time_minutes)
        elif asked > q.full_time_minutes:
            # The child is one of those counted there: not one more.
            counted = minutes > q.full_time_minutes
            again = _unlawful(q, c, already_counted=counted) | (c.registered_only & ~c.registered)
            fails = np.where(here, again, fails)
    return fails


def _unlawful(q: Question, c: Columns, *, already_counted: bool) -> Ints:
    """Where full-time education of this child would make an unregistered school."""
    if q.plan_or_care:
        return ~c.registered
    if not q.of_school_age:
        return np.zeros(len(c), dtype=bool)
    others = c.full_time_children - int(already_counted)
    unlawful: Ints = ~c.registered & (others + 1 >= q.most_children)
    return unlawful


def in_order(
    places: Ints, question: Question, columns: Columns, book: RuleBook
) -> tuple[Ints, Ints]:
    """These services, the best first, and their points: one column a term, the last the sum.

    Equal points are settled as published: the better fit to the needs, then a local provider,
    then the earlier start, and last the rotation.
    """
    return _in_order(places, _earliest(question, columns, places), question, columns, book)


def _in_order(
    places: Ints, first: Ints, question: Question, columns: Columns, book: RuleBook
) -> tuple[Ints, Ints]:
    points = _points(places, first, question, columns, book)
    order = np.lexsort(
        (
            rotation(question.seed, book.version, columns.key[places]),
            first,
            ~columns.is_local[places],
            -points[:, TERM_ORDER.index(TermId.NEED_FIT)],
            -points[:, -1],
        )
    )
    return places[order], points[order]


def _points(places: Ints, first: Ints, q: Question, c: Columns, book: RuleBook) -> Ints:
    points = np.empty((len(places), len(TERM_ORDER) + 1), dtype=np.int64)
    if q.needs:
        met = np.bitwise_count(c.needs[places] & np.int32(q.needs)).astype(np.int64)
        points[:, 0] = POINTS * met // q.needs.bit_count()
    else:
        points[:, 0] = POINTS
    points[:, 1] = np.maximum(POINTS - book.points_a_day_waited * (first - q.today), 0)
    points[:, 2] = _distance_points(places, q, c, book)
    rate = np.maximum(c.rate[places], 1).astype(np.int64)
    points[:, 3] = np.minimum(POINTS * c.lowest_rate[places].astype(np.int64) // rate, POINTS)
    points[:, 4] = POINTS // np.maximum(c.group[places], 1)
    points[:, 5] = points[:, :5] @ np.array(book.weights, dtype=np.int64)
    return points


def _distance_points(places: Ints, q: Question, c: Columns, book: RuleBook) -> Ints:
    """None from far off, all where the child need not travel, in between by the metre."""
    if q.easting is None:
        near = np.full(len(places), book.unknown_distance_points, dtype=np.int64)
    else:
        metres = np.minimum(_whole_metres(q, c, places), book.far_metres)
        near = POINTS * (book.far_metres - metres) // book.far_metres
        near = np.where(c.located[places], near, book.unknown_distance_points)
    return np.where(c.travels[places], near, POINTS)


def _whole_metres(q: Question, c: Columns, places: Any) -> Ints:
    return np.sqrt(_square_metres(q, c, places)).astype(np.int64)


def metres(place: int, question: Question, columns: Columns) -> int | None:
    """The straight line to one service in whole metres; None: not known, or no need to travel."""
    if question.easting is None or not columns.located[place] or not columns.travels[place]:
        return None
    return int(_whole_metres(question, columns, np.array([place]))[0])


def earliest_day(place: int, question: Question, columns: Columns) -> int:
    """The first day on which one service can start, as an ordinal."""
    return int(_earliest(question, columns, np.array([place]))[0])


def flags(place: int, question: Question, columns: Columns) -> Flag:
    """What to weigh about one service besides the rules."""
    q, c, found = question, columns, Flag(0)
    if c.travels[place] and metres(place, q, c) is None:
        found |= Flag.DISTANCE_UNKNOWN
    if not c.registered[place]:
        there, in_all = minutes_there(place, q, c), minutes_in_all(place, q, c)
        if in_all >= q.warning_minutes:
            found |= Flag.NEAR_FULL_TIME
        if there <= q.full_time_minutes < in_all:
            found |= Flag.FULL_TIME_IN_ALL
        elsewhere = {one for one, _ in q.minutes_in_all} - {int(c.provider[place])}
        if q.of_school_age and not q.has_other_education and not elsewhere:
            found |= Flag.ONLY_EDUCATION
    if int(c.checks_until[place]) < q.ends_on:
        found |= Flag.CHECK_RUNS_OUT
    return found


def minutes_there(place: int, q: Question, c: Columns) -> int:
    """The child's minutes a week at the service's place, with those that are asked for."""
    here = dict(q.minutes_with).get(int(c.place[place]), 0)
    return here + q.half_days_needed * q.minutes


def minutes_in_all(place: int, q: Question, c: Columns) -> int:
    """The same with its provider, whatever the place."""
    here = dict(q.minutes_in_all).get(int(c.provider[place]), 0)
    return here + q.half_days_needed * q.minutes


def service_key(ref: str) -> int:
    """A service's own number in the rotation."""
    return int.from_bytes(sha256(ref.encode()).digest()[:8], "big")


def rotation(seed: str, version: int, keys: Ints) -> Ints:
    """Where services that are otherwise equal stand for one referral: nobody is always first.

    The referral and the version give a number that is mixed with each service's own
    (splitmix64), so anybody can work the order out again.
    """
    mixed = keys ^ np.uint64(service_key(f"{seed} {version}"))
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    settled: Ints = mixed ^ (mixed >> np.uint64(31))
    return settled
