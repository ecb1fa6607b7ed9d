"""The listings in memory, read again whenever anything that decides on them has changed.

The version of the catalogue is asked for on every search, so nothing stale is ever shown; a
suspension or a lapsed check bites with the next page.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import NamedTuple

import numpy as np

from flsf.core.needs import ORDER as NEEDS
from flsf.core.needs import to_mask
from flsf.mandate.framework import queries as framework
from flsf.market.admissions import queries as admissions
from flsf.market.admissions.enums import Status
from flsf.market.checks import queries as checks
from flsf.market.directory import rules
from flsf.market.directory.enums import (
    AVAILABILITY_ORDER,
    GROUP_ORDER,
    Availability,
    GroupSize,
)
from flsf.market.directory.models import Listing, Phrase
from flsf.market.directory.queries import text
from flsf.market.directory.queries.cards import Card, card_of, card_of_other
from flsf.market.directory.queries.kept import Kept
from flsf.market.directory.rules import Columns, Phrasebook, Postings, Query, Vocabulary
from flsf.market.directory.rules.engine import COSTS, SECTORS, Ints
from flsf.market.others import queries as others
from flsf.market.providers import queries as providers
from flsf.market.providers import rules as provider_rules
from flsf.market.providers.enums import MODE_ORDER, Cost, Mode, Sector, ServiceStatus
from flsf.market.providers.rules import OnCard

FIELDS = (
    *("service_id", "name", "provider_name", "lot_code", "mode", "needs_mask", "access_mask"),
    *("lowest_age", "highest_age", "easting", "northing", "service__status"),
    *("service__closed_from", "service__provider_id", "service__lot_id", "service__lot__name"),
    "service__site_id",
    *("qualities_mask", "half_days_mask", "largest_group", "kind", "kind_name", "changed_on"),
)

OTHERS, OTHERS_NAME = "not-on-framework", "Not on the council's list"
MOST_HEARD = 1_000


class _Row(NamedTuple):
    """A listing as it is read, before it is columns. The key of other help is negative."""

    key: int
    name: str
    run_by: str
    lot_code: str
    lot_name: str
    mode: str
    needs_mask: int
    access_mask: int
    qualities_mask: int
    kind: str
    kind_name: str
    lowest_age: int
    highest_age: int
    easting: int | None
    northing: int | None
    half_days_mask: int
    group: GroupSize | None
    cost: Cost
    sector: Sector
    availability: Availability
    changed_on: date


@dataclass(frozen=True, slots=True)
class Index:
    """The public listings as on a day, with all that a search or a card asks of them.

    `everywhere` and `names` say where each stem is, `meant` what the words that listings are
    called by, and the phrases, ask for. What others of the words typed ask for is kept beside
    them (`heard`): it goes with them when anything changes.
    """

    version: tuple[int, ...]
    day: date
    columns: Columns
    lot_names: Mapping[str, str]
    kind_names: Mapping[str, str]
    sorted_ids: Ints
    rows_by_id: Ints
    ours: Mapping[int, OnCard]
    theirs: Mapping[int, Card]  # by keys below zero
    book: Phrasebook
    vocabulary: Vocabulary
    everywhere: Postings
    names: Postings
    meant: Mapping[str, Query]
    changed: Ints  # the day on which each page last changed, as an ordinal
    heard: Kept[str, Query] = field(default_factory=lambda: Kept(MOST_HEARD))

    def rows_of(self, service_ids: Sequence[int] | Ints) -> Ints:
        """Where the listings of these services are in the columns; unknown ones are left out."""
        if not len(self.sorted_ids):
            return np.empty(0, dtype=np.int64)
        wanted = np.asarray(service_ids, dtype=np.int64)
        places = np.searchsorted(self.sorted_ids, wanted).clip(max=len(self.sorted_ids) - 1)
        known: Ints = self.rows_by_id[places[self.sorted_ids[places] == wanted]]
        return known

    def card(self, row: int) -> Card | None:
        """The card of a row; None if the service was taken down since the rows were read."""
        key = int(self.columns.service_id[row])
        ours = self.ours.get(key)
        if ours is None:
            return self.theirs.get(key)
        return card_of(ours, AVAILABILITY_ORDER[self.columns.availability[row]], on=self.day)

    def meanings(self, typed: Collection[str]) -> dict[str, Query]:
        """What lines of words ask for. One query for those not met before, or none."""
        said = {one: self.meant.get(one) or self.heard.get(one) for one in typed}
        known = {one: meant for one, meant in said.items() if meant is not None}
        new = text.meanings(said.keys() - known.keys())
        return known | {one: self.heard.keep(one, meant) for one, meant in new.items()}

    def changed_on(self, rows: Ints) -> date | None:
        """The latest day on which one of these pages changed; None without any."""
        return date.fromordinal(int(self.changed[rows].max())) if len(rows) else None


class _Kept:
    """The index of the day, shared by the threads of a process."""

    index: Index | None = None
    lock = Lock()


def current(on: date) -> Index:
    """The index as on a day: one query while nothing has changed."""
    version = providers.catalogue_version()
    kept = _Kept.index
    if kept is None or (kept.version, kept.day) != (version, on):
        with _Kept.lock:
            # Another thread may have read it while this one waited.
            kept = _Kept.index
            if kept is None or (kept.version, kept.day) != (version, on):
                kept = _Kept.index = _read(version, on, before=kept)
    return kept


def _read(version: tuple[int, ...], on: date, *, before: Index | None) -> Index:
    elsewhere = others.listed()
    table = [*_listed(on), *_others(elsewhere)]
    table.sort(key=lambda row: (row.name.casefold(), row.key))
    codes = tuple(sorted({row.lot_code for row in table}))
    kind_names = {row.kind: row.kind_name for row in table if row.kind}
    kinds = tuple(sorted(kind_names))
    ids = _ints([row.key for row in table])
    order = np.argsort(ids)
    columns = Columns(
        service_id=ids,
        lot=_ints([codes.index(row.lot_code) for row in table]),
        lot_codes=codes,
        mode=_ints([MODE_ORDER.index(Mode(row.mode)) for row in table]),
        needs_mask=_ints([row.needs_mask for row in table]),
        access_mask=_ints([row.access_mask for row in table]),
        lowest_age=_ints([row.lowest_age for row in table]),
        highest_age=_ints([row.highest_age for row in table]),
        easting=_ints([-1 if row.easting is None else row.easting for row in table]),
        northing=_ints([-1 if row.northing is None else row.northing for row in table]),
        availability=_ints([AVAILABILITY_ORDER.index(row.availability) for row in table]),
        qualities_mask=_ints([row.qualities_mask for row in table]),
        half_days_mask=_ints([row.half_days_mask for row in table]),
        group=_ints([GROUP_ORDER.index(row.group) if row.group else -1 for row in table]),
        cost=_ints([COSTS.index(row.cost) for row in table]),
        sector=_ints([SECTORS.index(row.sector) for row in table]),
        kind=_ints([kinds.index(row.kind) if row.kind else -1 for row in table]),
        kind_refs=kinds,
    )
    names = {row.lot_code: row.lot_name for row in table}
    book = phrasebook_on(on)
    texts = {*(row.name for row in table), *(row.run_by for row in table), *names.values()}
    vocabulary = _vocabulary(texts, book)
    everywhere, named = text.stems(sorted_ids=ids[order], rows=order)
    return Index(
        version=version,
        day=on,
        columns=columns,
        lot_names=names,
        kind_names=kind_names,
        sorted_ids=ids[order],
        rows_by_id=order,
        ours=providers.for_cards(),
        theirs={-one.pk: card_of_other(one, on=on) for one in elsewhere},
        book=book,
        vocabulary=vocabulary,
        everywhere=everywhere,
        names=named,
        meant=_meant(vocabulary, book, before.meant if before else {}),
        changed=_ints([row.changed_on.toordinal() for row in table]),
    )


def _listed(on: date) -> Iterator[_Row]:
    """The services of providers on the framework's books, each as the engine asks of it."""
    rows = [
        dict(zip(FIELDS, values, strict=True))
        for values in Listing.objects.filter(is_public=True).values_list(*FIELDS)
    ]
    standings = _availabilities(
        [row["service__status"] for row in rows],
        [row["service__closed_from"] for row in rows],
        [(row["service__provider_id"], row["service__lot_id"]) for row in rows],
        [row["service__site_id"] for row in rows],
        on,
    )
    for row, standing in zip(rows, standings, strict=True):
        yield _Row(
            key=row["service_id"],
            name=row["name"],
            run_by=row["provider_name"],
            lot_code=row["lot_code"],
            lot_name=row["service__lot__name"],
            mode=row["mode"],
            needs_mask=row["needs_mask"],
            access_mask=row["access_mask"],
            qualities_mask=row["qualities_mask"],
            kind=row["kind"],
            kind_name=row["kind_name"],
            lowest_age=row["lowest_age"],
            highest_age=row["highest_age"],
            easting=row["easting"],
            northing=row["northing"],
            half_days_mask=row["half_days_mask"],
            group=rules.group_size(row["largest_group"]),
            cost=Cost.COUNCIL,
            sector=rules.sector_of(row["lot_code"]),
            availability=standing,
            changed_on=row["changed_on"],
        )


