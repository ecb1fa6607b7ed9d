"""Which policy each requirement of the framework answers, and which policy nothing answers.

Cabinet report, paragraphs 3, 8, 23 and 40: the framework aligns with national policy and follows
it as it changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from flsf.mandate.governance.enums import RequirementKind


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something the framework asks for. `key` finds it again in an address."""

    kind: RequirementKind
    key: str
    words: str

    @classmethod
    def by_words(cls, kind: RequirementKind, words: str) -> "Requirement":
        """The same words are the same requirement, in whichever version they are published."""
        return cls(kind, sha256(words.encode()).hexdigest()[:12], words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """A policy as its entry reads today; its version tells whether it has changed since."""

    number: int
    version: int
    name: str
    source: str
    dated: date | None
    standing: str
    is_closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody said last of a requirement: which drivers it answers, as they read then."""

    said_id: int
    drivers: Mapping[int, int]  # number: version
    because: str
    said_by: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Mapped:
    """A requirement with what it answers. `changed`: drivers that read otherwise since."""

    requirement: Requirement
    answers: tuple[Driver, ...]
    changed: tuple[Driver, ...]
    said: Said | None

    @property
    def standing(self) -> str:
        if self.said is None:
            return "Not said yet"
        if self.changed:
            return "Look again"
        return "Answers a driver" if self.answers else "Answers none"


def mapped(
    requirements: Iterable[Requirement],
    drivers: Iterable[Driver],
    said: Mapping[tuple[str, str], Said],
) -> list[Mapped]:
    """Each requirement once, in its order, with the drivers it answers.

    What was said of a driver that has changed or been closed since wants looking at again; one
    that is closed is answered by nothing any more.
    """
    by_number = {one.number: one for one in drivers}
    return [_mapped(one, by_number, said.get((one.kind.value, one.key))) for one in requirements]


def _mapped(one: Requirement, by_number: Mapping[int, Driver], said: Said | None) -> Mapped:
    if said is None:
        return Mapped(one, (), (), None)
    named = [(by_number[number], seen) for number, seen in said.drivers.items()]
    return Mapped(
        one,
        tuple(driver for driver, _ in named if not driver.is_closed),
        tuple(driver for driver, seen in named if driver.is_closed or driver.version != seen),
        said,
    )


def answered_by(driver: Driver, lines: Sequence[Mapped]) -> list[Requirement]:
    """The requirements that answer a driver."""
    return [
        one.requirement
        for one in lines
        if any(each.number == driver.number for each in one.answers)
    ]
