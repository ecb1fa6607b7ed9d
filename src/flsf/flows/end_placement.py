"""A placement ends: what must happen together."""

from datetime import date, datetime, timedelta

from django.db import transaction

from flsf.casework.calloffs import actions as calloffs
from flsf.casework.children import actions as children
from flsf.casework.timetable import actions as timetable
from flsf.core.clock import london_day
from flsf.core.people import SYSTEM, Person
from flsf.core.refusals import Refusal
from flsf.delivery.placements import actions as placements
from flsf.delivery.placements import queries as find_placements
from flsf.delivery.placements.enums import Status
from flsf.mandate.budgets import actions as budgets

ONE_DAY = timedelta(days=1)


class EndsTooEarly(Refusal):
    says = "Choose a last day on or after the day before the placement starts."


@transaction.atomic
def end_placement(
    *, placement_id: int, last_day: date, reason: str, by: Person, at: datetime
) -> None:
    """From the day after, no session is expected, the places are free for other children, and
    the provider sees nothing of the child.

    What was promised and is not yet paid is free again; sessions already given are promised
    anew when they are claimed, so nobody goes unpaid. Raises what placements.move and
    calloffs.end raise.
    """
    placement = find_placements.with_id(placement_id, person=SYSTEM, on=london_day(at))
    if placement is None or last_day < placement.starts_on - ONE_DAY:
        raise EndsTooEarly
    placements.move(
        placement_id=placement_id,
        status=Status.ENDED,
        takes_effect_on=last_day + ONE_DAY,
        reason=reason,
        by=by,
        at=at,
    )
    timetable.release(award_ref=placement.award_ref, last_day=last_day, by=by, at=at)
    if last_day < placement.planned_end_on:
        calloffs.end(award_id=placement.award_id, ended_on=last_day, by=by, at=at)
        budgets.release(award_ref=placement.award_ref, day=last_day, by=by, at=at)
    for because in (placement.ref, placement.award_ref):
        children.close_disclosures(because=because, last_day=last_day, by=by, at=at)
