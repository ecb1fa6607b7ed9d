"""What is worked out for those who oversee: projections, the report's figures, small counts."""

from flsf.oversight.reports.rules.figures import Check, in_words, judged, rounded
from flsf.oversight.reports.rules.headline import Standing, headline
from flsf.oversight.reports.rules.projection import (
    Plan,
    annual_rate,
    base_for,
    by_year,
    growth_needed,
    running_total,
    total,
    years_of,
)
from flsf.oversight.reports.rules.small import HIDDEN, Shown, safe_column, safe_table, shown
from flsf.oversight.reports.rules.stated import CHECKS, CONTRADICTIONS

__all__ = [
    "CHECKS",
    "CONTRADICTIONS",
    "HIDDEN",
    "Check",
    "Plan",
    "Shown",
    "Standing",
    "annual_rate",
    "base_for",
    "by_year",
    "growth_needed",
    "headline",
    "in_words",
    "judged",
    "rounded",
    "running_total",
    "safe_column",
    "safe_table",
    "shown",
    "total",
    "years_of",
]
