"""A provider's own placements, as far as an open disclosure shows the child."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, QueryDict

from flsf.casework.children import queries as children
from flsf.casework.children.rules import Named, shows_name
from flsf.core.people import Person
from flsf.delivery.placements import queries as placements
from flsf.delivery.placements.queries import Seen
from flsf.shared.accounts.enums import Permission
from flsf.shared.audit import actions as audit


@dataclass(frozen=True, slots=True)
class Mine:
    """A placement and the child as the person may name it."""

    placement: Seen
    child: Named

    @property
    def ref(self) -> str:
        return self.placement.ref


def manages(person: Person) -> bool:
    """Whether the person leads the provider's work, rather than works with some children."""
    return person.may(Permission.MANAGE_OWN_SERVICES)


def mine(person: Person, *, on: date) -> list[Mine]:
    """Placements the person may work on that day: all of their provider's, or where named.

    A child whose disclosure has closed is not there any more.
    """
    if manages(person):
        found = [
            one
            for one in placements.register(person=person, on=on, live_only=True)
            if one.organisation_id in person.reach.organisation_ids
        ]
    else:
        found = placements.of_worker(person.pk, on=on)
    names = children.named({one.child_id for one in found}, person=person, on=on)
    return [Mine(one, names[one.child_id]) for one in found if _works_with(names, one)]


def one_of_mine(person: Person, ref: str, *, on: date) -> Mine | None:
    """The placement if it is the person's and its child is still disclosed to them."""
    found = placements.with_ref(ref, person=person, on=on)
    if found is None or found.organisation_id not in person.reach.organisation_ids:
        return None
    if not manages(person) and not placements.works_with(person.pk, found.id, on=on):
        return None
    names = children.named([found.child_id], person=person, on=on)
    return Mine(found, names[found.child_id]) if _works_with(names, found) else None


def _works_with(names: Mapping[int, Named], one: Seen) -> bool:
    """Whether the child is disclosed for work: asked whether one can help is not that yet."""
    return one.child_id in names and shows_name(names[one.child_id].detail)


def note_views(shown: Iterable[Mine], *, page: str, by: Person, at: datetime) -> None:
    """The record says that the person looked at these children."""
    refs = dict.fromkeys(one.child.ref for one in shown)
    audit.record_views(subjects=[f"child {ref}" for ref in refs], page=page, by=by, at=at)


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, if anything was: an empty form that is sent is not one just opened."""
    return request.POST if request.method == "POST" else None
