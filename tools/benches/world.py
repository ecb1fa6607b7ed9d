"""A market of any size to measure in. Made inside a transaction that the caller rolls back."""

from datetime import timedelta
from random import Random
from typing import Any

from flsf.core import clock
from flsf.core.geo import Point
from flsf.core.needs import ORDER
from flsf.core.people import SYSTEM
from flsf.flows import offer_service as flow
from flsf.mandate.framework import actions as framework
from flsf.mandate.framework.rules import DEFAULT_LOTS
from flsf.market.admissions import actions as admissions
from flsf.market.admissions.rules import NewAdmission
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

WORDS = ("maths", "boxing", "farm", "music", "bikes", "art", "reading", "cooking", "sport", "code")
HERE = Point(400_000, 290_000)


def make(services: int) -> None:
    """So many services of a tenth as many providers, all in the pool."""
    random, now = Random(7), clock.now()  # noqa: S311 - not for secrets
    many = services // 10
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
            for number in range(many)
        ],
        by=SYSTEM,
        at=now,
    )
    flow.take_in_services(
        services=[_service(pool[number % many].pk, lots, random) for number in range(services)],
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
