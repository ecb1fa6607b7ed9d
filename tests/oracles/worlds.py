"""Random worlds and requests, small enough to walk and crowded enough to disagree about."""

from datetime import timedelta
from random import Random

from flsf.casework.matching.rules import (
    Asked,
    BookingRow,
    CheckRow,
    EvidenceRow,
    LimitRow,
    LotRow,
    Numbers,
    PlacesRow,
    RateRow,
    ServiceRow,
    SiteSuspensionRow,
    StatusRow,
    World,
)
from flsf.market.providers.rules import place_key
from tests.factories import TODAY

MODES = ("site", "community", "home", "online", "workplace")
TERMS = ("need-fit", "start", "distance", "price", "group")
KINDS = ("company", "voluntary", "sole_trader", "public")


def days(random: Random, least: int, most: int):
    """A day near a whole number of weeks from today, so that ends and beginnings touch."""
    week = random.randint(least // 7, most // 7)
    return TODAY + timedelta(days=7 * week + random.choice((0, 0, 0, -1, 1)))


def some(random: Random, value, chance=0.5):
    return value if random.random() < chance else None


def mask(random: Random, width: int, chance: float) -> int:
    return sum(1 << bit for bit in range(width) if random.random() < chance)


def world(random: Random, services: int = 7) -> World:
    providers = range(1, 1 + random.randint(2, 5))
    about = {
        one: (random.choice(("school", "not_a_school", "not_a_school")), random.random() < 0.5)
        for one in providers
    }
    kinds = {one: random.choice(KINDS) for one in providers}
    gentle = random.random() < 0.5  # so that several services fit, and their order matters
    lots = [
        LotRow(
            *(lot, random.randint(4, 8), random.randint(14, 25), some(random, 5000)),
            registered_only=lot == 3,
            since=days(random, -60, -20) if lot == 1 else days(random, -30, 10),
            until=TODAY + timedelta(days=random.choice((30, 2000))),
        )
        for lot in (1, 2, 3)
    ]
    rows = [
        service(random, pk, random.choice(providers), about, kinds) for pk in range(1, services + 1)
    ]
    # A twin in everything but name, place in the borough and, perhaps, a need: so ties are met.
    twin = rows[0]._replace(
        pk=services + 1,
        ref=f"S-{random.randint(10000, 99999)}{services + 1}",
        is_local=random.random() < 0.5,
        needs=rows[0].needs ^ random.choice((0, 1, 6)),
    )
    rows.append(twin)
    born = {child: TODAY - timedelta(days=random.randint(1500, 7500)) for child in range(1, 9)}
    checks = [
        CheckRow(1, "Insurance", days(random, -900, -100), sole_traders_exempt=False),
        CheckRow(2, "Employers' liability", days(random, -900, 30), sole_traders_exempt=True),
    ]
    return World(
        services=rows,
        lots=lots,
        places=[
            PlacesRow(row.pk, half_day, random.randint(0, 3))
            for row in rows
            for half_day in range(10)
            if random.random() < 0.8
        ],
        rates=[
            RateRow(row.pk, day, random.choice((2000, 4000, 5000, 5001)))
            for row in rows
            for day in {days(random, -400, 20) for _ in range(random.randint(0, 3))}
        ],
        statuses=[
            one
            for lot in lots
            for provider in providers
            for one in (
                [StatusRow(provider, lot.pk, TODAY, "in_pool")]
                if gentle
                else statuses(random, provider, lot)
            )
        ],
        site_suspensions=[] if gentle else site_suspensions(random, rows),
        checks=[] if gentle else checks,
        evidence=[
            EvidenceRow(provider, check.pk, first, first + timedelta(days=random.randint(0, 500)))
            for provider in providers
            for check in checks
            for first in [days(random, -300, 10) for _ in range(random.randint(0, 3))]
        ],
        bookings=[] if gentle else bookings(random, rows, born),
        limits=[] if gentle else limits(random, providers, lots),
        barred={one: random.choice((1, 2)) for one in providers if random.random() < 0.1},
        unagreed={
            (one, lot.pk): random.randint(1, 3)
            for one in providers
            for lot in lots
            if random.random() < 0.1
        },
    )


def service(random, pk, provider, about, kinds):
    registration, is_local = about[provider]
    mode = random.choice(MODES)
    known = mode not in ("online",) and random.random() < 0.8
    lowest = random.randint(3, 12)
    return ServiceRow(
        pk=pk,
        ref=f"S-{random.randint(10000, 99999)}{pk}",
        provider=provider,
        lot=random.choice((1, 1, 2, 3)),
        mode=mode,
        lowest_age=lowest,
        highest_age=lowest + random.randint(0, 12),
        needs=mask(random, 15, 0.5),
        access=mask(random, 8, 0.7),
        largest_group=random.choice((1, 1, 2, 3, 8)),
        days_to_start=random.choice((0, 1, 2, 5, 10, 20)),
        first_start_on=some(random, days(random, -30, 40)),
        status=random.choice(("open", "open", "open", "open", "full")),
        closed_from=some(random, days(random, -10, 60), 0.2),
        easting=390_000 + 1000 * random.randint(0, 6) if known else None,
        northing=280_000 + 1000 * random.randint(0, 6) if known else None,
        registration=registration,
        is_local=is_local,
        kind=kinds[provider],
        site=some(random, provider * 10 + random.randint(0, 1), 0.7),
    )


def site_suspensions(random, rows):
    """Some in the past, some now, some to come; with an end or for good."""
    sites = sorted({row.site for row in rows if row.site})
    return [
        SiteSuspensionRow(site, since, some(random, max(since, days(random, -10, 60)), 0.6))
        for site in sites
        if random.random() < 0.4
        for since in [days(random, -100, 40)]
    ]


def limits(random, providers, lots):
    """Some providers may have few children: in one lot, or in several that count together."""
    found = []
    for provider in providers:
        if random.random() < 0.5:
            most = random.randint(1, 4)
            held = random.sample(lots, random.randint(1, len(lots)))
            found += [LimitRow(100 + provider, provider, lot.pk, most) for lot in held]
    return found


def statuses(random, provider, lot):
    changes = sorted(days(random, -200, 30) for _ in range(random.randint(0, 4)))
    return [
        StatusRow(provider, lot.pk, day, "in_pool" if place % 2 == 0 else "suspended")
        for place, day in enumerate(changes)
    ]


def bookings(random, rows, born):
    found = []
    busy = random.choice(rows)
    for _ in range(random.randint(0, 40)):
        row = random.choice((busy, *rows))
        child = random.randint(1, 8)
        since = days(random, -100, 60)
        until = some(random, max(since, days(random, 0, 120)), 0.7)
        found.append(
            BookingRow(
                row.pk, row.provider, child, random.randrange(10), random.choice((150, 300)),
                since, until, born[child], row.lot, place_key(row.provider, row.mode, row.site),
            )
        )  # fmt: skip
    return found


def numbers(random: Random) -> Numbers:
    """The law's, or others that are reached sooner."""
    return Numbers(
        full_time_hours=random.choice((3, 5, 10, 18)),
        warning_hours=15,
        most_children=random.choice((1, 2, 3, 5)),
    )


def weights(random: Random) -> dict[str, int]:
    """The published ones, or few and small ones, so that more services tie."""
    if random.random() < 0.5:
        return {"need-fit": 40, "start": 20, "distance": 20, "price": 10, "group": 10}
    return {term: random.choice((0, 0, 1)) for term in TERMS}


def asked(random: Random, of: World) -> Asked:
    """Half of them for a child who is already somewhere."""
    child = random.randint(1, 16)
    own = [one for one in of.bookings if one.child == child]
    born = own[0].birth_date if own else TODAY - timedelta(days=random.randint(1500, 8000))
    half_days = some(random, mask(random, 10, 0.3), 0.7) or 0
    return Asked(
        seed=f"R-{random.randint(10000, 99999)}",
        birth_date=born,
        needs=mask(random, 15, 0.15),
        main_need=some(random, 1 << random.randrange(15)) or 0,
        access=mask(random, 8, 0.1),
        plan_or_care=random.random() < 0.4,
        has_school=random.random() < 0.5,
        easting=some(random, 390_000 + 1000 * random.randint(0, 6), 0.9),
        northing=280_000 + 1000 * random.randint(0, 6),
        lot=some(random, random.choice((1, 2, 3))),
        modes=some(random, mask(random, 5, 0.7)) or 0,
        half_days=half_days,
        half_days_needed=some(random, random.randint(1, 9), 0.3),
        minutes=random.choice((60, 150, 150, 300)),
        start_wanted_on=some(random, days(random, -10, 50), 0.7),
        most_metres=some(random, 1000 * random.randint(1, 6) - random.randint(0, 1)),
        bookings=own,
    )
