"""A borough small enough to hold in the head, in which the whole thread can be walked."""

from datetime import date

from django.conf import settings

from flsf.core.geo import Point
from flsf.core.half_days import WEEK, Half, HalfDay
from flsf.core.needs import Need
from flsf.core.people import SYSTEM
from flsf.mandate.framework.models import Lot
from flsf.market.providers.models import Provider
from flsf.market.providers.rules import NewSite
from flsf.shared.accounts import actions as accounts
from flsf.shared.accounts.enums import OrganisationKind, Role
from flsf.shared.accounts.models import Organisation
from flsf.shared.places import actions as places
from tests import factories, factories_awards, factories_casework, factories_market
from tests.factories import NOW, TODAY

SERVICE, PROVIDER, SCHOOL, MENTOR = "Bridge Mentoring", "Canal Side", "Beck Side School", "Mo"
HOME, SITE = "ZZ1 1AA", "ZZ1 1AB"
THIS_MORNING = HalfDay(TODAY.weekday(), Half.AM)
RATE, MINUTES, SESSION_POUNDS = 4000, 150, 100
# What keeps services out, and how many it keeps out alone.
TOO_OLD, WRONG_NEED, LAPSED, NOT_IN_POOL, NO_PLACE = 5, 4, 3, 3, 2
EXCLUDED = TOO_OLD + WRONG_NEED + LAPSED + NOT_IN_POOL + NO_PLACE


def borough() -> None:
    """Everybody of the tour, one service that fits, seventeen that do not, and a budget."""
    settings.FLSF_DEMO = True  # for the personas; the test's settings fixture puts it back
    _places()
    lot = factories.lot("Mentoring")
    factories_market.require()
    _money()
    _council()
    _provider(lot)
    _seventeen_others(lot)
    school = factories_casework.school(SCHOOL)
    assert school.organisation is not None
    person("senco", "Sal", Role.SENCO, school.organisation)


def _places() -> None:
    columns = ("postcode", "easting", "northing")
    rows = ((HOME, 390_000, 280_000), (SITE, 391_000, 280_000))
    places.take_in_postcodes(columns=columns, rows=rows, by=SYSTEM, at=NOW)


def _money() -> None:
    factories_awards.budget(50_000)
    factories_awards.limit(Role.DIRECTOR, None)


def _council() -> None:
    council = factories.organisation(OrganisationKind.COUNCIL)
    for persona, name, role in (
        ("caseworker", "Cass", Role.CASEWORKER),
        ("director", "Dee", Role.DIRECTOR),
        ("finance", "Fay", Role.FINANCE),
    ):
        person(persona, name, role, council)


def person(persona: str, name: str, role: Role, place: Organisation) -> None:
    user = accounts.open_account(
        email=f"{persona}@marlbeck.example",
        name=name,
        password=None,
        persona=persona,
        by=SYSTEM,
        at=NOW,
    )
    accounts.add_member(user_id=user.pk, organisation_id=place.pk, role=role, by=SYSTEM, at=NOW)


def _provider(lot: Lot) -> None:
    provider = _in_pool(PROVIDER, lot)
    _offer(provider, lot, name=SERVICE)
    person("tuition-manager", "Tam", Role.PROVIDER_MANAGER, provider.organisation)
    person("mentor", MENTOR, Role.PRACTITIONER, provider.organisation)


def _in_pool(name: str, lot: Lot) -> Provider:
    provider = factories_market.provider(name, is_local=True)
    factories_market.party(factories_market.admitted(provider, in_lot=lot))
    factories_market.all_shown(provider)
    return provider


def _offer(provider: Provider, lot: Lot, **more: object) -> None:
    usual: dict[str, object] = {
        "needs_mask": Need.ASD.bit,
        "site": NewSite("The Wharf", SITE, Point(391_000, 280_000)),
        "rates": ((date(2026, 4, 1), RATE),),
        "places": {one.index: 2 for one in WEEK},
        "days_to_start": 0,
    }
    factories_market.service(provider, lot, **(usual | more))


def _seventeen_others(lot: Lot) -> None:
    """Each is kept out by one thing."""
    sound = _in_pool("Hill Top", lot)
    for number in range(TOO_OLD):
        _offer(sound, lot, name=f"College days {number}", lowest_age=16)
    for number in range(WRONG_NEED):
        _offer(sound, lot, name=f"Speech {number}", needs_mask=Need.SLCN.bit)
    afternoons = {one.index: 2 for one in WEEK if one.half is Half.PM}
    for number in range(NO_PLACE):
        _offer(sound, lot, name=f"Afternoons {number}", places=afternoons)
    lapsed = factories_market.provider("Mill Lane")
    factories_market.admitted(lapsed, in_lot=lot)
    for number in range(LAPSED):
        _offer(lapsed, lot, name=f"Lane {number}")
    outside = factories_market.provider("Far Field")
    factories_market.all_shown(outside)
    for number in range(NOT_IN_POOL):
        _offer(outside, lot, name=f"Field {number}")
