"""Makes waivers and claims for tests, through actions."""

from datetime import date, timedelta

from flsf.core.people import SYSTEM, Person
from flsf.mandate.waivers import actions as waivers
from flsf.mandate.waivers.models import Waiver
from tests.factories import NOW, TODAY


def waiver(
    *,
    starts_on: date = date(2026, 4, 1),
    expires_on: date = TODAY + timedelta(days=30),
    approved_on: date = date(2026, 4, 1),
    by: Person = SYSTEM,
) -> Waiver:
    return waivers.grant(
        reason="No provider on the framework can give this therapy yet.",
        provider_name="Willow Therapy",
        value_pence=1_250_000,
        starts_on=starts_on,
        expires_on=expires_on,
        approver_name="Director of Children's Services",
        approved_on=approved_on,
        by=by,
        at=NOW,
    )
