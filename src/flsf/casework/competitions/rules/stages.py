"""Where a competition is, told from what has been done."""

from dataclasses import dataclass
from datetime import datetime

from flsf.casework.competitions.enums import Stage

SCORERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What has been done. Moments are None where it has not been."""

    closes_at: datetime | None
    is_published: bool
    is_opened: bool
    live: int  # bids in time that were neither withdrawn nor passed over
    finished: int  # scorers whose marks are final
    is_moderated: bool
    in_place: int  # live bids of which every score meets the threshold
    is_settled: bool
    is_awarded: bool
    is_stopped: bool


def stage(done: Progress, at: datetime) -> Stage:
    """Where it is at a moment."""
    if done.is_stopped:
        return Stage.STOPPED
    if not done.is_published or done.closes_at is None:
        return Stage.DRAFT
    if done.is_awarded:
        return Stage.AWARDED
    if not done.is_opened:
        return Stage.OPEN if at < done.closes_at else Stage.CLOSED
    return _opened(done)


def _opened(done: Progress) -> Stage:
    if done.live == 0 or (done.is_moderated and done.in_place == 0):
        return Stage.NOTHING
    if done.is_settled:
        return Stage.SETTLED
    if done.is_moderated:
        return Stage.RANKED
    return Stage.MODERATION if done.finished >= SCORERS else Stage.SCORING
