"""The whole feed of 20,000 services as a reader takes it, beside a bare COPY of as many rows.

The bare rows are each service with its provider, lot and place: what a record is made of.

Everything is made inside a transaction that is rolled back. The usual way is a loop over the
services that writes each as JSON; both must tell the same of every service.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any, cast

import psycopg
from django.db import connection, transaction

from flsf.core import clock, needs
from flsf.core.people import SYSTEM
from flsf.market.feed import actions, rules
from flsf.market.feed import queries as feed
from flsf.market.providers.models import Service
from tools.bench import Row, interleaved
from tools.benches import world

SERVICES = 20_000
SHARE_OF_COPY = 0.2
MOST_MEGABYTES = 64
SECONDS_BETWEEN = 300
BARE = """COPY (
    SELECT s.*, p.*, l.*, t.* FROM market_service s
    JOIN market_provider p ON p.id = s.provider_id JOIN mandate_lot l ON l.id = s.lot_id
    LEFT JOIN market_site t ON t.id = s.site_id
) TO STDOUT"""


def rows() -> list[Row]:
    """A row for taking the feed, and one for publishing all of it anew."""
    with transaction.atomic():
        world.make(SERVICES)
        begun = perf_counter()
        _publish()
        published = perf_counter() - begun
        equal = _equal()
        grown = _grown(lambda: _use(feed.every_service_as_list()))
        ours, limit = interleaved(lambda: _use(feed.every_service_as_list()), _copied)
        begun = perf_counter()
        _use(_usual())
        usual = perf_counter() - begun
        transaction.set_rollback(True)
    return [
        Row(
            name=f"Feed: the whole of it ({grown} MB over idle)",
            size=SERVICES,
            ours_s=ours,
            limit_s=limit,
            usual_s=usual,
            goal="at least 20 % of COPY's rows a second in at most 64 MB",
            met=ours <= limit / SHARE_OF_COPY and grown <= MOST_MEGABYTES,
            answers_equal=equal,
        ),
        Row(
            name="Feed: published for the first time",
            size=SERVICES,
            ours_s=published,
            limit_s=limit,
            usual_s=usual,
            goal="within half the five minutes between two publishings",
            met=published < SECONDS_BETWEEN / 2,
            answers_equal=equal,
        ),
    ]


def _publish() -> None:
    actions.publish(council="Bench", address="https://bench.example", by=SYSTEM, at=clock.now())


def _use(parts: Iterator[bytes]) -> int:
    return sum(map(len, parts))


def _copied() -> int:
    with connection.cursor() as wrapped:
        cursor = cast("psycopg.Cursor[Any]", wrapped)
        with cursor.copy(BARE) as copy:
            return sum(len(row) for row in copy)


def _usual() -> Iterator[bytes]:
    """The way it is often written."""
    services = Service.objects.select_related("provider", "lot", "site")
    for one in services.prefetch_related("capacity").order_by("ref"):
        yield json.dumps(_told(one)).encode()


def _told(one: Service) -> dict[str, Any]:
    described = [need.value for need in needs.from_mask(one.needs_mask)]
    return {
        "id": str(rules.uuid_of(f"service/{one.ref}")),
        "name": one.name,
        "description": one.what_it_is,
        "status": "active",
        "minimum_age": one.lowest_age,
        "maximum_age": one.highest_age,
        "assured_date": one.confirmed_on.isoformat(),
        "organization": one.provider.name,
        "terms": [*described, one.lot.code, one.mode],
        "postcode": one.site.postcode if one.site else None,
        "days": sorted({place.half_day // 2 for place in one.capacity.all()}),
    }


def _equal() -> bool:
    """Whether both ways tell the same of every service."""
    usual = {said["id"]: said for said in map(json.loads, _usual())}
    ours = {said["id"]: said for said in json.loads(b"".join(feed.every_service_as_list()))}
    if len(ours) != SERVICES or set(ours) != set(usual):
        return False
    return all(_same(ours[one], usual[one]) for one in ours)


def _same(ours: dict[str, Any], usual: dict[str, Any]) -> bool:
    there = [one["location"] for one in ours.get("service_at_locations", [])]
    postcodes = [one["addresses"][0]["postal_code"] for one in there if "addresses" in one]
    return (
        all(ours[key] == usual[key] for key in ("name", "description", "status"))
        and (ours["minimum_age"], ours["maximum_age"], ours["assured_date"])
        == (usual["minimum_age"], usual["maximum_age"], usual["assured_date"])
        and ours["organization"]["name"] == usual["organization"]
        and [one["taxonomy_term"]["term"] for one in ours["attributes"]] == usual["terms"]
        and (postcodes or [None]) == [usual["postcode"]]
    )


def _grown(run: Callable[[], object]) -> int:
    """How many megabytes more the process held at its highest than before."""
    Path("/proc/self/clear_refs").write_text("5")
    before = _status("VmRSS")
    run()
    return (_status("VmHWM") - before) // 1024


def _status(name: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    return 0
