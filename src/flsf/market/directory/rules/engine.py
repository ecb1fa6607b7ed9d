"""A search over columns held in memory: one pass over arrays, however many listings."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from flsf.core.geo import Point
from flsf.core.half_days import DAYS, WEEK, Half, to_mask
from flsf.core.needs import ORDER as NEEDS
from flsf.core.qualities import ORDER as QUALITIES
from flsf.core.qualities import Quality
from flsf.market.directory.enums import AVAILABILITY_ORDER, GROUP_ORDER, Availability, GroupSize
from flsf.market.directory.rules.question import METRES_IN_A_MILE, Asked
from flsf.market.directory.rules.words import Term
from flsf.market.providers.enums import MODE_ORDER, Cost, Mode, Sector

Ints: TypeAlias = npt.NDArray[np.int64]
Mask: TypeAlias = npt.NDArray[np.bool_]
AllBut: TypeAlias = Callable[[str], Ints]  # the rows that meet every part but that one
# A term with the rows whose text has its words, and those that have them in their name.
TermRow: TypeAlias = tuple[Term, Ints, Ints]

NOWHERE = np.iinfo(np.int64).max  # the distance of what has no place: after everything else
TAKING = AVAILABILITY_ORDER.index(Availability.TAKING)
PAUSED = AVAILABILITY_ORDER.index(Availability.PAUSED)
COSTS, SECTORS = tuple(Cost), tuple(Sector)
FEW_NEEDS, FEWER_NEEDS = 4, 2  # who is for so few needs is for them in particular
# How much it tells that the first need of a phrase is met, that the words are in the name, that
# a service is for few needs, or that it helps with feelings where feelings are asked about.
MEETS, NAMED, PARTICULAR, FEELINGS = 4, 2, 1, 2


@dataclass(frozen=True, slots=True)
class Columns:
    """The listings as arrays, in the order of their names; places in the arrays name rows.

    `lot`, `mode`, `group`, `cost`, `sector` and `kind` are numbers of `lot_codes`, MODE_ORDER,
    GROUP_ORDER, COSTS, SECTORS and `kind_refs`; grid metres are -1 where a service has no place
    that we know, and a kind or a group is -1 where nobody has said.
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
    qualities_mask: Ints
    half_days_mask: Ints
    group: Ints
    cost: Ints
    sector: Ints
    kind: Ints
    kind_refs: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.service_id)


@dataclass(frozen=True, slots=True)
class Facets:
    """How many results each choice would leave, were it the only one of its kind."""

    lots: Mapping[str, int]
    modes: Mapping[Mode, int]
    needs: Mapping[str, int]  # by code
    taking: int
    qualities: Mapping[Quality, int]
    weekdays: Mapping[int, int]
    halves: Mapping[Half, int]
    groups: Mapping[GroupSize, int]
    costs: Mapping[Cost, int]
    sectors: Mapping[Sector, int]
    kinds: Mapping[str, int]  # by reference


@dataclass(frozen=True, slots=True)
class Found:
    """Rows in order: what fits the words best, then the nearest to a point, then by name."""

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
    terms: Sequence[TermRow] = (),
    paused: bool = False,
) -> Found:
    """The listings that answer. Each term comes with the rows whose text has its words.

    With `paused` those that would answer, were they not paused or closed.
    """
    metres = _metres(columns, at)
    parts = _parts(columns, asked, metres if at else None)
    parts["shown"] = (columns.availability == PAUSED) == paused
    parts |= {f"term {number}": _has(columns, term) for number, term in enumerate(terms)}
    answering = np.flatnonzero(reduce(and_, parts.values()))

    def all_but(left_out: str) -> Ints:
        if left_out not in parts:
            return answering
        rest = (one for name, one in parts.items() if name != left_out)
        return np.flatnonzero(reduce(and_, rest))

    rows = answering
    if at is not None:
        # Rows are in the order of names, and the sorts keep it between equals.
        rows = rows[np.argsort(metres[rows], kind="stable")]
    if terms:
        rows = rows[np.argsort(-_fit(columns, terms)[rows], kind="stable")]
    return Found(rows, metres[rows], _facets(columns, asked, all_but))


def _parts(columns: Columns, asked: Asked, metres: Ints | None) -> dict[str, Mask]:
    """For each part of the question but its words, which listings meet it."""
    parts: dict[str, Mask] = {}
    if asked.taking_only:
        parts["taking"] = columns.availability == TAKING
    if asked.needs_mask:
        parts["needs"] = (columns.needs_mask & asked.needs_mask) != 0
    if asked.access_mask:
        parts["access"] = (columns.access_mask & asked.access_mask) == asked.access_mask
    if asked.qualities_mask:
        parts["qualities"] = (columns.qualities_mask & asked.qualities_mask) != 0
    if asked.age is not None:
        parts["age"] = (columns.lowest_age <= asked.age) & (asked.age <= columns.highest_age)
    if asked.weekdays or asked.halves:
        when = _when(asked.weekdays, asked.halves)
        parts["when"] = (columns.half_days_mask & when) != 0
    if asked.within_miles is not None and metres is not None:
        comes_to_you = [MODE_ORDER.index(Mode.HOME), MODE_ORDER.index(Mode.ONLINE)]
        near = metres <= asked.within_miles * METRES_IN_A_MILE
        parts["within"] = near | np.isin(columns.mode, comes_to_you)
    return parts | _any_of(columns, asked)


