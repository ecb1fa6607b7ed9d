"""Contract review meetings and what was agreed there for tests, made through actions."""

from datetime import date, timedelta
from typing import Any

from flsf.core.people import SYSTEM
from flsf.mandate.framework.models import Lot
from flsf.market.admissions import actions as admissions
from flsf.market.admissions.models import Admission
from flsf.market.providers.models import Provider
from flsf.oversight.meetings import actions
from flsf.oversight.meetings.enums import Side, Topic
from flsf.oversight.meetings.models import AgreedAction, Meeting
from flsf.oversight.meetings.rules import NewAction, NewMeeting
from tests import factories
from tests.factories import NOW, TODAY

FORTNIGHT = timedelta(days=14)


def in_pool(of: Provider, *, days: int = 30, in_lot: Lot | None = None) -> Admission:
    """The provider was admitted so many days ago."""
    at = NOW - timedelta(days=days)
    in_lot = in_lot or factories.lot()
    made = admissions.apply(provider_id=of.pk, lot_id=in_lot.pk, by=SYSTEM, at=at)
    admissions.admit(
        admission_id=made.pk,
        takes_effect_on=TODAY - timedelta(days=days),
        reason="All checks seen.",
        by=factories.council_member(),
        at=at,
    )
    return made


def told(held_on: date = TODAY, **more: Any) -> NewMeeting:
    usual: dict[str, Any] = {
        "held_on": held_on,
        "attended": "Their manager; our contract manager",
        "topics": (Topic.QUALITY, Topic.MONEY),
        "notes": "Lessons go well. Claims come late.",
    }
    return NewMeeting(**(usual | more))


def meeting(of: Provider, held_on: date = TODAY, **more: Any) -> Meeting:
    return actions.record(
        provider_id=of.pk,
        meeting=told(held_on, **more),
        by=factories.council_member(),
        at=NOW,
    )


def agreed(at_meeting: Meeting, *, side: Side = Side.PROVIDER, **more: Any) -> AgreedAction:
    usual: dict[str, Any] = {
        "side": side,
        "what": "Send claims by the fifth day of the month.",
        "owner": "Rosa Bell, manager",
        "due_on": TODAY + FORTNIGHT,
    }
    return actions.agree(
        meeting_id=at_meeting.pk,
        action=NewAction(**(usual | more)),
        by=factories.council_member(),
        at=NOW,
    )
