"""Reads of what is published."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias, cast
from uuid import UUID

import psycopg
from django.contrib.postgres.search import SearchQuery
from django.db import models, transaction
from django.db.models import ExpressionWrapper, F, QuerySet, Value
from django.db.models.functions import Cast

from flsf.core.geo import Point
from flsf.market.feed.enums import Kind
from flsf.market.feed.models import Edition, Record

EditionRow: TypeAlias = Edition

# A reader on a slow line holds a connection while it reads: no longer than this.
PATIENCE = "SET LOCAL statement_timeout = '5min'"
CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list is narrowed by; what is None does not narrow. `days_mask` is of half-days."""

    search: str | None = None
    term: UUID | None = None
    taxonomy: UUID | None = None
    organization: UUID | None = None
    lowest_age: float | None = None
    highest_age: float | None = None
    days_mask: int | None = None
    modified_after: datetime | None = None
    near: Point | None = None
    within_metres: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list: its records as they are published, and how many there are in all."""

    total: int
    records: list[str]


def edition() -> Edition | None:
    """The latest edition, if anything has been published yet."""
    return Edition.objects.order_by("-pk").first()


def counts() -> dict[Kind, int]:
    """How many records of each kind are published, those that say "withdrawn" left out."""
    found = Record.objects.filter(is_withdrawn=False).values_list("kind")
    return {Kind(kind): many for kind, many in found.annotate(many=models.Count("pk"))}


def record(kind: Kind, uuid: UUID) -> tuple[str, str] | None:
    """A record in full, and its fingerprint; None if there is none of that identifier."""
    found = Record.objects.filter(kind=kind, pk=uuid).values_list("body", "fingerprint").first()
    return (found[0], found[1]) if found else None


def page(kind: Kind, wanted: Wanted, *, first: int, count: int, in_full: bool = False) -> Page:
    """So many records from the first on, in an order that never changes."""
    found = _narrowed(Record.objects.filter(kind=kind), wanted)
    column = "body" if in_full else "listing"
    shown = found.order_by("pk").values_list(column, flat=True)[first : first + count]
    return Page(found.count(), list(shown))


def _narrowed(found: QuerySet[Record], wanted: Wanted) -> QuerySet[Record]:
    if wanted.search is not None:
        found = found.filter(
            words=SearchQuery(wanted.search, search_type="websearch", config="english")
        )
    if wanted.term is not None:
        found = found.filter(term_uuids__contains=[wanted.term])
    if wanted.taxonomy is not None:
        of_it = Record.objects.filter(
            kind=Kind.TAXONOMY_TERM, term_uuids__contains=[wanted.taxonomy]
        )
        found = found.filter(term_uuids__overlap=list(of_it.values_list("pk", flat=True)))
    if wanted.organization is not None:
        found = found.filter(organization_uuid=wanted.organization)
    if wanted.lowest_age is not None:
        found = found.filter(lowest_age__gte=Value(wanted.lowest_age, models.FloatField()))
    if wanted.highest_age is not None:
        found = found.filter(highest_age__lte=Value(wanted.highest_age, models.FloatField()))
    if wanted.days_mask is not None:
        held = F("half_days_mask").bitand(wanted.days_mask)
        found = found.annotate(held=held).filter(held__gt=0)
    if wanted.modified_after is not None:
        found = found.filter(modified_at__gte=wanted.modified_after)
    return _near(found, wanted)


def _near(found: QuerySet[Record], wanted: Wanted) -> QuerySet[Record]:
    if wanted.near is None or wanted.within_metres is None:
        return found
    wide = models.BigIntegerField()
    east = Cast("easting", wide) - wanted.near.easting
    north = Cast("northing", wide) - wanted.near.northing
    # Said to be wide once more: Django takes the sum for a small number, and what is too large
    # for one for no limit at all.
    square = ExpressionWrapper(east * east + north * north, output_field=wide)
    return found.annotate(square=square).filter(square__lte=wanted.within_metres**2)


# JSON holds no control character, so with these for marks a row comes out as it is.
WHOLE = """COPY (SELECT body FROM market_record WHERE kind = 'services' ORDER BY uuid)
TO STDOUT (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')"""

# A cell that begins like a formula gets an apostrophe, so that no spreadsheet works it out.
FLAT = """COPY (
    SELECT said ->> 'id' AS id, market_feed_cell(said ->> 'name') AS name,
        market_feed_cell(said -> 'organization' ->> 'name') AS organisation,
        said ->> 'status' AS status, said ->> 'alert' AS alert,
        market_feed_cell(said ->> 'description') AS description, said ->> 'url' AS url,
        said ->> 'minimum_age' AS minimum_age, said ->> 'maximum_age' AS maximum_age,
        place -> 'addresses' -> 0 ->> 'postal_code' AS postcode,
        place ->> 'latitude' AS latitude, place ->> 'longitude' AS longitude,
        (SELECT string_agg(term -> 'taxonomy_term' ->> 'name', '; ')
            FROM json_array_elements(said -> 'attributes') term
            WHERE term -> 'taxonomy_term' ->> 'taxonomy' = 'Kinds of support') AS kind,
        (SELECT string_agg(term -> 'taxonomy_term' ->> 'name', '; ')
            FROM json_array_elements(said -> 'attributes') term
            WHERE term -> 'taxonomy_term' ->> 'taxonomy' = 'Needs') AS needs,
        said ->> 'assured_date' AS confirmed_on, said ->> 'last_modified' AS last_modified
    FROM market_record
    CROSS JOIN LATERAL (SELECT body::json AS said) a
    CROSS JOIN LATERAL (
        SELECT said -> 'service_at_locations' -> 0 -> 'location' AS place
    ) b
    WHERE kind = 'services' ORDER BY uuid
) TO STDOUT (FORMAT csv, HEADER)"""


def every_service() -> Iterator[bytes]:
    """Every service in full, one on a line (NDJSON), a part at a time in little memory."""
    return _parts(_copied(WHOLE))


def every_service_as_list() -> Iterator[bytes]:
    """The same as one JSON list."""
    return _parts(_as_list(_copied(WHOLE)))


def every_service_flat() -> Iterator[bytes]:
    """The same as a table (CSV), with what fits into a cell."""
    return _parts(_copied(FLAT))


def _as_list(lines: Iterable[bytes]) -> Iterator[bytes]:
    between = b"[\n"
    for line in lines:
        yield between + line[:-1]
        between = b",\n"
    yield b"[]\n" if between == b"[\n" else b"\n]\n"


def _copied(statement: str) -> Iterator[bytes]:
    connection = transaction.get_connection()
    with transaction.atomic(), connection.cursor() as wrapped:
        wrapped.execute(PATIENCE)
        cursor = cast("psycopg.Cursor[Any]", wrapped)
        with cursor.copy(statement) as copy:
            for row in copy:
                yield bytes(row)


def _parts(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in parts of a size that a network likes."""
    waiting: list[bytes] = []
    size = 0
    for line in lines:
        waiting.append(line)
        size += len(line)
        if size >= CHUNK:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)
