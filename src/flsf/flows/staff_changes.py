"""Somebody begins or stops to work for a provider: who is told (E24)."""

from datetime import date, datetime

from django.db import transaction

from flsf.casework.children import queries as children
from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.delivery.placements import queries as placements
from flsf.market.providers import queries as providers
from flsf.market.staff import actions as staff
from flsf.market.staff.rules import NewMember
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Role
from flsf.shared.notify import actions as notify
from flsf.shared.notify.enums import Channel
from flsf.shared.places import queries as places


@transaction.atomic
def add_member(*, member: NewMember, by: Person, at: datetime) -> str:
    """The person works there; of one alone with children, schools and commissioners know.

    Returns the person's reference. Raises what staff.add raises.
    """
    made = staff.add(member=member, by=by, at=at)
    if made.unsupervised:
        _tell(made.provider_id, by=by, at=at)
    return made.ref


@transaction.atomic
def member_leaves(*, member_id: int, last_day: date, by: Person, at: datetime) -> None:
    """The person works there no longer after that day; the same people know.

    Raises what staff.leave raises.
    """
    left = staff.leave(member_id=member_id, last_day=last_day, by=by, at=at)
    if left.unsupervised:
        _tell(left.provider_id, by=by, at=at)


def schools_with_a_child_there(provider_id: int, *, on: date) -> frozenset[int]:
    """The organisations of the schools that have a child with the provider that day."""
    there = placements.live_with([provider_id], on=on)
    schools = set(children.school_ids([one.child_id for one in there]).values())
    found = (places.organisation_of(school) for school in schools if school is not None)
    return frozenset(one for one in found if one is not None)


def _tell(provider_id: int, *, by: Person, at: datetime) -> None:
    """No name goes by email: whoever is told reads it on the letter's page."""
    ref = providers.refs([provider_id])[provider_id]
    to = {person.pk: person.email for person in accounts.holding(Role.COMMISSIONER)}
    for school in schools_with_a_child_there(provider_id, on=london_day(at)):
        to |= {person.pk: person.email for person in accounts.members_at(school)}
    for recipient_id, address in sorted(to.items()):
        notify.queue(
            template="staff-changed",
            recipient_id=recipient_id,
            address=address,
            channel=Channel.EMAIL,
            details={"reference": ref},
            by=by,
            at=at,
        )
