"""Who works for Marlbeck's providers: mostly checked, one lapsed, two new, and letters given."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from flsf.core.clock import london_day
from flsf.core.people import SYSTEM, Person
from flsf.market.providers import queries as providers
from flsf.market.staff import actions as staff
from flsf.market.staff import queries
from flsf.market.staff.enums import Level, StaffRole, role_bit
from flsf.market.staff.rules import DBS, NewMember, Shown
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Role

FIRST = ("Aisha", "Brian", "Chloe", "Dev", "Elin", "Frank", "Gita", "Hal", "Imogen", "Jay", "Kit")
LAST = ("Ackroyd", "Bassi", "Crowther", "Dunmore", "Ellwood", "Farrar", "Garrick", "Hepple")
ROLES = (StaffRole.LEADER, StaffRole.TEACHER, StaffRole.MENTOR, StaffRole.MENTOR)
DAY = timedelta(days=1)


def load(mentor: Person, *, by: Person, at: datetime) -> int:
    """Each provider has two to five people; the mentor's barring check ran out days ago."""
    on, rng = london_day(at), Random("Marlbeck: staff")  # noqa: S311 - made-up people
    needs = [(one.code, one.roles_mask) for one in queries.needs(on) if not one.abroad_only]
    members: list[NewMember] = []
    for provider in providers.register(person=SYSTEM):
        users = list(accounts.members_at(provider.organisation_id))
        for number in range(rng.randrange(2, 6)):
            members.append(_stranger(provider.pk, number, needs, on, rng))
        for user in users:
            lapsed = user.pk == mentor.pk
            role = StaffRole.MENTOR if lapsed else StaffRole.LEADER
            one = _member(provider.pk, user.name, role, needs, on, rng, lapsed=lapsed)
            members.append(replace(one, user_id=user.pk))
    made = staff.take_in_many(members=members, by=by, at=at)
    _two_new(members, needs, on, rng, by=by, at=at)
    _letters(on, at=at)
    return len(made) + 2


def _stranger(
    provider_id: int, number: int, needs: Sequence[tuple[str, int]], on: date, rng: Random
) -> NewMember:
    name = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
    return _member(provider_id, name, ROLES[number % len(ROLES)], needs, on, rng)


def _member(
    provider_id: int,
    name: str,
    role: StaffRole,
    needs: Sequence[tuple[str, int]],
    on: date,
    rng: Random,
    *,
    lapsed: bool = False,
) -> NewMember:
    since = on - timedelta(days=rng.randrange(60, 900))
    last_day = on - 4 * DAY if lapsed else on + timedelta(days=rng.randrange(80, 900))
    checks = [
        (_shown(code, since, last_day), _number(code, rng))
        for code, roles in needs
        if roles & role_bit(role)
    ]
    return NewMember(
        provider_id=provider_id,
        name=name,
        role=role,
        since=since,
        unsupervised=True,
        is_confirmed=True,
        checks=tuple(checks),
    )


def _shown(code: str, since: date, expires_on: date) -> Shown:
    if code == DBS:
        return Shown(code, since - 20 * DAY, expires_on, Level.ENHANCED_BARRED)
    return Shown(code, since - 10 * DAY, None)


def _number(code: str, rng: Random) -> str:
    return f"00{rng.randrange(10**9, 10**10)}" if code == DBS else ""


def _two_new(
    members: Sequence[NewMember],
    needs: Sequence[tuple[str, int]],
    on: date,
    rng: Random,
    *,
    by: Person,
    at: datetime,
) -> None:
    """Alone with children and not confirmed yet: the council is asked."""
    places = sorted({one.provider_id for one in members})[:2]
    new = [
        replace(
            _member(place, name, StaffRole.MENTOR, needs, on, rng),
            is_confirmed=False,
            since=on - 3 * DAY,
        )
        for place, name in zip(places, ("Noor Whitfield", "Sam Oakden"), strict=True)
    ]
    staff.take_in_many(members=new, by=by, at=at)


def _letters(on: date, *, at: datetime) -> None:
    """Those whose staff are all in date, and who have somebody to sign, have given their letter."""
    for provider in providers.register(person=SYSTEM):
        manager = accounts.members_at(provider.organisation_id, role=Role.PROVIDER_MANAGER).first()
        staff_there = queries.register(provider.pk, person=SYSTEM, on=on) if manager else []
        if manager and staff_there and not any(one.why_not for one in staff_there):
            staff.give_assurance(provider_id=provider.pk, by=manager, at=at)
