"""What each bid scores, which comes first, and what decided it. Whole numbers and fractions.

A criterion gives its weight times the score out of five; price gives its weight times the
lowest price over this one. Each is rounded once, half up, to hundredths of a point; a total is
the sum of what was rounded, so that the parts always add up to it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256

from flsf.casework.competitions.enums import Tie

LOWEST_SCORE, HIGHEST_SCORE = 0, 5
DESCRIPTORS: Mapping[int, str] = {
    0: "Nothing that answers it",
    1: "Poor: most of it is missing",
    2: "Not enough: parts are missing or do not convince",
    3: "Enough: it answers all of it",
    4: "Good: it answers all of it, with examples",
    5: "Very good: examples, and how they know that it helps",
}
# A point in hundredths: all points are kept so.
POINT = 100
PRICE = "price"
FAR = 2**31 - 1
BASIS = 10_000


@dataclass(frozen=True, slots=True)
class Weighing:
    """The weights, which total 100, and the least score that each criterion asks for."""

    quality: tuple[tuple[str, int], ...]  # (code, weight) in their published order
    price: int
    threshold: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A bid as it is scored. `metres`: 0 where the child need not travel; None: not known."""

    key: str
    rate_pence: int
    scores: Mapping[str, int]
    metres: int | None
    draw: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one criterion, or the price, gave, in hundredths of a point."""

    code: str
    points: int


@dataclass(frozen=True, slots=True)
class Scored:
    """A bid with its points. `place` is None where a score is below the threshold."""

    offer: Offer
    parts: tuple[Part, ...]
    below: tuple[str, ...]  # the criteria whose score is below the threshold
    place: int | None

    @property
    def total(self) -> int:
        return sum(one.points for one in self.parts)

    @property
    def quality(self) -> int:
        return sum(one.points for one in self.parts if one.code != PRICE)


@dataclass(frozen=True, slots=True)
class Difference:
    """What one part gave the one and the other, in hundredths of a point."""

    code: str
    ours: int
    theirs: int

    @property
    def more(self) -> int:
        return self.ours - self.theirs


@dataclass(frozen=True, slots=True)
class Decided:
    """What put one bid before another. The differences add up to that of the totals."""

    by: Tie
    parts: tuple[Difference, ...]

    @property
    def more(self) -> int:
        return sum(one.more for one in self.parts)


def quality_points(weight: int, score: int) -> int:
    """The weight times the score out of five, in hundredths, half up."""
    return half_up(Fraction(weight * score * POINT, HIGHEST_SCORE))


def price_points(weight: int, rate: int, lowest: int) -> int:
    """The weight times the lowest price over this one, in hundredths, half up.

    A price of nothing gets the whole weight, and then every other price gets nothing.
    """
    if rate == 0:
        return weight * POINT
    return half_up(Fraction(weight * lowest * POINT, rate))


def half_up(exact: Fraction) -> int:
    """The nearest whole number; halves go up."""
    return int((exact + Fraction(1, 2)) // 1)


def judge(weighing: Weighing, offers: Iterable[Offer]) -> list[Scored]:
    """Every bid with its points, those in place first and in order, whatever order they came in.

    A bid below the threshold on any criterion has no place, and its price is not the lowest that
    the others are measured by. Equal totals go by quality, then by distance, then by the draw.
    """
    every = list(offers)
    below = {one.key: _below(weighing, one) for one in every}
    standing = [one.rate_pence for one in every if not below[one.key]]
    lowest = min(standing, default=None)
    scored = [
        Scored(one, _parts(weighing, one, lowest), below[one.key], None)
        for one in sorted(every, key=lambda one: one.key)
    ]
    inside = sorted((one for one in scored if not one.below), key=_before)
    placed = [Scored(one.offer, one.parts, (), place) for place, one in enumerate(inside, start=1)]
    return [*placed, *(one for one in scored if one.below)]


def decided(ours: Scored, theirs: Scored) -> Decided:
    """What puts the one in place before the other."""
    parts = tuple(
        Difference(mine.code, mine.points, other.points)
        for mine, other in zip(ours.parts, theirs.parts, strict=True)
    )
    if theirs.below:
        return Decided(Tie.THRESHOLD, parts)
    if ours.total != theirs.total:
        return Decided(Tie.TOTAL, parts)
    if ours.quality != theirs.quality:
        return Decided(Tie.QUALITY, parts)
    if _metres(ours) != _metres(theirs):
        return Decided(Tie.DISTANCE, parts)
    return Decided(Tie.DRAW, parts)


def draw(published: str, provider_ref: str) -> str:
    """A provider's lot in the draw: anybody can work it out from what was published."""
    return sha256(f"{published} {provider_ref}".encode()).hexdigest()


def is_low(rate: int, others: Sequence[int], card: int, share: int) -> bool:
    """Whether a price is abnormally low (Procurement Act 2023, section 19(3)).

    Below that share, in hundredths of a per cent, of the mean of the other prices, or of the
    provider's own rate card where it is the only bid. A price of nothing always is.
    """
    if rate == 0:
        return True
    if not others:
        return rate * BASIS < card * share
    return rate * len(others) * BASIS < sum(others) * share


def in_points(hundredths: int) -> str:
    """Points as they are shown: "42.50"."""
    whole, part = divmod(abs(hundredths), POINT)
    return f"{'-' if hundredths < 0 else ''}{whole}.{part:02}"


def score_trouble(score: int | None) -> str:
    """What is wrong with a score; empty: nothing."""
    if score is None or not LOWEST_SCORE <= score <= HIGHEST_SCORE:
        return "Give a whole score from 0 to 5"
    return ""


def _below(weighing: Weighing, offer: Offer) -> tuple[str, ...]:
    return tuple(code for code, _ in weighing.quality if offer.scores[code] < weighing.threshold)


def _parts(weighing: Weighing, offer: Offer, lowest: int | None) -> tuple[Part, ...]:
    quality = [
        Part(code, quality_points(weight, offer.scores[code])) for code, weight in weighing.quality
    ]
    is_in = not _below(weighing, offer)
    price = price_points(weighing.price, offer.rate_pence, lowest or 0) if is_in else 0
    return (*quality, Part(PRICE, price))


def _metres(one: Scored) -> int:
    return FAR if one.offer.metres is None else one.offer.metres


def _before(one: Scored) -> tuple[int, int, int, str, str]:
    return (-one.total, -one.quality, _metres(one), one.offer.draw, one.offer.key)
