"""A search over columns held in memory: one pass over arrays, however many listings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from flsf.core.geo import Point
from flsf.core.needs import ORDER as NEEDS
from flsf.market.directory.enums import AVAILABILITY_ORDER, Availability
from flsf.market.directory.rules.question import METRES_IN_A_MILE, Asked
from flsf.market.directory.rules.words import Term
from flsf.market.providers.enums import MODE_ORDER, Mode

Ints: TypeAlias = npt.NDArray[np.int64]
Mask: TypeAlias = npt.NDArray[np.bool_]
AllBut: TypeAlias = Callable[..., Mask]

NOWHERE = np.iinfo(np.int64).max  # the distance of what has no place: after everything else
TAKING = AVAILABILITY_ORDER.index(Availability.TAKING)
PAUSED = AVAILABILITY_ORDER.index(Availability.PAUSED)


@dataclass(frozen=True, slots=True)
class Columns:
    """The listings as arrays, in the order of their names; places in the arrays name rows.

    `lot` and `mode` are numbers of `lot_codes` and MODE_ORDER; grid metres are -1 where a
    service has no place that we know.
    """

    service_id: Ints
    lot: Ints
    lot_codes: tuple[str, ...]
    mode: Ints
    needs_mask: Ints
    access_mask: Ints
    lowest_age: Ints
    highest_age: Ints
    easting: Ints
    northing: Ints
    availability: Ints

    def __len__(self) -> int:
        return len(self.service_id)


@dataclass(frozen=True, slots=True)
class Facets:
    """How many results each choice would leave, were it the only one of its kind."""

    lots: Mapping[str, int]
    modes: Mapping[Mode, int]
    needs: Mapping[str, int]  # by code: how many of these results meet it too
    taking: int


@dataclass(frozen=True, slots=True)
class Found:
    """Rows in order: the nearest first when there is a point, then by name."""

    rows: Ints
    metres: Ints  # of each row found; NOWHERE if it has no place
    facets: Facets

    def __len__(self) -> int:
        return len(self.rows)


def find(
    columns: Columns,
    asked: Asked,
    *,
    at: Point | None,
    terms: Sequence[tuple[Term, Ints]] = (),
) -> Found:
    """The listings that answer. Each term comes with the rows whose text has its words."""
    metres = _metres(columns, at)
    parts = _parts(columns, asked, metres if at else None, terms)
    everywhere = np.ones(len(columns), dtype=np.bool_)

    def all_but(*left_out: str) -> Mask:
        return reduce(
            and_, (one for name, one in parts.items() if name not in left_out), everywhere
        )

    kept = all_but()
    rows = np.flatnonzero(kept)
    if at is not None:
        # Rows are in the order of names, and the sort keeps it between equals.
        rows = rows[np.argsort(metres[rows], kind="stable")]
    return Found(rows, metres[rows], _facets(columns, kept, all_but))


def _parts(
    columns: Columns, asked: Asked, metres: Ints | None, terms: Sequence[tuple[Term, Ints]]
) -> dict[str, Mask]:
    """For each part of the question, which listings meet it."""
    parts: dict[str, Mask] = {"shown": columns.availability != PAUSED}
    if asked.taking_only:
        parts["taking"] = columns.availability == TAKING
    if asked.needs_mask:
        parts["needs"] = (columns.needs_mask & asked.needs_mask) == asked.needs_mask
    if asked.access_mask:
        parts["access"] = (columns.access_mask & asked.access_mask) == asked.access_mask
    if asked.age is not None:
        parts["age"] = (columns.lowest_age <= asked.age) & (asked.age <= columns.highest_age)
    if asked.lot_codes:
        wanted = [at for at, code in enumerate(columns.lot_codes) if code in asked.lot_codes]
        parts["lots"] = np.isin(columns.lot, wanted)
    if asked.modes:
        parts["modes"] = np.isin(columns.mode, [MODE_ORDER.index(mode) for mode in asked.modes])
    if asked.within_miles is not None and metres is not None:
        comes_to_you = [MODE_ORDER.index(Mode.HOME), MODE_ORDER.index(Mode.ONLINE)]
        near = metres <= asked.within_miles * METRES_IN_A_MILE
        parts["within"] = near | np.isin(columns.mode, comes_to_you)
    for number, (term, rows) in enumerate(terms):
        has = (columns.needs_mask & term.needs_mask) != 0
        has[rows] = True
        parts[f"term {number}"] = has
    return parts


def _metres(columns: Columns, at: Point | None) -> Ints:
    """The straight line to each listing, to the nearest metre."""
    metres = np.full(len(columns), NOWHERE, dtype=np.int64)
    if at is not None:
        placed = columns.easting >= 0
        east = columns.easting[placed] - at.easting
        north = columns.northing[placed] - at.northing
        metres[placed] = np.rint(np.hypot(east, north)).astype(np.int64)
    return metres


def _facets(columns: Columns, kept: Mask, all_but: AllBut) -> Facets:
    lots = np.bincount(columns.lot[all_but("lots")], minlength=len(columns.lot_codes))
    modes = np.bincount(columns.mode[all_but("modes")], minlength=len(MODE_ORDER))
    met = columns.needs_mask[kept]
    return Facets(
        lots={code: int(lots[at]) for at, code in enumerate(columns.lot_codes)},
        modes={mode: int(modes[at]) for at, mode in enumerate(MODE_ORDER)},
        needs={need.value: int(np.count_nonzero(met & need.bit)) for need in NEEDS},
        taking=int(np.count_nonzero(columns.availability[all_but("taking")] == TAKING)),
    )
