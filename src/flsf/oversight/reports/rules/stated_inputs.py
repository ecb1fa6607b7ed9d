"""The numbers that the report states, and sums made of them alone. Money is in pounds."""

from fractions import Fraction

from flsf.oversight.reports.rules.projection import (
    Plan,
    base_for,
    growth_needed,
    total,
)

MILLION, PENCE = 1_000_000, 100
GROWTH = Fraction(15, 1000)
YEARS = 8
PROJECTED, BASE, ACTUAL, FIRST_ACTUAL = (
    Fraction("68.5"),
    Fraction(8),
    Fraction("3.37"),
    Fraction("1.05"),
)
PLACEMENTS, FIRST_PLACEMENTS = 362, 99
PLACE_YEAR = 71_000
# Paragraph 9: placements and pounds, three years together.
TYPES = {
    "Alternative provision": (320, 2_000_000),
    "Online tutoring and mentoring": (97, 2_000_000),
    "In-person tutoring and mentoring": (73, 1_080_000),
    "Post-16 support": (102, 696_000),
    "Dedicated mentoring": (13, 219_000),
}
NAMED = (sum(one[0] for one in TYPES.values()), sum(one[1] for one in TYPES.values()))


def eight_years(
    base: Fraction, *, first_year_grows: bool = True, growth: Fraction = GROWTH
) -> Fraction:
    """Eight years from a base, both in millions of pounds."""
    plan = Plan(int(base * MILLION * PENCE), growth, YEARS, first_year_grows)
    return total(plan) / (MILLION * PENCE)


def base_implied(*, first_year_grows: bool) -> Fraction:
    """The base a year that the projection follows from, in millions."""
    pence = int(PROJECTED * MILLION * PENCE)
    found = base_for(pence, growth=GROWTH, years=YEARS, first_year_grows=first_year_grows)
    return found / (MILLION * PENCE)


def needed() -> Fraction:
    """The growth a year, per cent, by which the spending stated comes to the projection."""
    pence = [int(one * MILLION * PENCE) for one in (ACTUAL, PROJECTED)]
    return growth_needed(*pence, years=YEARS) * 100


def first_years(years: int) -> Fraction:
    """The first years of the projection, in millions."""
    plan = Plan(int(BASE * MILLION * PENCE), GROWTH, years)
    return total(plan) / (MILLION * PENCE)


M, PC, GBP = "£{} million", "{} %", "£{}"
