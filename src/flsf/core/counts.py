"""What became of the rows of a file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the rows of a file: `new` and `changed` were written, `same` were not."""

    new: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.new + other.new, self.changed + other.changed, self.same + other.same)

    @property
    def read(self) -> int:
        return self.new + self.changed + self.same
