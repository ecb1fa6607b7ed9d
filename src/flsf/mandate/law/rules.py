"""A number through time: each value from its day on, until a later one."""

from dataclasses import dataclass
from datetime import date

from flsf.mandate.law.enums import Key


class NotInForce(LookupError):
    """A programmer's slip, or a day before our records begin: no such number then."""


@dataclass(frozen=True, slots=True)
class OverTime:
    """Every value a number has had, or will, with its first day; the earliest first."""

    key: Key
    values: tuple[tuple[date, int], ...]

    def on(self, day: date) -> int:
        """The value in force on a day. Raises NotInForce."""
        reached = [value for since, value in self.values if since <= day]
        if not reached:
            raise NotInForce(f"{self.key} on {day}")
        return reached[-1]
