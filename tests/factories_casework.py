"""Children, schools, services with places and referrals, for tests of casework."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import count
from typing import Any

from flsf.casework.children import actions as children
from flsf.casework.children.enums import Basis, Detail, Relation, Schooling
from flsf.casework.children.models import Child, Disclosure
from flsf.casework.children.rules import ContactFacts, Facts
from flsf.casework.referrals import actions as referrals
from flsf.casework.referrals.enums import Ground, Route
from flsf.casework.referrals.models import Referral
from flsf.casework.referrals.rules import Asked
from flsf.core.half_days import WEEK
from flsf.core.people import SYSTEM, Person
from flsf.mandate.law.enums import Key
from flsf.mandate.law.models import Provision
from flsf.market.providers.enums import Mode, ProviderKind
from flsf.market.providers.models import Capacity, Provider, Service
from flsf.shared.accounts.enums import OrganisationKind, Role
from flsf.shared.accounts.models import User
from flsf.shared.places.models import School
from tests.factories import NOW, TODAY, lot, member_of, organisation

_numbers = count(1)

FIRST_NAMES = ("Amara", "Bilal", "Cerys", "Dylan", "Esme", "Farid", "Grace", "Hamza", "Isla")


def facts(**given: Any) -> Facts:
    number = next(_numbers)
    usual = {
        "first_name": FIRST_NAMES[number % len(FIRST_NAMES)],
        "last_name": f"Hollis{number}",
        "birth_date": date(2012, 3, 4) + timedelta(days=number),
    }
    return Facts(**(usual | given))


def child(**given: Any) -> Child:
    return children.add_child(facts=facts(**given), by=SYSTEM, at=NOW)


def school(name: str = "") -> School:
    """A school whose people sign in."""
    number = next(_numbers)
    place = organisation(OrganisationKind.SCHOOL)
    name = name or f"Beck Side School {number}"
    return School.objects.create(urn=900000 + number, name=name, organisation=place)


def pupil(of: School, **given: Any) -> Child:
    return child(schooling=Schooling.ON_ROLL, school_id=of.pk, **given)


def senco(of: School) -> User:
    return member_of(of.organisation, Role.SENCO)


def parent() -> User:
    return member_of(None, Role.PARENT)


def disclosed(
    one: Child,
    *,
    to: User | None = None,
    organisation_id: int | None = None,
    detail: Detail = Detail.WORKING,
    basis: Basis = Basis.PLACED,
    because: str = "A-TEST2",
    since: date = TODAY,
    until: date | None = None,
) -> Disclosure:
    return children.disclose(
        child_id=one.pk,
        person_id=to.pk if to else None,
        organisation_id=organisation_id,
        detail=detail,
        basis=basis,
        because=because,
        since=since,
        until=until,
        by=SYSTEM,
        at=NOW,
    )


def service(places: Mapping[int, int] | int = 1, *, of: Provider | None = None) -> Service:
    """A service with so many places in each half-day, or in those named by index."""
    number = next(_numbers)
    of = of or provider()
    made = Service.objects.create(
        ref=f"S-{number}",
        slug=f"service-{number}",
        provider=of,
        lot=lot(),
        name=f"Service {number}",
        mode=Mode.COMMUNITY,
        lowest_age=5,
        highest_age=18,
        confirmed_on=TODAY,
    )
    wanted = places if isinstance(places, Mapping) else {one.index: places for one in WEEK}
    Capacity.objects.bulk_create(
        Capacity(service=made, half_day=index, places=number) for index, number in wanted.items()
    )
    return made


def provider() -> Provider:
    number = next(_numbers)
    return Provider.objects.create(
        ref=f"P-{number}",
        slug=f"provider-{number}",
        name=f"Provider {number}",
        kind=ProviderKind.COMPANY,
        organisation=organisation(OrganisationKind.PROVIDER),
    )


def asked(**given: Any) -> Asked:
    usual = {
        "route": Route.OFFICER,
        "ground": Ground.SEND,
        "first_aware_on": TODAY,
        "what_happens": "Has not been able to attend since Easter.",
        "sent_once_key": f"form-{next(_numbers)}",
    }
    return Asked(**(usual | given))


def referral(
    of: Child | None = None,
    *,
    by: Person = SYSTEM,
    at: Any = NOW,
    status_key: str = "",
    **given: Any,
) -> Referral:
    of = of or child()
    return referrals.send(
        child_id=of.pk,
        asked=asked(**given),
        school_id=of.school_id,
        status_key=status_key,
        by=by,
        at=at,
    )


def contact(**given: Any) -> ContactFacts:
    usual = {"name": "Robin Hollis", "relation": Relation.PARENT, "phone": "01632 960001"}
    return ContactFacts(**(usual | given))


def the_law_again() -> None:
    """The numbers that migrations load, which a test that empties the tables takes away."""
    for key, value in (
        *((Key.SIXTH_DAY, 6), (Key.HEALTH_DAYS, 15), (Key.TELL_FAMILY_DAYS, 5)),
        *((Key.CONTINUITY_DAYS, 2), (Key.REPLY_DAYS, 10)),
    ):
        Provision.objects.get_or_create(
            key=key,
            defaults={
                "value": value,
                "unit": "school_days",
                "in_force_from": date(2012, 9, 1),
                "words": "As in the migration",
                "source": "As in the migration",
            },
        )