def _any_of(columns: Columns, asked: Asked) -> dict[str, Mask]:
    """The parts of which any choice will do, as numbers of an order."""
    chosen: tuple[tuple[str, Ints, Iterable[object], tuple[object, ...]], ...] = (
        ("lots", columns.lot, asked.lot_codes, columns.lot_codes),
        ("modes", columns.mode, asked.modes, MODE_ORDER),
        ("groups", columns.group, asked.groups, GROUP_ORDER),
        ("costs", columns.cost, asked.costs, COSTS),
        ("sectors", columns.sector, asked.sectors, SECTORS),
        ("kinds", columns.kind, asked.kinds, columns.kind_refs),
    )
    return {
        name: np.isin(column, [order.index(one) for one in wanted if one in order])
        for name, column, wanted, order in chosen
        if wanted
    }


def _when(weekdays: Iterable[int], halves: Iterable[Half]) -> int:
    """The half-days asked for: those days, those halves; all of either if none is named."""
    days, parts = set(weekdays) or set(range(len(DAYS))), set(halves) or set(Half)
    return to_mask(one for one in WEEK if one.weekday in days and one.half in parts)


def _has(columns: Columns, row: TermRow) -> Mask:
    term, rows, _ = row
    has: Mask = (columns.needs_mask & term.needs_mask) != 0
    has[rows] = True
    return has


def _fit(columns: Columns, terms: Sequence[TermRow]) -> Ints:
    """How well each listing fits the words: what it is for tells most, then what it is called."""
    fit = np.zeros(len(columns), dtype=np.int64)
    needs = np.bitwise_count(columns.needs_mask)
    in_particular = (needs <= FEW_NEEDS).astype(np.int64) + (needs <= FEWER_NEEDS)
    helps = (columns.qualities_mask & Quality.FEELINGS.bit) != 0
    for term, _, named in terms:
        meets = (columns.needs_mask & term.first_mask) != 0
        fit += meets * MEETS + meets * in_particular * PARTICULAR
        if term.is_about_feelings:
            fit += (meets & helps) * FEELINGS
        fit[named] += NAMED
    return fit


def _metres(columns: Columns, at: Point | None) -> Ints:
    """The straight line to each listing, to the nearest metre."""
    metres = np.full(len(columns), NOWHERE, dtype=np.int64)
    if at is not None:
        placed = columns.easting >= 0
        east = columns.easting[placed] - at.easting
        north = columns.northing[placed] - at.northing
        metres[placed] = np.rint(np.hypot(east, north)).astype(np.int64)
    return metres


def _facets(columns: Columns, asked: Asked, all_but: AllBut) -> Facets:
    def each(part: str, column: Ints, size: int) -> list[int]:
        counted: list[int] = np.bincount(column[all_but(part)] + 1, minlength=size + 1).tolist()
        return counted[1:]

    lots = each("lots", columns.lot, len(columns.lot_codes))
    kinds = each("kinds", columns.kind, len(columns.kind_refs))
    needs = columns.needs_mask[all_but("needs")]
    qualities = columns.qualities_mask[all_but("qualities")]
    half_days = columns.half_days_mask[all_but("when")]

    def meeting(masks: Ints, bits: int) -> int:
        return int(np.count_nonzero(masks & bits))

    return Facets(
        lots=dict(zip(columns.lot_codes, lots, strict=True)),
        modes=dict(zip(MODE_ORDER, each("modes", columns.mode, len(MODE_ORDER)), strict=True)),
        needs={need.value: meeting(needs, need.bit) for need in NEEDS},
        taking=int(np.count_nonzero(columns.availability[all_but("taking")] == TAKING)),
        qualities={one: meeting(qualities, one.bit) for one in QUALITIES},
        weekdays={day: meeting(half_days, _when([day], asked.halves)) for day in range(len(DAYS))},
        halves={half: meeting(half_days, _when(asked.weekdays, [half])) for half in Half},
        groups=dict(zip(GROUP_ORDER, each("groups", columns.group, len(GROUP_ORDER)), strict=True)),
        costs=dict(zip(COSTS, each("costs", columns.cost, len(COSTS)), strict=True)),
        sectors=dict(zip(SECTORS, each("sectors", columns.sector, len(SECTORS)), strict=True)),
        kinds=dict(zip(columns.kind_refs, kinds, strict=True)),
    )
