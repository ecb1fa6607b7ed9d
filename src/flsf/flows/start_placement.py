"""A placement begins: what must happen together."""

from datetime import date, datetime

from django.db import transaction

from flsf.casework.referrals import actions as referrals
from flsf.casework.referrals import queries as find_referrals
from flsf.casework.referrals import rules as referral_rules
from flsf.casework.referrals.enums import ClockKind
from flsf.casework.referrals.enums import Status as ReferralStatus
from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.delivery.placements import actions as placements
from flsf.delivery.placements import queries as find_placements
from flsf.delivery.placements.enums import Status


@transaction.atomic
def start_placement(*, placement_id: int, begins_on: date, by: Person, at: datetime) -> None:
    """The placement is active; the referral has started and its duties are kept from that day.

    An introduction before it is no start: use placements.move. Raises what that raises.
    """
    placements.move(
        placement_id=placement_id,
        status=Status.ACTIVE,
        takes_effect_on=begins_on,
        by=by,
        at=at,
    )
    referral_id = find_placements.referral_of(placement_id)
    if referral_id is None:
        return
    for kind in ClockKind:
        referrals.stop_clock(referral_id=referral_id, kind=kind, met_on=begins_on, by=by, at=at)
    # A referral's status is never back-dated; a start told late counts from today there.
    day = max(begins_on, london_day(at))
    before = find_referrals.status_on(day, referral_id=referral_id)
    if before and referral_rules.may_move(before, ReferralStatus.STARTED):
        referrals.move(
            referral_id=referral_id,
            status=ReferralStatus.STARTED,
            takes_effect_on=day,
            by=by,
            at=at,
        )
