"""The shortlist with every reason: its engine beside a bare scan, its page beside an ORM loop.

The bare scan asks the same sixteen questions of the same columns and only says who fits. The
usual way reads every service with what hangs on it and asks each one in turn. Both must name
the same services as we do before anything is timed. All of it happens in a transaction that is
rolled back; rounds are interleaved and the middle one counts.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection, transaction
from django.http import HttpRequest
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from flsf.casework.children import actions as children
from flsf.casework.children.rules import Facts
from flsf.casework.matching import queries, rules
from flsf.casework.matching.rules import Columns, Question
from flsf.casework.referrals import actions as referrals
from flsf.casework.referrals.enums import Ground, Route
from flsf.casework.referrals.rules import Asked
from flsf.casework.timetable.enums import Hold
from flsf.casework.timetable.models import Booking
from flsf.core import clock
from flsf.core.access import ORDER as ACCESS
from flsf.core.half_days import WEEK
from flsf.core.needs import ORDER as NEEDS
from flsf.core.needs import Need
from flsf.core.people import SYSTEM
from flsf.mandate.framework.enums import CommercialModel
from flsf.mandate.framework.models import Framework, Lot
from flsf.market.admissions.enums import Decision, Status
from flsf.market.admissions.models import Admission, Condition, StatusChange
from flsf.market.agreements.enums import How
from flsf.market.agreements.models import Acceptance, Agreement, Paper
from flsf.market.checks.models import Check, Evidence
from flsf.market.exclusions.enums import Alike, MatchStatus, Weight
from flsf.market.exclusions.models import ListEntry, ListVersion, Match
from flsf.market.providers.enums import Mode, ProviderKind, Registration, ServiceStatus
from flsf.market.providers.models import Capacity, Provider, Rate, Service, Site
from flsf.shared.accounts import actions as accounts
from flsf.shared.accounts.enums import OrganisationKind, Role
from flsf.shared.accounts.models import Organisation
from flsf.shared.council.rules import Particulars
from flsf.web.components import council
from flsf.web.council.matching.views import match
from flsf.web.second_factor import REMEMBERED
from tools.bench import Row

SIZES = (2_000, 20_000)
ROUNDS, INNER = 7, 200
# The loop over 20,000 services takes half a minute, so it is not run as often.
PAGE_ROUNDS = {2_000: 7, 20_000: 3}
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
TODAY = NOW.date()
WANTED = date(2026, 12, 7)
TIMES_BARE, TIMES_USUAL = 3, 100
MODES = (Mode.ONLINE, Mode.HOME, Mode.COMMUNITY, Mode.SITE)


def rows() -> list[Row]:
    """For each size the engine and the whole page; query counts must be the same."""
    made, asked = [], set()
    # Who the council is is asked again every quarter of a minute: never in the middle of this.
    council.keep(Particulars(name=settings.COUNCIL_NAME), seconds=3600)
    for size in SIZES:
        with transaction.atomic(), clock.stopped_at(NOW):
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = '10min'")
            referral_id, page = _world(size)
            engine, whole, count = _measured(size, referral_id, page)
            transaction.set_rollback(True)
        made += [engine, whole]
        asked.add(count)
    if len(asked) != 1:
        raise AssertionError(f"the number of queries depends on the services: {asked}")
    return made


def _measured(size: int, referral_id: int, page: Callable[[], Any]) -> tuple[Row, Row, int]:
    found = queries.rank(referral_id, on=TODAY)
    question, columns, book = found.question, found.columns, found.book
    ours = set(np.flatnonzero(found.result.masks == 0).tolist())
    equal = set(np.flatnonzero(_bare(question, columns)).tolist()) == ours
    fitting = {columns.refs[place] for place in ours}
    usual_equal = _usual(question) == fitting
    ours_s, bare_s = _interleaved(
        lambda: rules.rank(question, columns, book),
        lambda: _bare(question, columns),
        inner=INNER,
        rounds=ROUNDS,
    )
    page_s, usual_s = _interleaved(
        page, lambda: _usual(question), inner=1, rounds=PAGE_ROUNDS[size]
    )
    with CaptureQueriesContext(connection) as asked:
        page()
    fast = ours_s <= TIMES_BARE * bare_s
    faster = usual_s >= TIMES_USUAL * page_s
    goal = f"{TIMES_BARE} x a bare scan at most; {len(fitting)} fit"
    page_goal = f"{TIMES_USUAL} x an ORM loop; {len(asked)} queries"
    return (
        Row("shortlist engine, every reason", size, ours_s, bare_s, 0.0, goal, fast, equal),
        Row("shortlist page", size, page_s, 0.0, usual_s, page_goal, faster, usual_equal),
        len(asked),
    )


def _interleaved(
    one: Callable[[], Any], other: Callable[[], Any], *, inner: int, rounds: int
) -> tuple[float, float]:
    """The middle of the rounds of each, taken in turns so that both have the same weather."""
    ones, others = [], []
    for _ in range(rounds):
        ones.append(_seconds(one, inner))
        others.append(_seconds(other, inner))
    return median(ones), median(others)


def _seconds(work: Callable[[], Any], times: int) -> float:
    begun = perf_counter()
    for _ in range(times):
        work()
    return (perf_counter() - begun) / times


def _bare(q: Question, c: Columns) -> Any:
    """Who fits, and nothing else: as few passes over the columns as the questions allow."""
    ahead = np.array(q.earliest, dtype=np.int32)
    fits = c.admitted & c.is_open & (c.checks_lacking == 0) & (c.closed_from > q.starts_on)
    fits &= (c.lot == q.lot) & (c.lowest_age <= q.age) & (c.highest_age >= q.age)
    fits &= (c.needs & q.main_need) != 0
    fits &= (c.mode & np.uint8(q.modes)) != 0
    fits &= np.bitwise_count(c.free & np.uint16(q.half_days)) >= q.half_days_needed
    ready = ahead[np.minimum(c.days_to_start, len(ahead) - 1)]
    fits &= np.maximum(c.first_start, ready) <= q.starts_on
    east, north = c.easting - float(q.easting or 0), c.northing - float(q.northing or 0)
    near = east * east + north * north < float((q.most_metres or 0) + 1) ** 2
    fits &= near | ~c.located | ~c.travels
    fits &= (c.rate > 0) & (c.rate <= c.price_cap)
    fits &= (c.access & q.access) == q.access
    fits &= c.registered | ~c.registered_only
    fits &= (c.others < c.limit) & (c.barred == 0) & (c.unagreed == 0)
    return fits


def _usual(q: Question) -> set[str]:
    """Who fits, asked of one service after another with everything prefetched."""
    day = date.fromordinal
    starts, ends = day(q.starts_on), day(q.ends_on)
    changes: dict[tuple[int, int], list[StatusChange]] = {}
    for change in StatusChange.objects.select_related("admission").order_by(
        "takes_effect_on", "pk"
    ):
        key = (change.admission.provider_id, change.admission.lot_id)
        changes.setdefault(key, []).append(change)
    shown: dict[int, list[Evidence]] = {}
    for evidence in Evidence.objects.select_related("requirement"):
        shown.setdefault(evidence.provider_id, []).append(evidence)
    booked: dict[int, list[Booking]] = {}
    for booking in Booking.objects.overlapping(starts, ends):
        booked.setdefault(booking.service_id, []).append(booking)
    checks = list(Check.objects.all())
    barred, full, parties = _barred(), _at_limit(starts, ends), _parties()
    services = Service.objects.select_related("provider", "lot", "site").prefetch_related(
        "capacity", "rates"
    )
    return {
        one.ref
        for one in services
        if one.provider.organisation_id not in barred
        and (one.provider_id, one.lot_id) not in full
        and (one.provider_id, one.lot_id) in parties
        and _fits(one, q, starts, changes, shown, checks)
        and _free(one, booked.get(one.pk, []), q) >= q.half_days_needed
    }


def _fits(
    one: Any, q: Question, starts: date, changes: Any, shown: Any, checks: list[Check]
) -> bool:
    today = date.fromordinal(q.today)
    standing = changes.get((one.provider_id, one.lot_id), [])
    for day in (today, starts):
        last = [change for change in standing if change.takes_effect_on <= day]
        if not last or last[-1].status != Status.IN_POOL:
            return False
        held = {
            evidence.requirement_id
            for evidence in shown.get(one.provider_id, [])
            if evidence.holds_from <= day <= evidence.expires_on
        }
        if any(check.needed_from <= day and check.pk not in held for check in checks):
            return False
    return _suits(one, q, starts) and _priced(one, starts)


def _barred() -> set[int]:
    """The organisations of whom nobody has said yet whether the list means them."""
    latest = ListVersion.objects.order_by("-taken_in_at", "-pk").first()
    found = Match.objects.filter(status=MatchStatus.OPEN, entry__version=latest)
    return set(found.values_list("organisation", flat=True))


def _parties() -> set[tuple[int, int]]:
    """The (provider id, lot id) for which an agreement was accepted. Here none was carried over."""
    found = Agreement.objects.in_force_on(TODAY).filter(paper__acceptance__isnull=False)
    return set(found.values_list("admission__provider", "admission__lot"))


def _at_limit(starts: date, ends: date) -> set[tuple[int, int]]:
    """The (provider id, lot id) with as many children as their condition allows."""
    children_of: dict[tuple[int, int], set[int]] = {}
    # Here everybody who is there at all is there on the first day.
    for booking in Booking.objects.overlapping(starts, ends).select_related("service"):
        key = (booking.service.provider_id, booking.service.lot_id)
        children_of.setdefault(key, set()).add(booking.child_id)
    found: set[tuple[int, int]] = set()
    for condition in Condition.objects.prefetch_related("admissions"):
        pairs = [(one.provider_id, one.lot_id) for one in condition.admissions.all()]
        there = set().union(*(children_of.get(pair, set()) for pair in pairs))
        if len(there) >= condition.most_children:
            found |= set(pairs)
    return found


def _suits(one: Any, q: Question, starts: date) -> bool:
    ready = date.fromordinal(q.earliest[one.days_to_start])
    first = max(ready, one.first_start_on or ready)
    stays = one.mode in (Mode.ONLINE, Mode.HOME)
    has = one.access_mask | (rules.OF_THE_BUILDING if stays else 0)
    is_near = stays or one.site is None or one.site.easting is None
    if not is_near:
        east, north = one.site.easting - (q.easting or 0), one.site.northing - (q.northing or 0)
        is_near = east**2 + north**2 < ((q.most_metres or 0) + 1) ** 2
    return (
        one.status == ServiceStatus.OPEN
        and (one.closed_from is None or one.closed_from > starts)
        and one.lot_id == q.lot
        and max(one.lowest_age, one.lot.lowest_age) <= q.age
        and q.age <= min(one.highest_age, one.lot.highest_age)
        and bool(one.needs_mask & q.main_need)
        and bool(1 << list(Mode).index(Mode(one.mode)) & q.modes)
        and first <= starts
        and is_near
        and has & q.access == q.access
        and not (one.lot.registered_only and one.provider.registration != Registration.SCHOOL)
    )


def _priced(one: Any, starts: date) -> bool:
    rates = [rate for rate in one.rates.all() if rate.in_force_from <= starts]
    if not rates:
        return False
    latest = max(rates, key=lambda rate: rate.in_force_from)
    return one.lot.price_cap_pence is None or latest.pence <= one.lot.price_cap_pence


def _free(one: Any, booked: list[Booking], q: Question) -> int:
    """Half-days asked for with a place on every day; here nobody follows on from another."""
    free = 0
    for capacity in one.capacity.all():
        taken = sum(1 for booking in booked if booking.half_day == capacity.half_day)
        if q.half_days >> capacity.half_day & 1 and taken < capacity.places:
            free += 1
    return free


def _world(size: int) -> tuple[int, Callable[[], Any]]:
    """So many services of a fifth as many providers, a child and a referral, and its page."""
    random = Random(size)  # noqa: S311 - not for secrets
    lots = _lots()
    providers = _providers(random, size // 5, lots)
    _services(random, size, providers, lots)
    _standing_in_the_way(providers)
    _agreements(providers)
    child = children.add_child(
        facts=Facts(
            first_name="Ada", last_name="Marsh", birth_date=date(2013, 5, 1),
            needs=frozenset({Need.ASD, Need.SEMH}), main_need=Need.ASD,
            access=frozenset({ACCESS[0]}),
        ),
        by=SYSTEM, at=NOW,
    )  # fmt: skip
    child.easting, child.northing = 390_000, 280_000
    child.save()
    referral = referrals.send(
        child_id=child.pk,
        asked=Asked(
            route=Route.OFFICER, ground=Ground.SEND, first_aware_on=TODAY, what_happens="Bench",
            sent_once_key="bench", lot_id=lots[0].pk, modes=frozenset(MODES[1:]),
            half_days_mask=0b101, start_wanted_on=WANTED, most_metres=15_000,
        ),
        by=SYSTEM, at=NOW,
    )  # fmt: skip
    council = accounts.add_organisation(
        name="Bench Council", kind=OrganisationKind.COUNCIL, by=SYSTEM, at=NOW
    )
    officer = accounts.open_account(
        email="bench@council.example", name="Bench", password=None, by=SYSTEM, at=NOW
    )
    accounts.add_member(
        user_id=officer.pk, organisation_id=council.pk, role=Role.CASEWORKER, by=SYSTEM, at=NOW
    )

    def page() -> Any:
        request: HttpRequest = RequestFactory().get(f"/referrals/{referral.ref}/match/")
        request.user = type(officer).objects.get(pk=officer.pk)
        # As middleware would leave it for somebody signed in with their second factor.
        request.session = SessionBase()
        request.session[REMEMBERED] = officer.pk
        return match(request, ref=referral.ref)

    return referral.pk, page


def _lots() -> list[Lot]:
    framework = Framework.objects.create(
        ref="F-BENCH", name="Bench", starts_on=date(2026, 4, 1), initial_years=3,
        extension_years_allowed=5,
    )  # fmt: skip
    return [
        Lot.objects.create(
            framework=framework, code=f"bench-{number}", name=f"Lot {number}", lowest_age=5,
            highest_age=19, price_cap_pence=6000, in_force_from=date(2026, 4, 1),
        )
        for number in range(4)
    ]  # fmt: skip


def _providers(random: Random, count: int, lots: list[Lot]) -> list[Provider]:
    organisations = Organisation.objects.bulk_create(
        Organisation(name=f"Bench {number}", kind=OrganisationKind.PROVIDER)
        for number in range(count)
    )
    providers = Provider.objects.bulk_create(
        Provider(
            ref=f"PB-{number}", slug=f"bench-{number}", name=f"Bench {number}",
            kind=ProviderKind.COMPANY, organisation=organisation,
            is_local=random.random() < 0.5,
        )
        for number, organisation in enumerate(organisations)
    )  # fmt: skip
    decider = accounts.open_account(
        email="decider@council.example", name="D", password=None, by=SYSTEM, at=NOW
    )
    admissions = Admission.objects.bulk_create(
        Admission(
            provider=one, lot=lot, decision=Decision.ACCEPTED, decided_by=decider, decided_at=NOW,
            decision_reason="Bench",
        )
        for one in providers for lot in lots
    )  # fmt: skip
    StatusChange.objects.bulk_create(
        StatusChange(
            admission=one, status=Status.IN_POOL, decided_by=decider, decided_at=NOW,
            takes_effect_on=TODAY - timedelta(days=random.randint(-3, 200)),
        )
        for one in admissions
    )  # fmt: skip
    Check.objects.all().delete()
    checks = Check.objects.bulk_create(
        Check(code=f"bench-{n}", name=f"Check {n}", theme="legal", source="Bench",
              needed_from=date(2026, 4, 1))
        for n in range(6)
    )  # fmt: skip
    Evidence.objects.bulk_create(
        Evidence(
            provider=one, requirement=check, holds_from=TODAY - timedelta(days=100),
            expires_on=TODAY + timedelta(days=random.randint(-5, 300)), seen_at=NOW,
        )
        for one in providers for check in checks
    )  # fmt: skip
    return providers


def _standing_in_the_way(providers: list[Provider]) -> None:
    """Every twentieth has a limit, half of them have reached it; every fiftieth may be debarred."""
    decider = accounts.open_account(
        email="limits@council.example", name="L", password=None, by=SYSTEM, at=NOW
    )
    there = children.add_child(
        facts=Facts(first_name="Bo", last_name="Marsh", birth_date=date(2012, 5, 1)),
        by=SYSTEM, at=NOW,
    )  # fmt: skip
    for number, one in enumerate(providers[::20]):
        condition = Condition.objects.create(
            provider=one, most_children=1, since=TODAY, visit_due_on=TODAY, reason="Bench",
            decided_by=decider, decided_at=NOW,
        )  # fmt: skip
        Admission.objects.filter(provider=one).update(condition=condition)
        place = Service.objects.filter(provider=one).first()
        if number % 2 and place is not None:
            Booking.objects.create(
                child=there, service=place, half_day=number % len(WEEK), minutes=150,
                since=TODAY, until=None, hold=Hold.BOOKED, award_ref=f"B-{number}",
            )  # fmt: skip
    version = ListVersion.objects.create(
        name="Bench", sha256="0" * 64, entries_count=len(providers[::50]), taken_in_at=NOW
    )
    for number, one in enumerate(providers[::50]):
        entry = ListEntry.objects.create(
            version=version, key=f"{number:064}", name=one.name, weight=Weight.MANDATORY,
            ground="Bench", first_day=TODAY,
        )  # fmt: skip
        Match.objects.create(
            organisation=one.organisation, entry=entry, key=entry.key, found_at=NOW,
            alike=Alike.NAME,
        )  # fmt: skip


def _agreements(providers: list[Provider]) -> None:
    """All have accepted theirs but every thirtieth. One paper does for them all."""
    signer = accounts.open_account(
        email="signer@council.example", name="S", password=None, by=SYSTEM, at=NOW
    )
    paper = Paper.objects.create(
        ref="BENCH", provider=providers[0], framework=Framework.objects.get(ref="F-BENCH"),
        version=1, writing={}, wording=1, pdf=b"", sha256="0" * 64, issued_at=NOW,
    )  # fmt: skip
    Acceptance.objects.create(
        paper=paper, how=How.ON_PAPER, version=1, signed_on=TODAY, reason="Bench",
        accepted_by=signer, accepted_at=NOW,
    )  # fmt: skip
    without = {one.pk for one in providers[::30]}
    Agreement.objects.bulk_create(
        Agreement(
            ref=f"G-{one.pk}", admission=one, version=1, paper=paper,
            model=CommercialModel.PSEUDO_DPS, in_force_from=TODAY, issued_at=NOW,
        )
        for one in Admission.objects.all()
        if one.provider_id not in without
    )  # fmt: skip


def _services(random: Random, size: int, providers: list[Provider], lots: list[Lot]) -> None:
    sites = Site.objects.bulk_create(
        Site(
            provider=one, name="Site", postcode="ZZ1 1AA",
            easting=390_000 + random.randint(-25_000, 25_000),
            northing=280_000 + random.randint(-25_000, 25_000),
        )
        for one in providers
    )  # fmt: skip
    made = Service.objects.bulk_create(
        _service(random, number, providers, lots, sites) for number in range(size)
    )
    Rate.objects.bulk_create(
        Rate(service=one, pence=random.randint(2500, 6500), in_force_from=date(2026, 4, 1),
             set_at=NOW)
        for one in made
    )  # fmt: skip
    Capacity.objects.bulk_create(
        (
            Capacity(service=one, half_day=half.index, places=random.randint(0, 3))
            for one in made
            for half in WEEK
        ),
        batch_size=20_000,
    )


def _service(
    random: Random, number: int, providers: list[Provider], lots: list[Lot], sites: list[Site]
) -> Service:
    mode = random.choice(MODES)
    at = random.randrange(len(providers))
    lowest = random.randint(5, 14)
    return Service(
        ref=f"SB-{number}",
        slug=f"bench-{number}",
        provider=providers[at],
        lot=random.choice(lots),
        site=sites[at] if mode in (Mode.SITE, Mode.COMMUNITY) else None,
        name=f"Service {number}",
        mode=mode,
        lowest_age=lowest,
        highest_age=lowest + random.randint(2, 8),
        needs_mask=sum(1 << bit for bit in range(len(NEEDS)) if random.random() < 0.5),
        access_mask=sum(1 << bit for bit in range(len(ACCESS)) if random.random() < 0.7),
        largest_group=random.choice((1, 1, 2, 4, 8)),
        days_to_start=random.choice((1, 3, 5, 10, 20)),
        status=ServiceStatus.OPEN if random.random() < 0.9 else ServiceStatus.FULL,
        confirmed_on=TODAY,
    )
