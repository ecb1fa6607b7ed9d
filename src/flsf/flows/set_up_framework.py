"""A council's first framework: what must happen together."""

from datetime import date, datetime

from django.db import transaction

from flsf.core.money import Money
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.mandate.framework import actions as framework
from flsf.mandate.framework import queries as find
from flsf.mandate.framework.enums import CommercialModel
from flsf.market.kinds import actions as kinds


class AlreadySetUp(Refusal):
    says = "There is a framework already. Change that one."


@transaction.atomic
def set_up_framework(
    *,
    name: str,
    starts_on: date,
    initial_years: int,
    extension_years_allowed: int,
    commercial_model: CommercialModel,
    ceiling: Money | None,
    decided_by_body: str,
    decided_on: date | None,
    minute: str,
    by: Person,
    at: datetime,
) -> str:
    """The framework exists with the usual lots and the usual published method; its reference.

    The usual kinds of service that no lot names can be chosen.

    Of two who do it at once, one does. Raises AlreadySetUp and what `framework.establish`
    raises.
    """
    find.wait_turn()
    if find.latest() is not None:
        raise AlreadySetUp
    made = framework.establish(
        name=name,
        starts_on=starts_on,
        initial_years=initial_years,
        extension_years_allowed=extension_years_allowed,
        commercial_model=commercial_model,
        ceiling=ceiling,
        decided_by_body=decided_by_body,
        decided_on=decided_on,
        minute=minute,
        by=by,
        at=at,
    )
    framework.open_lots(framework_id=made.pk, by=by, at=at)
    kinds.take_up_usual(by=by, at=at)
    return made.ref