def _others(elsewhere: Iterable[others.OtherRow]) -> Iterator[_Row]:
    """Help that is not on the framework: its key is below nothing, so that none is taken twice."""
    every_need = to_mask(NEEDS)
    for one in elsewhere:
        yield _Row(
            key=-one.pk,
            name=one.name,
            run_by=one.run_by,
            lot_code=OTHERS,
            lot_name=OTHERS_NAME,
            mode=one.mode,
            needs_mask=one.needs_mask or every_need,
            access_mask=one.access_mask,
            qualities_mask=one.qualities_mask,
            kind="",
            kind_name="",
            lowest_age=one.lowest_age,
            highest_age=one.highest_age,
            easting=one.easting,
            northing=one.northing,
            half_days_mask=0,
            group=None,
            cost=Cost(one.cost),
            sector=Sector(one.sector),
            availability=Availability.OUTSIDE,
            changed_on=one.changed_on,
        )


def phrasebook_on(on: date) -> Phrasebook:
    """What phrases stand for on a day. One query."""
    rows = Phrase.objects.filter(in_force_from__lte=on).exclude(until__lte=on)
    added = {one.phrase: (one.needs_mask, one.spelt_out) for one in rows}
    said = {phrase: stands for phrase, stands in added.items() if any(stands)}
    return rules.phrasebook(said, retired=added.keys() - said.keys())


