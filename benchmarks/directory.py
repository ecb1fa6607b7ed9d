"""The public search page at 20,000 services, beside a plain page of twenty rows.

Everything is made inside a transaction that is rolled back. Both pages go through the same
template layout and neither through middleware, so what is compared is the work of the page.
"""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from statistics import median
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
from flsf.core.people import SYSTEM
from flsf.flows import offer_service as flow
from flsf.mandate.framework import actions as framework
from flsf.mandate.framework.rules import DEFAULT_LOTS
from flsf.market.admissions import actions as admissions
from flsf.market.admissions.rules import NewAdmission
from flsf.market.directory import queries as directory
from flsf.market.directory.models import Listing
from flsf.market.directory.rules import Asked
from flsf.market.providers import actions as providers
from flsf.market.providers.enums import Mode, ProviderKind
from flsf.market.providers.models import Service
from flsf.market.providers.rules import (
    NewProvider,
    NewService,
    NewSite,
    ProviderFacts,
    ServiceFacts,
)
from flsf.shared.accounts import actions as accounts
from flsf.shared.accounts.enums import OrganisationKind, Role
from flsf.shared.places.models import Postcode
from flsf.web.public.directory.views import directory_search

SERVICES, PROVIDERS = 20_000, 2_000
WORDS = ("maths", "boxing", "farm", "music", "bikes", "art", "reading", "cooking", "sport", "code")
QUESTIONS = {
    "everything": "",
    "need, age and place": "need=EBSA&age=12&postcode=ZZ1+1AA",
    "words": "words=boxing+maths&age=12",
    "plain words and a slip": "words=anxous+about+school&postcode=ZZ1+1AA&mode=home",
}
HERE = Point(400_000, 290_000)
CELL = '<td class="govuk-table__cell">'
PLAIN = f"""{{% extends "layouts/page.html" %}}{{% set title = "Services" %}}{{% block page %}}
<h1 class="govuk-heading-l">Services</h1>
<table class="govuk-table"><tbody class="govuk-table__body">
{{% for row in rows %}}<tr class="govuk-table__row">
<th scope="row" class="govuk-table__header">{{{{ row.name }}}}</th>
{CELL}{{{{ row.provider_name }}}}</td>{CELL}{{{{ row.lot_code }}}}</td>
{CELL}{{{{ row.lowest_age }}}} to {{{{ row.highest_age }}}}</td></tr>{{% endfor %}}
</tbody></table>{{% endblock %}}"""

Page = Callable[[HttpRequest], HttpResponse]


def rows() -> list[dict[str, Any]]:
    """A row for each kind of search, as the bench writes them."""
    with transaction.atomic():
        _world(Random(7))  # noqa: S311 - not for secrets
        made = [_row(name, query) for name, query in QUESTIONS.items()]
        transaction.set_rollback(True)
    return made


def _row(name: str, query: str) -> dict[str, Any]:
    equal = _equal(Random(11))  # noqa: S311 - not for secrets
    ours = _seconds(directory_search, query)
    plain = _seconds(_plain(), query)
    usual = _usual_seconds(query)
    ratio = ours / plain
    return {
        "name": f"Directory search page: {name} ({_queries(query)} queries)",
        "size": SERVICES,
        "ours_s": ours,
        "limit_s": plain,
        "usual_s": usual,
        "ratio_to_limit": ratio,
        "times_faster_than_usual": usual / ours,
        "goal": "at least 40 % of the requests a second of a plain 20-row list page",
        "met": ratio <= 2.5,
        "answers_equal": equal,
    }


def _request(query: str) -> HttpRequest:
    request = RequestFactory().get("/directory/" + (f"?{query}" if query else ""))
    request.user = AnonymousUser()
    return request


def _seconds(page: Page, query: str, times: int = 60) -> float:
    """The middle of the times it took, warm."""
    taken = []
    for _ in range(times + 5):
        begun = perf_counter()
        page(_request(query))
        taken.append(perf_counter() - begun)
    return median(taken[5:])


def _queries(query: str) -> int:
    directory_search(_request(query))
    connection.queries_log.clear()
    with CaptureQueriesContext(connection) as asked:
        directory_search(_request(query))
    return len(asked)


def _plain() -> Page:
    template = engines["jinja2"].from_string(PLAIN)

    def page(request: HttpRequest) -> HttpResponse:
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


def _equal(random: Random, times: int = 20) -> bool:
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


def _world(random: Random) -> None:
    """Two thousand providers in the pool with ten services each."""
    now = clock.now()
    Postcode.objects.get_or_create(
        postcode="ZZ1 1AA", defaults={"easting": HERE.easting, "northing": HERE.northing}
    )
    made = framework.establish(
        name="Bench",
        starts_on=clock.london_day(now) - timedelta(days=30),
        initial_years=3,
        extension_years_allowed=5,
        by=SYSTEM,
        at=now,
    )
    lots = framework.open_lots(framework_id=made.pk, lots=DEFAULT_LOTS, by=SYSTEM, at=now)
    council = accounts.add_organisation(
        name="Bench", kind=OrganisationKind.COUNCIL, by=SYSTEM, at=now
    )
    officer = accounts.open_account(
        email="bench@council.example", name="Bench", password=None, by=SYSTEM, at=now
    )
    accounts.add_member(
        user_id=officer.pk, organisation_id=council.pk, role=Role.COMMISSIONER, by=SYSTEM, at=now
    )
    pool = providers.take_in_many(
        providers=[
            NewProvider(facts=ProviderFacts(name=f"Provider {number}", kind=ProviderKind.COMPANY))
            for number in range(PROVIDERS)
        ],
        by=SYSTEM,
        at=now,
    )
    flow.take_in_services(
        services=[
            _service(pool[number % PROVIDERS].pk, lots, random) for number in range(SERVICES)
        ],
        by=SYSTEM,
        at=now,
    )
    inside = {
        (one.provider_id, one.lot_id) for one in Service.objects.only("provider_id", "lot_id")
    }
    admissions.admit_many(
        admissions=[
            NewAdmission(
                provider_id=provider,
                lot_id=lot,
                takes_effect_on=clock.london_day(now),
                reason="Bench",
            )
            for provider, lot in sorted(inside)
        ],
        by=officer,
        at=now,
    )


def _service(provider_id: int, lots: list[Any], random: Random) -> NewService:
    mode = random.choice(list(Mode))
    lowest = random.randrange(4, 16)
    point = Point(
        HERE.easting + random.randrange(-20_000, 20_000),
        HERE.northing + random.randrange(-20_000, 20_000),
    )
    site = NewSite(f"Site {random.randrange(50)}", "ZZ2 2BB", point) if mode is Mode.SITE else None
    return NewService(
        provider_id=provider_id,
        facts=ServiceFacts(
            name=" ".join(random.sample(WORDS, 3)).capitalize(),
            lot_id=random.choice(lots).pk,
            mode=mode,
            lowest_age=lowest,
            highest_age=random.randrange(lowest, 26),
            needs_mask=random.randrange(1, 2 ** len(ORDER)),
            what_it_is="A calm place with kind people, twice a week, in a small group.",
            is_listed=True,
        ),
        site=site,
    )
