"""Shares and concentration, in whole numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flsf.oversight.shares.enums import Crowding, Trait

# Merger Assessment Guidelines of the Competition and Markets Authority: above 1,000 a market is
# concentrated, above 2,000 highly.
CONCENTRATED, HIGHLY = 1_000, 2_000
WHOLE = 10_000
FIRST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A provider that is in the pool, was bought from or was paid."""

    ref: str
    name: str
    kind: str
    traits: frozenset[Trait]
    is_in_pool: bool
    awards: int
    awarded: int  # pence, VAT included
    paid: int  # pence, VAT included


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the members added up. Shares are in hundredths of a per cent of the whole."""

    words: str
    pool: int
    awards: int
    awarded: int
    paid: int
    pool_share: int
    awarded_share: int
    paid_share: int


@dataclass(frozen=True, slots=True)
class Concentration:
    """How the payments are shared. `index` runs from 0 to 10,000, all paid to one."""

    total: int
    providers: int
    first_five: int  # pence
    first_five_share: int  # hundredths of a per cent
    index: int

    @property
    def crowding(self) -> Crowding:
        if not self.total:
            return Crowding.NONE
        if self.index > HIGHLY:
            return Crowding.HIGHLY
        return Crowding.CONCENTRATED if self.index > CONCENTRATED else Crowding.SPREAD


def share(part: int, whole: int) -> int:
    """Hundredths of a per cent, rounded to the nearest; 0 of nothing."""
    return (part * WHOLE * 2 + whole) // (whole * 2) if whole else 0


def part_of(words: str, some: Iterable[Member], every: Sequence[Member]) -> Part:
    """Some of the members beside all of them."""
    chosen = list(some)
    pool = sum(one.is_in_pool for one in chosen)
    awarded, paid = sum(one.awarded for one in chosen), sum(one.paid for one in chosen)
    return Part(
        words=words,
        pool=pool,
        awards=sum(one.awards for one in chosen),
        awarded=awarded,
        paid=paid,
        pool_share=share(pool, sum(one.is_in_pool for one in every)),
        awarded_share=share(awarded, sum(one.awarded for one in every)),
        paid_share=share(paid, sum(one.paid for one in every)),
    )


def by_trait(every: Sequence[Member]) -> list[Part]:
    """What of it is local, small, voluntary. A provider may be all three."""
    return [
        part_of(str(trait.value), (one for one in every if trait in one.traits), every)
        for trait in Trait
    ]


def by_kind(every: Sequence[Member]) -> list[Part]:
    """The whole, cut by the kind of provider."""
    kinds = sorted({one.kind for one in every})
    return [part_of(kind, (one for one in every if one.kind == kind), every) for kind in kinds]


def concentration(amounts: Iterable[int]) -> Concentration:
    """How payments are shared among those who were paid; less than nothing counts as nothing.

    The index is the sum of the squares of the shares in per cent, cut to a whole number.
    """
    paid = sorted((amount for amount in amounts if amount > 0), reverse=True)
    total, first = sum(paid), sum(paid[:FIRST])
    squares = sum(amount * amount for amount in paid)
    return Concentration(
        total=total,
        providers=len(paid),
        first_five=first,
        first_five_share=share(first, total),
        index=squares * WHOLE // (total * total) if total else 0,
    )


def in_words(hundredths: int) -> str:
    """A share as people write it: 61%, or "under 1%" of something."""
    if 0 < hundredths < WHOLE // 100:
        return "under 1%"
    return f"{(hundredths + 50) // 100}%"
