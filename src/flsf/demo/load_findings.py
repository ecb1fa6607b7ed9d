"""What Marlbeck's procurement officer found of two of the five principles; three are to come."""

from datetime import datetime

from flsf.core.people import Person
from flsf.demo.plan.days import Days
from flsf.mandate.framework import queries as frameworks
from flsf.mandate.governance import actions
from flsf.mandate.governance.enums import Kind
from flsf.oversight.openness import queries, rules
from flsf.oversight.openness.enums import Principle

REVIEW_AFTER = 180  # days
FOUND = {
    Principle.TRANSPARENCY: (
        "Kept. Each round had its notice. The criteria came first. All of a round heard together.",
        "",
    ),
    Principle.ACCESS: (
        "Partly kept. Providers can apply on any day. Some lots have nobody to choose between.",
        "A market day in spring for these lots; neighbours' providers are asked",
    ),
}


def load(days: Days, *, by: Person, at: datetime) -> None:
    """Two principles have a finding, with the facts as they are today."""
    framework = frameworks.current(days.today)
    if framework is None:
        raise LookupError("no framework runs")
    measured = queries.measured(framework, on=days.today)
    for principle, (finding, follows) in FOUND.items():
        told = {
            "principle": str(principle.label),
            "finding": finding,
            "rests_on": rules.in_words(rules.of(principle, measured)),
            "follows": follows,
            "found_on": days.today.isoformat(),
            "review_on": days.ahead(REVIEW_AFTER).isoformat(),
        }
        actions.add(framework_id=framework.pk, kind=Kind.PRINCIPLE, told=told, by=by, at=at)
