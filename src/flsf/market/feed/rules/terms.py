"""The lists of terms that services are described by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from flsf.core import access, needs
from flsf.market.feed.rules.identity import uuid_of
from flsf.market.providers.enums import Mode

VERSION = "1.0"


@dataclass(frozen=True, slots=True)
class Family:
    """A list of terms: a taxonomy, in the standard's word."""

    code: str
    name: str
    description: str

    @property
    def uuid(self) -> UUID:
        return uuid_of(f"taxonomy/{self.code}")


@dataclass(frozen=True, slots=True)
class Term:
    """One term. `bit` is what it is in a mask, 0 where a service has just one of its list."""

    family: Family
    code: str
    name: str
    description: str
    bit: int = 0

    @property
    def uuid(self) -> UUID:
        return uuid_of(f"term/{self.family.code}/{self.code}")


NEED = Family("need", "Needs", "What a child may need help with, by the SEN2 and census codes.")
LOT = Family("kind", "Kinds of support", "The kinds of support that the council buys.")
MODE = Family("place", "Where it happens", "Whether the child goes there or somebody comes.")
ACCESS = Family("access", "Taking part", "What a place or a worker can do so that a child can.")
FAMILIES = (NEED, LOT, MODE, ACCESS)


def terms(lots: Iterable[tuple[str, str]]) -> Iterator[Term]:
    """Every term, with the framework's lots by code and name; a code that comes twice, once."""
    for need in needs.ORDER:
        yield Term(NEED, need.value, need.label, f"{need.label}: {need.area.value}", need.bit)
    for code, name in dict(lots).items():
        yield Term(LOT, code, name, name)
    for mode in Mode:
        yield Term(MODE, mode.value, str(mode.label), str(mode.label))
    for feature in access.ORDER:
        yield Term(ACCESS, feature.value, feature.label, feature.label, feature.bit)
