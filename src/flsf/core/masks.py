"""Sets of a few named things kept as a bit mask, so that a database and an array ask alike."""

from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from typing import TypeVar


class Bit(StrEnum):
    """A thing of such a set. The order of a list fixes each one's bit for good: add at its end,
    never move.
    """

    @property
    def bit(self) -> int:
        return _bits(type(self))[self]


One = TypeVar("One", bound=Bit)


@cache
def _bits(kind: type[Bit]) -> dict[Bit, int]:
    return {one: 1 << place for place, one in enumerate(kind)}


def to_mask(things: Iterable[Bit]) -> int:
    """The set as a bit mask."""
    mask = 0
    for one in things:
        mask |= one.bit
    return mask


def of_mask(kind: type[One], mask: int) -> list[One]:
    """The things of a bit mask, in their fixed order."""
    return [one for one in kind if mask & one.bit]
