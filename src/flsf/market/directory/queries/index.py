"""The listings in memory, read again whenever anything that decides on them has changed.

The version of the catalogue is asked for on every search, so nothing stale is ever shown; a
suspension or a lapsed check bites with the next page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from flsf.mandate.framework import queries as framework
from flsf.market.admissions import queries as admissions
from flsf.market.admissions.enums import Status
from flsf.market.checks import queries as checks
from flsf.market.directory import rules
from flsf.market.directory.enums import AVAILABILITY_ORDER, Availability
from flsf.market.directory.models import Listing
from flsf.market.directory.queries.cards import Card
from flsf.market.directory.queries.kept import Kept
from flsf.market.directory.rules import Columns
from flsf.market.directory.rules.engine import Ints
from flsf.market.directory.rules.words import PHRASES, SPELT_OUT
from flsf.market.providers import queries as providers
from flsf.market.providers import rules as provider_rules
from flsf.market.providers.enums import MODE_ORDER, Mode, ServiceStatus

FIELDS = (
    *("service_id", "name", "provider_name", "lot_code", "mode", "needs_mask", "access_mask"),
    *("lowest_age", "highest_age", "easting", "northing", "service__status"),
    *("service__closed_from", "service__provider_id", "service__lot_id", "service__lot__name"),
    "service__site_id",
)

MOST_HEARD, MOST_MENDED, MOST_SHOWN = 200, 1_000, 2_000


@dataclass(frozen=True, slots=True)
class Index:
    """The public listings as on a day.

    What searches worked out of them is kept beside them (`heard`, `mended`, `shown`): it goes
    with them when anything changes, so it is never older than they are.
    """

    version: tuple[int, ...]
    day: date
    columns: Columns
    lot_names: Mapping[str, str]
    vocabulary: frozenset[str]
    sorted_ids: Ints
    rows_by_id: Ints
    heard: Kept[str, Ints | None] = field(default_factory=lambda: Kept(MOST_HEARD))
    mended: Kept[str, str | None] = field(default_factory=lambda: Kept(MOST_MENDED))
    shown: Kept[int, Card] = field(default_factory=lambda: Kept(MOST_SHOWN))

    def rows_of(self, service_ids: Sequence[int] | Ints) -> Ints:
        """Where the listings of these services are in the columns; unknown ones are left out."""
        if not len(self.sorted_ids):
            return np.empty(0, dtype=np.int64)
        wanted = np.asarray(service_ids, dtype=np.int64)
        places = np.searchsorted(self.sorted_ids, wanted).clip(max=len(self.sorted_ids) - 1)
        known: Ints = self.rows_by_id[places[self.sorted_ids[places] == wanted]]
        return known


class _Kept:
    """The index of the day, shared by the threads of a process."""

    index: Index | None = None


def current(on: date) -> Index:
    """The index as on a day: one query while nothing has changed."""
    version = providers.catalogue_version()
    kept = _Kept.index
    if kept is None or (kept.version, kept.day) != (version, on):
        kept = _Kept.index = _read(version, on)
    return kept


def _read(version: tuple[int, ...], on: date) -> Index:
    rows = list(Listing.objects.filter(is_public=True).values_list(*FIELDS))
    rows.sort(key=lambda row: (row[1].casefold(), row[0]))
    at = {name: place for place, name in enumerate(FIELDS)}
    by_column: list[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * len(FIELDS)

    def column(name: str) -> Sequence[Any]:
        return by_column[at[name]]

    codes = tuple(sorted(set(column("lot_code"))))
    ids = _ints(column("service_id"))
    order = np.argsort(ids)
    columns = Columns(
        service_id=ids,
        lot=_ints([codes.index(code) for code in column("lot_code")]),
        lot_codes=codes,
        mode=_ints([MODE_ORDER.index(Mode(mode)) for mode in column("mode")]),
        needs_mask=_ints(column("needs_mask")),
        access_mask=_ints(column("access_mask")),
        lowest_age=_ints(column("lowest_age")),
        highest_age=_ints(column("highest_age")),
        easting=_ints([-1 if one is None else one for one in column("easting")]),
        northing=_ints([-1 if one is None else one for one in column("northing")]),
        availability=_ints(
            _availabilities(
                column("service__status"),
                column("service__closed_from"),
                zip(column("service__provider_id"), column("service__lot_id"), strict=True),
                column("service__site_id"),
                on,
            )
        ),
    )
    names = dict(zip(column("lot_code"), column("service__lot__name"), strict=True))
    vocabulary = _vocabulary([*column("name"), *column("provider_name"), *names.values()])
    return Index(version, on, columns, names, vocabulary, ids[order], order)


def _availabilities(
    statuses: Sequence[str],
    closings: Sequence[date | None],
    pairs: Any,
    sites: Sequence[int | None],
    on: date,
) -> list[int]:
    shut = admissions.suspended_sites(on)
    standing, running = admissions.statuses(on), framework.running_lot_ids(on)
    in_date = checks.in_date_ids(on)
    return [
        AVAILABILITY_ORDER.index(
            rules.availability(
                provider_rules.status_on(ServiceStatus(status), closed_from, on=on),
                in_pool=standing.get(pair) == Status.IN_POOL
                and pair[1] in running
                and site not in shut,
                was_admitted=pair in standing,
                in_date=pair[0] in in_date,
            )
        )
        for status, closed_from, pair, site in zip(statuses, closings, pairs, sites, strict=True)
    ]


def availability_of(
    provider_id: int, lot_id: int, site_id: int | None, status: ServiceStatus, on: date
) -> Availability:
    """The same for one service, whether or not it is listed. `status` is of the day."""
    pair = (provider_id, lot_id)
    standing = admissions.statuses(on)
    return rules.availability(
        status,
        in_pool=standing.get(pair) == Status.IN_POOL
        and lot_id in framework.running_lot_ids(on)
        and site_id not in admissions.suspended_sites(on),
        was_admitted=pair in standing,
        in_date=provider_id in checks.in_date_ids(on),
    )


def _vocabulary(texts: Sequence[str]) -> frozenset[str]:
    known = {token for text in set(texts) for token in rules.tokens_of(text)}
    known |= {word for phrase in PHRASES for word in phrase.split()}
    return frozenset(word for word in known | set(SPELT_OUT) if not word.isdigit())


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)
