"""Where things are today, for the headline."""

from datetime import date

from flsf.mandate.waivers import queries as waivers
from flsf.oversight.reports import queries, rules


def standing(on: date) -> rules.Standing:
    """The figures of the headline. Counts of children are hidden when small."""
    told, counted = queries.trajectory(on=on), waivers.count(on=on)
    year = told.this_year
    return rules.Standing(
        paid_pence=year.paid if year else 0,
        plan_pence=told.planned_to_today,
        year=year.label if year else "",
        waivers_left=counted.left,
        waivers_overdue=counted.overdue,
        waiting_too_long=None,
        too_long_days=15,
    )
