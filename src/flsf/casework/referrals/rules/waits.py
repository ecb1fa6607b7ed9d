"""How long children wait, in bands (S29)."""

from dataclasses import dataclass
from datetime import date

from flsf.casework.referrals.enums import Status, Urgency
from flsf.shared.accounts.enums import Team

# The last school day of each band; the last band has no end. They follow the duties of the
# sixth and the fifteenth day.
BANDS: tuple[tuple[str, int | None], ...] = (
    ("up to 5 school days", 5),
    ("6 to 15 school days", 15),
    ("16 to 30 school days", 30),
    ("more than 30 school days", None),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A child with no offer yet. Whom it is, the page asks of children by id."""

    referral_id: int
    ref: str
    child_id: int
    team: Team
    urgency: Urgency
    status: Status
    worker_id: int | None
    worker_name: str
    first_aware_on: date
    received_on: date
    school_days: int  # since first aware, that day and today included
    is_too_long: bool

    @property
    def band(self) -> str:
        return band_of(self.school_days)


def band_of(school_days: int) -> str:
    """The band a wait falls in."""
    return next(name for name, last in BANDS if last is None or school_days <= last)
