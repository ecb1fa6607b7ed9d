"""What somebody asks of the directory."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flsf.core.half_days import Half
from flsf.market.directory.enums import GroupSize
from flsf.market.providers.enums import Cost, Mode, Sector

METRES_IN_A_MILE = 1609.344


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Every part narrows; an empty one does not.

    Of several choices of one part any will do; only of access features all are wanted, for
    somebody who needs two of them is not helped by one. `within_miles` needs a point to measure
    from; a service that comes to the child, at home or online, is near everybody.
    """

    words: str = ""
    needs_mask: int = 0
    age: int | None = None
    lot_codes: frozenset[str] = frozenset()
    modes: frozenset[Mode] = frozenset()
    access_mask: int = 0
    within_miles: int | None = None
    taking_only: bool = False
    qualities_mask: int = 0
    weekdays: frozenset[int] = frozenset()  # 0 is Monday
    halves: frozenset[Half] = frozenset()
    groups: frozenset[GroupSize] = frozenset()
    costs: frozenset[Cost] = frozenset()
    sectors: frozenset[Sector] = frozenset()
    kinds: frozenset[str] = frozenset()  # their references

    @property
    def is_anything(self) -> bool:
        return self != Asked()


@dataclass(frozen=True, slots=True)
class Loosened:
    """The question less one part. `part` is the name of the field left out."""

    part: str
    asked: Asked


def loosened(asked: Asked) -> Iterator[Loosened]:
    """The question with each of its parts left out in turn, the least telling first."""
    nothing = Asked()
    for part in (
        *("taking_only", "within_miles", "halves", "weekdays", "costs", "groups", "kinds"),
        *(
            "sectors",
            "qualities_mask",
            "access_mask",
            "modes",
            "lot_codes",
            "words",
            "age",
            "needs_mask",
        ),
    ):
        if getattr(asked, part) != getattr(nothing, part):
            yield Loosened(part, replace(asked, **{part: getattr(nothing, part)}))
