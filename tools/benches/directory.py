"""The public search page at 20,000 services, beside a plain page of twenty rows.

Everything is made inside a transaction that is rolled back. Both pages go through the same
template layout and neither through middleware, so what is compared is the work of the page.
"""

from collections.abc import Callable
from random import Random
from time import perf_counter
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from flsf.core import clock
from flsf.core.geo import Point, metres_between
from flsf.core.needs import ORDER
from flsf.market.directory import queries as directory
from flsf.market.directory.models import Listing
from flsf.market.directory.queries.index import current
from flsf.market.directory.rules import Asked
from flsf.market.providers.enums import Mode
from flsf.market.providers.models import Service
from flsf.shared.places.models import Postcode
from flsf.web.public.directory.views import directory_search
from tools.bench import Row, interleaved
from tools.benches import world
from tools.benches.world import HERE, WORDS

SERVICES = 20_000
SHARE_OF_PLAIN, MOST_BYTES = 0.4, 60_000
QUESTIONS = {
    "everything": "",
    "need, age and place": "need=EBSA&age=12&postcode=ZZ1+1AA",
    "words": "words=boxing+maths&age=12",
    "plain words and a slip": "words=anxous+about+school&postcode=ZZ1+1AA&mode=home",
}
CELL = '<td class="govuk-table__cell">'
PLAIN = f"""{{% extends "layouts/page.html" %}}{{% set title = "Services" %}}{{% block page %}}
<h1 class="govuk-heading-l">Services</h1>
<table class="govuk-table"><tbody class="govuk-table__body">
{{% for row in rows %}}<tr class="govuk-table__row">
<th scope="row" class="govuk-table__header">{{{{ row.name }}}}</th>
{CELL}{{{{ row.provider_name }}}}</td>{CELL}{{{{ row.lot_code }}}}</td>
{CELL}{{{{ row.lowest_age }}}} to {{{{ row.highest_age }}}}</td></tr>{{% endfor %}}
</tbody></table>{{% endblock %}}"""


def rows() -> list[Row]:
    """A row for each kind of search, as the second asker meets it and as the very first does."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '10min'")
        Postcode.objects.get_or_create(
            postcode="ZZ1 1AA", defaults={"easting": HERE.easting, "northing": HERE.northing}
        )
        world.make(SERVICES)
        with connection.cursor() as cursor:
            # As a database tidies itself between one day's listings and the next day's readers.
            cursor.execute("SELECT gin_clean_pending_list('listing_words')")
            cursor.execute("ANALYZE")
        equal = _equal(Random(11))  # noqa: S311 - not for secrets
        made = [
            _row(name, query, equal=equal, first=first)
            for name, query in QUESTIONS.items()
            for first in (False, True)
        ]
        transaction.set_rollback(True)
    return made


def _row(name: str, query: str, *, equal: bool, first: bool) -> Row:
    index = current(clock.london_day(clock.now()))

    def ours() -> Any:
        if first:
            # What earlier searches left behind is gone; the listings themselves stay read.
            index.heard.clear()
        return directory_search(_request(query))

    ours_s, plain = interleaved(ours, _plain(_request(query)), rounds=40)
    with CaptureQueriesContext(connection) as asked:
        size = len(ours().content)
    asker = "never asked before" if first else "asked before"
    return Row(
        name=f"directory search: {name}, {asker}",
        size=SERVICES,
        ours_s=ours_s,
        limit_s=plain,
        usual_s=_usual_seconds(query),
        goal=f"{SHARE_OF_PLAIN:.0%} of a plain page's rate; {len(asked)} queries, {size:,} B",
        met=ours_s <= plain / SHARE_OF_PLAIN and size <= MOST_BYTES,
        answers_equal=equal,
    )


def _request(query: str) -> HttpRequest:
    request = RequestFactory().get("/directory/" + (f"?{query}" if query else ""))
    request.user = AnonymousUser()
    return request


def _plain(request: HttpRequest) -> Callable[[], object]:
    template = engines["jinja2"].from_string(PLAIN)

    def page() -> HttpResponse:
        listed = Listing.objects.filter(is_public=True).order_by("name", "service")[:20]
        return HttpResponse(template.render({"rows": list(listed)}, request))

    return page


def _usual_seconds(query: str) -> float:
    """The way it is often written: read every service, ask each one, sort, count."""
    begun = perf_counter()
    age, need = 12, ORDER[13].bit
    found = [
        one
        for one in Service.objects.select_related("provider", "site", "lot")
        if one.is_listed
        and one.lowest_age <= age <= one.highest_age
        and ("need" not in query or one.needs_mask & need)
    ]
    found.sort(key=lambda one: one.name.casefold())
    for code in {one.lot.code for one in found}:
        sum(one.lot.code == code for one in found)
    return perf_counter() - begun


def _equal(random: Random, times: int = 30) -> bool:
    """Whether random questions have the answers of a slow walk over every service."""
    today = clock.london_day(clock.now())
    everything = list(Service.objects.select_related("site", "lot").filter(is_listed=True))
    everything.sort(key=lambda one: (one.name.casefold(), one.pk))
    for _ in range(times):
        asked = Asked(
            needs_mask=random.choice([0, random.choice(ORDER).bit]),
            age=random.choice([None, random.randrange(26)]),
            modes=frozenset(random.sample(list(Mode), random.randrange(3))),
            words=random.choice(["", random.choice(WORDS)]),
        )
        at = random.choice([None, HERE])
        walked = [one for one in everything if _fits(one, asked)]
        if at:
            walked.sort(key=lambda one: _far(one, at))
        found = directory.search(asked, at=at, on=today, count=200)
        if found.total != len(walked):
            return False
        if [card.service_id for card in found.cards] != [one.pk for one in walked[:200]]:
            return False
    return True


def _fits(one: Service, asked: Asked) -> bool:
    return (
        (one.needs_mask & asked.needs_mask) == asked.needs_mask
        and (asked.age is None or one.lowest_age <= asked.age <= one.highest_age)
        and (not asked.modes or one.mode in asked.modes)
        and (not asked.words or asked.words in one.name.lower().split())
    )


def _far(one: Service, at: Point) -> tuple[bool, int]:
    if one.site is None or one.site.easting is None or one.site.northing is None:
        return (True, 0)
    return (False, metres_between(at, Point(one.site.easting, one.site.northing)))
