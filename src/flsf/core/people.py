"""What every stage may know of a person, without knowing the accounts table."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol


class ChildReach(StrEnum):
    """Which children's records a role opens by itself; disclosures open others."""

    ALL = "all"
    LOOKED_AFTER = "looked_after"  # the Virtual School's children
    DISCLOSED = "disclosed"  # only those disclosed to the person or their organisation


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a person sees: the whole council's work, or some organisations'."""

    whole_council: bool
    organisation_ids: frozenset[int]
    children: ChildReach = ChildReach.DISCLOSED


class Person(Protocol):
    """Whoever acts or looks. The User model fits; so does a stand-in in a test."""

    @property
    def pk(self) -> Any: ...

    @property
    def name(self) -> str: ...

    @property
    def reach(self) -> Reach: ...

    def may(self, permission: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class System:
    """The nightly clock or the command line, acting for nobody in particular."""

    pk: None = None
    name: str = "The system"
    reach: Reach = Reach(whole_council=True, organisation_ids=frozenset(), children=ChildReach.ALL)

    def may(self, permission: str) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who has not signed in: the public, or a parent who asks for support."""

    pk: None = None
    name: str = "Somebody not signed in"
    reach: Reach = Reach(whole_council=False, organisation_ids=frozenset())

    def may(self, permission: str) -> bool:
        return False


SYSTEM = System()
VISITOR = Visitor()
