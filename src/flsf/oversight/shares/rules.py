"""Shares and concentration, in whole numbers, and what of them may be told to anybody."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

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
    paid_for: int = 0  # the awards it was paid for, which may have begun earlier


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


# --- What may be told to anybody ---

FEW = 5  # what fewer children cost could tell about one of them (rules D8)
WHOLE_WORDS = "All"
# Sums of noughts and ones over so few groups are told apart by their remainders.
PRIME = 2**61 - 1

Vector = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The lines whose figures may be told to anybody, by their words."""

    awarded: frozenset[str]  # the number of awards and their value
    paid: frozenset[str]

    @property
    def shares_awarded(self) -> frozenset[str]:
        """Those whose share of the whole may be told: beside its sum a share tells the whole."""
        return self.awarded if WHOLE_WORDS in self.awarded else frozenset()

    @property
    def shares_paid(self) -> frozenset[str]:
        """As shares_awarded."""
        return self.paid if WHOLE_WORDS in self.paid else frozenset()


def told(every: Sequence[Member]) -> Told:
    """Which lines may be told: by kind, by trait and for all together.

    No sum and no difference of what is told says what fewer than FEW children cost: not of one
    kind, of one kind that is local, of all that is not small, and so on.
    """
    return Told(
        awarded=_told([(one, one.awards) for one in every]),
        paid=_told([(one, one.paid_for) for one in every]),
    )


def _told(counted: Sequence[tuple[Member, int]]) -> frozenset[str]:
    """`counted`: each member with how many children are behind its money."""
    groups: dict[tuple[str, frozenset[Trait]], int] = {}
    for one, children in counted:
        key = one.kind, one.traits
        groups[key] = groups.get(key, 0) + children
    atoms = [atom for atom, children in groups.items() if children]
    kinds = sorted({kind for kind, _ in groups})
    lines: dict[str, Vector] = {WHOLE_WORDS: (1,) * len(atoms)}
    lines |= {kind: tuple(int(atom[0] == kind) for atom in atoms) for kind in kinds}
    lines |= {str(trait): tuple(int(trait in atom[1]) for atom in atoms) for trait in Trait}
    many = [groups[atom] for atom in atoms]

    def weight(vector: Vector) -> int:
        return sum(children for has, children in zip(vector, many, strict=True) if has)

    few = sorted(one for one in _cuts(atoms, kinds) if 0 < weight(one) < FEW)
    shown = dict(lines)
    while (given_away := _first_within(few, shown.values())) is not None:
        del shown[_to_hide(given_away, shown, weight)]
    return frozenset(shown)


def _to_hide(secret: Vector, shown: Mapping[str, Vector], weight: Callable[[Vector], int]) -> str:
    """The line to hide so that a secret is not given away: itself, or else the least that helps."""
    itself = [words for words, vector in shown.items() if vector == secret]
    if itself:
        return itself[0]
    filled = sorted((weight(vector), words) for words, vector in shown.items() if any(vector))
    for _, words in filled:
        others = [vector for other, vector in shown.items() if other != words]
        if words != WHOLE_WORDS and _first_within([secret], others) is None:
            return words
    return filled[0][1]


def _cuts(atoms: Sequence[tuple[str, frozenset[Trait]]], kinds: Sequence[str]) -> set[Vector]:
    """Every cut of the market by some of the kinds, and by having or lacking some traits."""
    some = [
        set(chosen) for many in range(1, len(kinds) + 1) for chosen in combinations(kinds, many)
    ]
    wanted = list(product((None, True, False), repeat=len(Trait)))
    return {
        tuple(
            int(
                kind in chosen
                and all(
                    want is None or (trait in traits) is want
                    for trait, want in zip(Trait, each, strict=True)
                )
            )
            for kind, traits in atoms
        )
        for chosen in some
        for each in wanted
    }


def _first_within(secrets: Iterable[Vector], shown: Iterable[Vector]) -> Vector | None:
    """The first secret that is a sum or a difference of what is shown, in any multiples."""
    basis: list[tuple[int, list[int]]] = []
    for vector in shown:
        left = _reduced(vector, basis)
        at = next((place for place, one in enumerate(left) if one), None)
        if at is not None:
            over = pow(left[at], -1, PRIME)
            basis.append((at, [one * over % PRIME for one in left]))
    return next((one for one in secrets if not any(_reduced(one, basis))), None)


def _reduced(vector: Sequence[int], basis: Sequence[tuple[int, list[int]]]) -> list[int]:
    left = list(vector)
    for at, row in basis:
        if much := left[at]:
            left = [(one - much * other) % PRIME for one, other in zip(left, row, strict=True)]
    return left
