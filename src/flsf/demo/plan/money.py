"""Three years of spending that reproduce every figure of the cabinet report, paragraph 9.

The report gives two years' totals (99 placements and 1.05 million; 362 and 3.37 million) and
five types over three years (320, 97, 73, 102 and 13 placements). Together they leave 144
placements for the year between. Amounts are pence, gross; the report says "about", "over" and
"just over", so pence were chosen that round to what it says.
"""

from collections.abc import Mapping
from random import Random

from flsf.mandate.framework.enums import SpendLine

# Placements begun in each of the three years, oldest first.
PLACEMENTS: Mapping[SpendLine, tuple[int, int, int]] = {
    SpendLine.AP: (52, 76, 192),
    SpendLine.ONLINE: (16, 23, 58),
    SpendLine.IN_PERSON: (12, 17, 44),
    SpendLine.POST_16: (17, 25, 60),
    SpendLine.MENTORING: (2, 3, 8),
}

# Three years together, in pence.
BY_LINE: Mapping[SpendLine, int] = {
    SpendLine.AP: 2_004_000_00,
    SpendLine.ONLINE: 2_001_500_00,
    SpendLine.IN_PERSON: 1_080_000_00,
    SpendLine.POST_16: 696_000_00,
    SpendLine.MENTORING: 219_000_00,
}

FIRST_YEAR, LAST_YEAR = 1_050_000_00, 3_370_000_00


def by_year() -> dict[SpendLine, tuple[int, int, int]]:
    """Pence for each type and year. Rows and columns add up to the totals above."""
    unit = {line: BY_LINE[line] / sum(PLACEMENTS[line]) for line in PLACEMENTS}
    first = _shared_out(FIRST_YEAR, {line: unit[line] * PLACEMENTS[line][0] for line in PLACEMENTS})
    last = _shared_out(LAST_YEAR, {line: unit[line] * PLACEMENTS[line][2] for line in PLACEMENTS})
    return {
        line: (first[line], BY_LINE[line] - first[line] - last[line], last[line])
        for line in PLACEMENTS
    }


def _shared_out(pence: int, weights: Mapping[SpendLine, float]) -> dict[SpendLine, int]:
    """The whole amount by weight, in whole pence; the heaviest takes what is left over."""
    whole = sum(weights.values())
    shares = {line: int(pence * weight / whole) for line, weight in weights.items()}
    heaviest = max(weights, key=lambda line: weights[line])
    shares[heaviest] += pence - sum(shares.values())
    return shares


def amounts(pence: int, count: int, rng: Random) -> list[int]:
    """The amount as that many placements of unequal cost, in whole pence."""
    weights = [rng.randint(40, 160) for _ in range(count)]
    whole = sum(weights)
    parts = [pence * weight // whole for weight in weights]
    parts[-1] += pence - sum(parts)
    return parts
