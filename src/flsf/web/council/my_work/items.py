"""A piece of work, and the groups that work falls into."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.urls import NoReverseMatch, reverse

from flsf.shared.accounts.enums import Team


class Press(StrEnum):
    """How work presses, the most first."""

    SAFETY = "Safety now"
    CLOCKS = "Clocks about to run out"
    MINE = "Waiting for me"
    OTHERS = "Waiting for others"
    NEWS = "For information"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One row: a reference, what it is, whose, by when, and where to do it."""

    press: Press
    kind: str  # what the counts strip counts it as
    ref: str
    what: str
    who: str = ""
    due_on: date | None = None
    button: str = "Open"
    href: str = ""  # empty: no page of ours does this yet
    team: Team | None = None  # whose it is; None: of every team that may do it
    owner_id: int | None = None  # who has taken it; None: nobody yet


class Whose(StrEnum):
    """Whose work is shown."""

    MINE = "mine"
    TEAM = "team"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Fold:
    """What more there is of a kind that would bury everything else."""

    kind: str
    work: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """`work` is shown at once; each of `folds` on asking."""

    press: Press
    work: tuple[Item, ...]
    folds: tuple[Fold, ...] = ()

    @property
    def count(self) -> int:
        """All of it, folded or not."""
        return len(self.work) + sum(len(one.work) for one in self.folds)


MOST_OF_A_KIND, SHOWN_OF_MANY = 8, 3


@dataclass(frozen=True, slots=True)
class Tally:
    """How many pieces of one kind there are."""

    kind: str
    count: int


def of_whom(
    items: Iterable[Item], whose: Whose, *, person_id: int, team: Team | None
) -> list[Item]:
    """The work of that person, of their team, or all they may do.

    What nobody has taken is of everybody in its team; what has no team is of every team.
    """
    if whose is Whose.ALL or team is None:
        return list(items)
    return [
        one
        for one in items
        if one.owner_id == person_id
        or (one.team in (None, team) and (whose is Whose.TEAM or one.owner_id is None))
    ]


def grouped(items: Iterable[Item]) -> list[Group]:
    """The groups that have something in them; within each the first due first, then undated.

    Of a kind with more than MOST_OF_A_KIND in a group the first SHOWN_OF_MANY stand there, and
    the others are folded. What presses for safety is never folded.
    """
    found = list(items)
    groups = []
    for press in Press:
        of_press = [one for one in found if one.press is press]
        of_press.sort(key=lambda one: (one.due_on is None, one.due_on or date.max, one.ref))
        if of_press:
            groups.append(_folded(press, of_press))
    return groups


def _folded(press: Press, work: list[Item]) -> Group:
    of_kind: dict[str, list[Item]] = {}
    for one in work:
        of_kind.setdefault(one.kind, []).append(one)
    folds = [
        Fold(kind, tuple(items[SHOWN_OF_MANY:]))
        for kind, items in of_kind.items()
        if len(items) > MOST_OF_A_KIND and press is not Press.SAFETY
    ]
    hidden = {id(one) for fold in folds for one in fold.work}
    return Group(press, tuple(one for one in work if id(one) not in hidden), tuple(folds))


def tallied(items: Iterable[Item]) -> list[Tally]:
    """The counts strip: every kind there is, in the order in which it presses."""
    order = list(Press)
    counts: dict[str, int] = {}
    for one in sorted(items, key=lambda item: order.index(item.press)):
        counts[one.kind] = counts.get(one.kind, 0) + 1
    return [Tally(kind, count) for kind, count in counts.items()]


def address(name: str, **captured: str) -> str:
    """Where a page is; empty where there is no such page."""
    try:
        return reverse(name, kwargs=captured)
    except NoReverseMatch:
        return ""
