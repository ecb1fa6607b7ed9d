"""The ten half-days of a school week, kept as a bit mask."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Half(StrEnum):
    AM = "am"
    PM = "pm"

    @property
    def label(self) -> str:
        return "Morning" if self is Half.AM else "Afternoon"


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


@dataclass(frozen=True, slots=True, order=True)
class HalfDay:
    """A weekday (0 is Monday, 4 is Friday) and which half of it."""

    weekday: int
    half: Half

    def __post_init__(self) -> None:
        if not 0 <= self.weekday < len(DAYS):
            raise ValueError("a school week has five days")

    @property
    def index(self) -> int:
        return self.weekday * 2 + (self.half is Half.PM)

    @property
    def bit(self) -> int:
        return 1 << self.index

    @property
    def code(self) -> str:
        """As forms and files name it: mon-am."""
        return f"{DAYS[self.weekday][:3].lower()}-{self.half.value}"

    def __str__(self) -> str:
        return f"{DAYS[self.weekday]} {self.half.label.lower()}"


WEEK: tuple[HalfDay, ...] = tuple(
    HalfDay(weekday, half) for weekday in range(len(DAYS)) for half in Half
)
WHOLE_WEEK = (1 << len(WEEK)) - 1
BY_CODE = {one.code: one for one in WEEK}


def to_mask(half_days: Iterable[HalfDay]) -> int:
    """The set as a bit mask, Monday morning the lowest bit."""
    mask = 0
    for one in half_days:
        mask |= one.bit
    return mask


def from_mask(mask: int) -> list[HalfDay]:
    """The half-days of a bit mask, in the order of the week."""
    return [one for one in WEEK if mask & one.bit]


def on_day(day: date, half: Half) -> HalfDay | None:
    """The half-day of the school week a date falls on; None at the weekend."""
    weekday = day.weekday()
    return HalfDay(weekday, half) if weekday < len(DAYS) else None
