"""Publishing the directory."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, cast

import psycopg
from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.grid import to_degrees
from flsf.core.people import Person
from flsf.mandate.framework import queries as framework
from flsf.market.directory import queries as directory
from flsf.market.feed import rules
from flsf.market.feed.actions import statements
from flsf.market.feed.enums import Kind, Tag
from flsf.market.feed.models import Edition
from flsf.market.providers import queries as providers
from flsf.shared import staging
from flsf.shared.audit import actions as audit

# Counts up when the same facts are to be said in other words.
WORDING = 2


@transaction.atomic
def publish(*, council: str, address: str, by: Person, at: datetime) -> Edition | None:
    """The feed says of every public service what is so now, and since when.

    `address` is where pages are found, for the links in it. A record that says the same as
    before keeps its bytes and its date. Returns the new edition, or None when nothing differs.
    """
    staging.wait_for_turn("publishing of the feed")
    # Read before the tables are: what changes meanwhile is looked at the next time.
    facts = repr((WORDING, providers.catalogue_version(), london_day(at), council, address))
    now = sha256(facts.encode()).hexdigest()
    latest = Edition.objects.order_by("-pk").first()
    if latest is not None and latest.checked_against == now:
        return None
    _make(council, address, london_day(at))
    counts = _merge(at)
    _run(statements.TIDY)
    if latest is not None and not any(counts.values()):
        latest.checked_against, latest.checked_at = now, at
        latest.save(update_fields=["checked_against", "checked_at"])
        return None
    edition = Edition.objects.create(made_at=at, checked_against=now, checked_at=at, **counts)
    audit.record(
        tag=Tag.PUBLISHED, subject=f"feed edition {edition.pk}", details=counts, by=by, at=at
    )
    return edition


def _make(council: str, address: str, on: date) -> None:
    said = {"council": council, "address": address.rstrip("/")}
    _run(statements.GATHER)
    _copy(
        "feed_standing",
        (
            (service_id, rules.STATUS_OF[one], rules.alert_of(one), rules.fees_of(one))
            for service_id, one in directory.standings(on).items()
        ),
    )
    _copy("feed_degrees", _degrees())
    _copy("feed_term", _terms(said["address"]))
    _run("ANALYZE feed_standing; ANALYZE feed_term; ANALYZE feed_degrees")
    for statement in (statements.ORGANIZATIONS, statements.LOCATIONS, statements.SERVICES):
        _run(statement, said)
    _run("ANALYZE feed_service; ANALYZE feed_organization")
    _run(statements.MAKE.replace("%%", "%"))
    _copy("feed_made (uuid, kind, about, listing, body, term_uuids)", _taxonomies())


def _degrees() -> Iterable[Sequence[object]]:
    sites = providers.sites_on_the_grid()
    if not sites:
        return []
    longitudes, latitudes = to_degrees([one[1] for one in sites], [one[2] for one in sites])
    return [
        (site[0], float(longitude), float(latitude))
        for site, longitude, latitude in zip(sites, longitudes, latitudes, strict=True)
    ]


def _every_term() -> list[rules.Term]:
    return list(rules.terms((lot.code, lot.name) for lot in framework.lot_facts().values()))


def _terms(address: str) -> Iterable[Sequence[object]]:
    for place, one in enumerate(_every_term()):
        said = _term(one) | ({"term_uri": _search(address, one)} if _asks(one) else {})
        # Beside each service only what the standard asks for: most of a feed is this.
        brief = {key: said[key] for key in ("id", "name", "description", "taxonomy", "term")}
        yield (
            *(place, one.family.code, one.code, one.bit, one.uuid, one.family.uuid),
            *(json.dumps(said), json.dumps(brief, separators=(",", ":"))),
        )


def _term(one: rules.Term) -> dict[str, str]:
    return {
        "id": str(one.uuid),
        "name": one.name,
        "description": one.description,
        "taxonomy": one.family.name,
        "taxonomy_id": str(one.family.uuid),
        "term": one.code,
    }


def _asks(one: rules.Term) -> bool:
    return one.family.code in {"need", "kind"}


def _search(address: str, one: rules.Term) -> str:
    """Where the directory shows what is described so."""
    name = "type" if one.family.code == "kind" else one.family.code
    return f"{address}/directory/?{name}={one.code}"


def _taxonomies() -> Iterable[Sequence[object]]:
    every = _every_term()
    for one in rules.FAMILIES:
        said = {
            "id": str(one.uuid),
            "name": one.name,
            "description": one.description,
            "version": rules.VERSION,
        }
        of_it = [_term(term) for term in every if term.family == one]
        whole = json.dumps(said | {"taxonomy_terms": of_it})
        yield one.uuid, Kind.TAXONOMY.value, f"taxonomy/{one.code}", json.dumps(said), whole, []


def _merge(at: datetime) -> dict[str, int]:
    moment = at.astimezone(UTC)
    stamp = f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"
    said = {"at": at, "stamp": stamp}
    return {
        "changed": _run(statements.CHANGED, said),
        "withdrawn": _run(statements.WITHDRAWN, said) + _run(statements.GONE),
        "new": _run(statements.NEW, said),
    }


def _run(statement: str, said: dict[str, Any] | None = None) -> int:
    with transaction.get_connection().cursor() as cursor:
        cursor.execute(statement, said)
        return int(cursor.rowcount)


def _copy(table: str, rows: Iterable[Sequence[object]]) -> None:
    # All of them first: while copying, the connection answers no other question.
    ready = list(rows)
    connection = transaction.get_connection()
    with connection.wrap_database_errors, connection.cursor() as wrapped:
        cursor = cast("psycopg.Cursor[Any]", wrapped)
        with cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in ready:
                copy.write_row(row)
