"""What a listing says on a day."""

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256

from flsf.core.needs import Need
from flsf.market.directory.enums import Ageing, Availability, GroupSize
from flsf.market.providers.enums import Sector, ServiceStatus
from flsf.market.providers.rules import AGEING_DAYS, STALE_DAYS


def text_of(*texts: str, needs: Iterable[Need]) -> str:
    """Everything about a service that a word may be looked for in."""
    return " ".join([*texts, *(f"{need.value} {need.label} {need.area.value}" for need in needs)])


# What a listing holds that its page does not say, or says as of today.
NOT_SAID = frozenset({"service_id", "ref", "easting", "northing", "confirmed_on"})


def fingerprint(said: Mapping[str, object]) -> str:
    """The same for as long as the page of a service says the same of it (S210).

    That somebody confirmed it changes nothing of what it says, and neither does the day's
    answer to whether it takes new children.
    """
    told = sorted((key, value) for key, value in said.items() if key not in NOT_SAID)
    return sha256(repr(told).encode()).hexdigest()


def changed_on(before: tuple[str, date] | None, now: str, *, on: date) -> date:
    """The day on which what is said last changed: still the one before if it is the same.

    `before` is a fingerprint and its day. A record made before fingerprints were kept has an
    empty one, and counts as changed when it is next looked at.
    """
    return before[1] if before is not None and before[0] == now else on


def availability(
    status: ServiceStatus, *, in_pool: bool, was_admitted: bool, in_date: bool
) -> Availability:
    """Whether the service may be offered to a child.

    `status` is of the day. A provider that was never admitted to the lot is outside the
    framework; one that was, and is suspended or has a check overdue, is paused at once.
    """
    if status is ServiceStatus.CLOSED:
        return Availability.PAUSED
    if not was_admitted:
        return Availability.OUTSIDE
    if not (in_pool and in_date):
        return Availability.PAUSED
    return Availability.FULL if status is ServiceStatus.FULL else Availability.TAKING


def ageing(confirmed_on: date, *, on: date) -> Ageing:
    """How much a reader may rely on a listing that was last confirmed on a day."""
    days = (on - confirmed_on).days
    if days > STALE_DAYS:
        return Ageing.OLD
    return Ageing.AGEING if days > AGEING_DAYS else Ageing.FRESH


FEW = 6
# Lots whose business is not learning before anything else.
SECTORS = {
    "therapies": Sector.HEALTH,
    "post-16": Sector.WORK,
    "supported-internships": Sector.WORK,
}


def group_size(largest: int) -> GroupSize:
    """How many there are at most, in the words families choose by."""
    if largest <= 1:
        return GroupSize.ONE
    return GroupSize.FEW if largest <= FEW else GroupSize.MORE


def sector_of(lot_code: str) -> Sector:
    """Whose business a lot of the framework is."""
    return SECTORS.get(lot_code, Sector.EDUCATION)
