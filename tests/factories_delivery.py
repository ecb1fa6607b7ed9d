"""Placements that run, with their half-days booked, for tests of what happens at sessions."""

from collections.abc import Iterable
from datetime import date
from itertools import count

from flsf.casework.calloffs.models import Award
from flsf.casework.children import actions as children
from flsf.casework.children.enums import Basis, Detail
from flsf.casework.children.models import Child
from flsf.casework.timetable import actions as timetable
from flsf.casework.timetable import rules as weeks
from flsf.core.half_days import Half, HalfDay, to_mask
from flsf.core.people import SYSTEM
from flsf.delivery.attendance.rules import Facts
from flsf.delivery.placements import actions
from flsf.delivery.placements.enums import Commissioner, Status
from flsf.delivery.placements.models import Placement
from flsf.market.providers.enums import Mode
from flsf.market.providers.models import Provider, Service
from flsf.shared.accounts.enums import Role
from flsf.shared.accounts.models import User
from tests import factories_awards as awards
from tests.factories import NOW, lot, member_of

# Monday and Wednesday mornings and Friday all day.
WEEK = (
    HalfDay(0, Half.AM),
    HalfDay(2, Half.AM),
    HalfDay(4, Half.AM),
    HalfDay(4, Half.PM),
)
BEGAN = date(2026, 4, 20)
ENDS = date(2026, 7, 17)
CAME = Facts()

_numbers = count(1)


def service(of: Provider) -> Service:
    number = next(_numbers)
    return Service.objects.create(
        ref=f"S-D{number}",
        slug=f"service-d{number}",
        provider=of,
        lot=lot(),
        name=f"Mentoring {number}",
        mode=Mode.HOME,
        lowest_age=5,
        highest_age=18,
        confirmed_on=BEGAN,
    )


def child(first_name: str = "Ada") -> Child:
    return Child.objects.create(
        ref=f"C-D{next(_numbers)}",
        first_name=first_name,
        last_name="Marsh",
        birth_date=date(2014, 9, 1),
        added_at=NOW,
    )


def award(of: Child, with_service: Service) -> Award:
    return Award.objects.create(
        ref=f"A-D{next(_numbers)}",
        child=of,
        provider=with_service.provider,
        service=with_service,
        route="spot",
        budget=awards.budget(),
        team="send",
        spend_line="mentoring",
        unit="hour",
        rate_pence=4000,
        starts_on=BEGAN,
        ends_on=ENDS,
        net_pence=0,
        vat_pence=0,
        gross_pence=0,
        status="awarded",
        proposed_at=NOW,
    )


def planned(
    *,
    of: Child | None = None,
    at_service: Service | None = None,
    half_days: Iterable[HalfDay] = WEEK,
    commissioner: Commissioner = Commissioner.COUNCIL,
    starts_on: date = BEGAN,
    ends_on: date = ENDS,
) -> Placement:
    at_service = at_service or service(awards.provider(f"Provider D{next(_numbers)}"))
    made = award(of or child(), at_service)
    if mask := to_mask(half_days):
        booked = weeks.Booked(
            child_id=made.child_id,
            service_id=at_service.pk,
            award_ref=made.ref,
            half_days_mask=mask,
            minutes=120,
            since=starts_on,
            until=ends_on,
        )
        timetable.book_many(bookings=[booked], by=SYSTEM, at=NOW)
    return actions.plan(
        award_id=made.pk,
        child_id=made.child_id,
        provider_id=at_service.provider_id,
        service_id=at_service.pk,
        starts_on=starts_on,
        planned_end_on=ends_on,
        nature="Mentoring at home",
        commissioner=commissioner,
        by=SYSTEM,
        at=NOW,
    )


def running(**options: object) -> Placement:
    """Active since its first day."""
    placement = planned(**options)  # type: ignore[arg-type]
    actions.move(
        placement_id=placement.pk,
        status=Status.ACTIVE,
        takes_effect_on=placement.starts_on,
        by=SYSTEM,
        at=NOW,
    )
    return placement


def disclosed(placement: Placement, *, until: date | None = None) -> None:
    """The provider may know the child, at the working level."""
    children.disclose(
        child_id=placement.child_id,
        organisation_id=placement.provider.organisation_id,
        detail=Detail.WORKING,
        basis=Basis.PLACED,
        because=placement.ref,
        since=placement.starts_on,
        until=until,
        by=SYSTEM,
        at=NOW,
    )


def mentor(of: Placement) -> User:
    """Somebody who works with the child, named for the placement since it began."""
    person = member_of(of.provider.organisation, Role.PRACTITIONER)
    actions.name_worker(
        placement_id=of.pk, user_id=person.pk, since=of.starts_on, by=SYSTEM, at=NOW
    )
    return person


def manager(of: Placement) -> User:
    return member_of(of.provider.organisation, Role.PROVIDER_MANAGER)