def _availabilities(
    statuses: Sequence[str],
    closings: Sequence[date | None],
    pairs: Sequence[tuple[int, int]],
    sites: Sequence[int | None],
    on: date,
) -> list[Availability]:
    shut = admissions.suspended_sites(on)
    standing, running = admissions.statuses(on), framework.running_lot_ids(on)
    in_date = checks.in_date_ids(on)
    return [
        rules.availability(
            provider_rules.status_on(ServiceStatus(status), closed_from, on=on),
            in_pool=standing.get(pair) == Status.IN_POOL
            and pair[1] in running
            and site not in shut,
            was_admitted=pair in standing,
            in_date=pair[0] in in_date,
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


def _vocabulary(texts: Collection[str], book: Phrasebook) -> Vocabulary:
    known = {token for text in texts for token in rules.tokens_of(text)}
    return rules.vocabulary([word for word in known | book.words if not word.isdigit()])


def _meant(
    vocabulary: Vocabulary, book: Phrasebook, before: Mapping[str, Query]
) -> dict[str, Query]:
    """What known words and phrases ask for; what was known before need not be asked again."""
    lines = (*vocabulary.words, *book.phrases, *book.spelt_out)
    terms = [term for line in lines for term in rules.terms_of(line, book)]
    typed = {one for term in terms for one in (term.text, term.named, *term.typed.split())}
    known = {one: before[one] for one in typed & before.keys()}
    return known | text.meanings(typed - known.keys())


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)
