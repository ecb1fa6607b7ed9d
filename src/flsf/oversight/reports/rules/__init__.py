"""What is worked out for those who oversee: projections, the report's figures, small counts."""

from flsf.oversight.reports.rules.figures import Check, in_words, judged, rounded
from flsf.oversight.reports.rules.headline import Standing, half_up, headline, pounds
from flsf.oversight.reports.rules.plan import (
    CENTRAL,
    HIGH,
    IN_WORDS,
    LOW,
    PLANS,
    PROJECTED_PENCE,
    SPENT_PENCE,
    Bridge,
    bridge,
    planned_to,
    year_labels,
    year_number,
)
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
    "CENTRAL",
    "CHECKS",
    "CONTRADICTIONS",
    "HIDDEN",
    "HIGH",
    "IN_WORDS",
    "LOW",
    "PLANS",
    "PROJECTED_PENCE",
    "SPENT_PENCE",
    "Bridge",
    "Check",
    "Plan",
    "Shown",
    "Standing",
    "annual_rate",
    "base_for",
    "bridge",
    "by_year",
    "growth_needed",
    "half_up",
    "headline",
    "in_words",
    "judged",
    "planned_to",
    "pounds",
    "rounded",
    "running_total",
    "safe_column",
    "safe_table",
    "shown",
    "total",
    "year_labels",
    "year_number",
    "years_of",
]
