"""Who may award in Marlbeck, by whose leave, and how its criteria are judged."""

from datetime import timedelta

from flsf.core.people import Person
from flsf.demo.load_office import CLEARER_CRITERIA
from flsf.demo.plan.days import Days, moment
from flsf.mandate.delegations import actions
from flsf.mandate.delegations.actions import NewDelegation
from flsf.mandate.delegations.enums import Power
from flsf.mandate.delegations.rules import USUAL_TERMS
from flsf.mandate.framework import queries as frameworks
from flsf.market.evaluation import actions as evaluation
from flsf.shared.accounts.enums import Role

DIRECTOR = "Director of Children's Services"
PARTS = (
    ("safeguarding", "people"),
    ("insurance",),
    ("policies", "teaching"),
    ("policies",),
    ("teaching",),
    ("good",),
    ("prices",),
)


def load(days: Days, *, by: Person) -> None:
    """Cabinet delegated to the Director, who passed the smaller call-offs on; all by minute."""
    framework = frameworks.current(days.today)
    if framework is None:
        raise LookupError("no framework runs")
    decided_on = framework.decided_on or framework.starts_on
    begins = moment(framework.starts_on)
    for power in Power:
        cabinet = actions.record(
            framework_id=framework.pk,
            new=NewDelegation(
                power=power,
                role=Role.DIRECTOR,
                post=DIRECTOR,
                given_by="Cabinet",
                given_on=decided_on,
                minute="minute 57",
                terms=f"{USUAL_TERMS[power]}.",
                in_force_from=decided_on,
            ),
            by=by,
            at=begins,
        )
        if power is Power.EXTEND:
            continue
        actions.record(
            framework_id=framework.pk,
            new=NewDelegation(
                power=power,
                role=Role.COMMISSIONER,
                post="Commissioning Officer",
                given_by=DIRECTOR,
                given_on=decided_on + timedelta(days=30),
                minute="written scheme CS/7",
                terms="In the Director's name, under the same evaluation criteria and up to the "
                "limit of the scheme. The Director is told of each at the end of the month.",
                in_force_from=decided_on + timedelta(days=30),
                passed_on_from=cabinet.number,
            ),
            by=by,
            at=begins,
        )
    evaluation.say_judged_by(
        framework_id=framework.pk,
        parts=dict(zip(CLEARER_CRITERIA, PARTS, strict=True)),
        by=by,
        at=moment(days.ago(240)),
    )
