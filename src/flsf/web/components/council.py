"""What the council says of itself, for every page and message, without asking each time.

Read from the database at most every few seconds in each process; a process that changes it
forgets at once. A page that tells of a broken database still knows the council's name.
"""

import threading
import time
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError

from flsf.shared.council import queries
from flsf.shared.council.rules import USUAL_COLOUR, Particulars

SECONDS_KEPT = 15.0


@dataclass(slots=True)
class _Kept:
    told: Particulars | None = None
    until: float = 0.0


_kept, _turn = _Kept(), threading.Lock()


def particulars() -> Particulars:
    """How the council appears."""
    with _turn:
        if _kept.told is None or time.monotonic() > _kept.until:
            try:
                told = queries.particulars()
            except DatabaseError:
                return _kept.told or Particulars(name=settings.COUNCIL_NAME)
            keep(told)
        return _kept.told or Particulars(name=settings.COUNCIL_NAME)


def keep(told: Particulars, seconds: float = SECONDS_KEPT) -> None:
    """The next pages say this, for so long, without asking."""
    _kept.told, _kept.until = told, time.monotonic() + seconds


def forget() -> None:
    """The next page asks again."""
    _kept.told = None


class Name:
    """The council's name, read when a page is made and not when the process starts."""

    def __str__(self) -> str:
        return particulars().name


class Words:
    """The particulars for templates: `council.phone`. `is_plain`: its colour is the usual."""

    def __getattr__(self, name: str) -> str:
        if name.startswith("_"):
            raise AttributeError(name)
        return str(getattr(particulars(), name))

    @property
    def is_plain(self) -> bool:
        return particulars().colour.lower() == USUAL_COLOUR
