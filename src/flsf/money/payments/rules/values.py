"""What a claim is made from: the terms of an award, and what happened at a session."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flsf.core.half_days import Half
from flsf.delivery.attendance.enums import Came, NotHeldBecause
from flsf.mandate.framework.enums import Unit


@dataclass(frozen=True, slots=True)
class Rate:
    """From this day on one unit costs this much, in pence, net of VAT."""

    in_force_from: date
    pence: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed when the support was bought. Money is pence."""

    award_ref: str
    unit: Unit
    agreed_pence: int  # net, for one unit
    vat_basis_points: int
    half_days_mask: int
    minutes_a_half_day: int
    first_day: date
    last_day: date  # of the award, or the day it was ended
    most_net_pence: int  # what the award commits
    listed: Sequence[Rate] = ()  # the service's rates; none outside the framework


@dataclass(frozen=True, slots=True)
class Session:
    """What the mark of one half-day says, as it stands."""

    mark_id: int
    placement_id: int
    day: date
    half: Half
    held: bool
    not_held_because: NotHeldBecause | None
    came: Came
    minutes: int  # of support given
    is_extra: bool
    days_until_marked: int

    @property
    def when(self) -> tuple[date, bool]:
        """Sorts sessions as they took place."""
        return (self.day, self.half is Half.PM)
