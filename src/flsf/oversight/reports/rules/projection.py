"""Spending carried forward at a steady rate of growth. Exact: fractions of a penny are kept.

Nothing here is rounded; whoever shows a figure rounds it once, at the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

HUNDREDTH_OF_A_PER_CENT = Fraction(1, 10_000)
MOST_GROWTH = 100_000  # basis points a year, ten times over: beyond any plan


@dataclass(frozen=True, slots=True)
class Plan:
    """A base, its growth, and how long. `first_year_grows` says whether year 1 is raised."""

    base_pence: int
    growth: Fraction  # a year: 3/200 is 1.5 per cent
    years: int
    first_year_grows: bool = True


def by_year(plan: Plan) -> list[Fraction]:
    """Each year's spending in pence, the first year first."""
    first = 1 if plan.first_year_grows else 0
    factor = 1 + plan.growth
    return [plan.base_pence * factor ** (first + year) for year in range(plan.years)]


def total(plan: Plan) -> Fraction:
    """All years together, in pence."""
    return sum(by_year(plan), Fraction(0))


def base_for(
    total_pence: int, *, growth: Fraction, years: int, first_year_grows: bool = True
) -> Fraction:
    """The base from which that total follows, in pence."""
    one = Plan(1, growth, years, first_year_grows)
    return Fraction(total_pence) / total(one)


def growth_needed(
    base_pence: int, total_pence: int, *, years: int, first_year_grows: bool = True
) -> Fraction:
    """The growth a year by which the base comes nearest to the total, to 0.01 per cent.

    Looks by halves among whole hundredths of a per cent, of which only 100,000 are thinkable.
    """

    def comes_to(points: int) -> Fraction:
        growth = points * HUNDREDTH_OF_A_PER_CENT
        return total(Plan(base_pence, growth, years, first_year_grows))

    low, high = 0, MOST_GROWTH
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if comes_to(middle) <= total_pence else (low, middle)
    nearest = min((low, high), key=lambda points: abs(comes_to(points) - total_pence))
    return nearest * HUNDREDTH_OF_A_PER_CENT


def running_total(amounts: Sequence[Fraction]) -> list[Fraction]:
    """Each year's amount with those before it."""
    sums: list[Fraction] = []
    for amount in amounts:
        sums.append(amount + (sums[-1] if sums else 0))
    return sums


def years_of(starts_on: date, years: int) -> list[str]:
    """The plan's years, as the axis names them: 2026/27."""
    return [
        f"{year}/{(year + 1) % 100:02}" for year in range(starts_on.year, starts_on.year + years)
    ]


def annual_rate(change: Fraction, years: int) -> Fraction:
    """The steady growth a year behind a change over several years, to 0.01 per cent.

    A change of 29/200 over 9 years is +14.5 per cent, about 1.52 per cent a year.
    """
    low, high = -10_000, MOST_GROWTH
    while high - low > 1:
        middle = (low + high) // 2
        grown = (1 + middle * HUNDREDTH_OF_A_PER_CENT) ** years
        low, high = (middle, high) if grown <= 1 + change else (low, middle)
    nearest = min(
        (low, high),
        key=lambda points: abs((1 + points * HUNDREDTH_OF_A_PER_CENT) ** years - 1 - change),
    )
    return nearest * HUNDREDTH_OF_A_PER_CENT
