"""Where the guided tour's story stands: of one child, from waiting to what it cost.

It is read from what was done, so the story goes on where somebody left it, and a step that
somebody took by another way is found done. A story that is over is followed by another's.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flsf.casework.calloffs import queries as calloffs
from flsf.casework.calloffs.enums import AwardStatus
from flsf.casework.referrals import queries as referrals
from flsf.casework.referrals.enums import Status as ReferralStatus
from flsf.core.clock import LONDON, london_day
from flsf.core.people import SYSTEM
from flsf.delivery.attendance import queries as attendance
from flsf.delivery.placements import queries as placements
from flsf.delivery.placements.enums import Status as PlacementStatus
from flsf.money.payments import queries as payments
from flsf.money.payments.enums import Status as ClaimStatus

# What the referrals of the tour's children were sent with, in the order in which they are told.
STORY_KEYS = ("marlbeck-story-1", "marlbeck-story-2", "marlbeck-story-3")
LOOK_BACK = timedelta(days=90)
GOES_ON = frozenset({AwardStatus.AWAITING, AwardStatus.AWARDED})
DRAFTS = frozenset({ClaimStatus.DRAFT, ClaimStatus.QUERY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """How far one child's story has come. What is empty has not come about."""

    ref: str
    is_closed: bool = False
    is_taken_on: bool = False
    award: str = ""
    is_awarded: bool = False
    placement: str = ""
    has_begun: bool = False
    has_worker: bool = False
    is_ended: bool = False
    session: str = ""  # one of today that nobody has marked, as its address names it
    is_marked: bool = False
    claim: str = ""
    claimed: ClaimStatus | None = None
    month_is_sent: bool = False  # without this session: it comes in a later claim

    @property
    def is_told(self) -> bool:
        return self.claimed is ClaimStatus.PAID or (self.month_is_sent and self.is_marked)

    @property
    def is_over(self) -> bool:
        """Told to its end, or something else came of it."""
        return self.is_told or self.is_closed or (self.is_ended and not self.is_marked)


def stories(at: datetime) -> list[Story]:
    """Those that are over, and the one being told; none in a borough without a tour."""
    found: list[Story] = []
    for key in STORY_KEYS:
        sent = referrals.sent_with(key)
        if sent is None:
            continue
        found.append(_story(sent.pk, at))
        if not found[-1].is_over:
            break
    return found


def _story(referral_id: int, at: datetime) -> Story:
    on = london_day(at)
    referral = referrals.with_id(referral_id, person=SYSTEM, on=on)
    known: dict[str, Any] = {
        "ref": referral.ref,
        "is_closed": referral.status == ReferralStatus.CLOSED,
        "is_taken_on": referral.worker is not None,
    }
    awards = calloffs.of_referral(referral_id, person=SYSTEM, on=on)
    award = next((one for one in awards if one.status in GOES_ON), None)
    if award is None:
        return Story(**known)
    known |= {"award": award.ref, "is_awarded": award.status == AwardStatus.AWARDED}
    placement_id = placements.of_award(award.pk)
    return Story(**known, **(_support(placement_id, at) if placement_id else {}))


def _support(placement_id: int, at: datetime) -> dict[str, Any]:
    on = london_day(at)
    seen = placements.with_id(placement_id, person=SYSTEM, on=on)
    if seen is None:
        return {}
    waiting = attendance.unmarked([placement_id], on, on, london_now=at.astimezone(LONDON))
    marks = attendance.marks([placement_id], on - LOOK_BACK, on)
    known: dict[str, Any] = {
        "placement": seen.ref,
        "has_begun": seen.status is not PlacementStatus.PLANNED,
        "has_worker": bool(placements.workers(placement_id)),
        "is_ended": seen.status is PlacementStatus.ENDED,
        "session": f"{waiting[0].day.isoformat()}-{waiting[0].half.value}" if waiting else "",
        "is_marked": bool(marks),
    }
    return known | (_money(placement_id, seen.provider_id, marks[0].day) if marks else {})


def _money(placement_id: int, provider_id: int, day: Any) -> dict[str, Any]:
    charged = payments.last_charged(placement_id)
    if charged is not None:
        return {"claim": charged.ref, "claimed": charged.status}
    month = payments.months_of(provider_id).get(day.replace(day=1))
    return {"month_is_sent": month is not None and month not in DRAFTS}
