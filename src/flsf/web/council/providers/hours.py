"""The hours a week each child has with a provider, whoever arranged them (rules E18-E19)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from flsf.casework.calloffs.queries import registration
from flsf.casework.calloffs.rules.registration import Limits, at, in_hours
from flsf.casework.children import queries as children
from flsf.casework.children.rules import Named
from flsf.casework.timetable.queries import WithProvider
from flsf.market.providers import queries as providers
from flsf.market.providers.enums import Registration
from flsf.market.providers.queries import premises
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found
from flsf.web.components.lists import Asked, Column, Kind, ListPage
from flsf.web.components.pages import Rows


@dataclass(frozen=True, slots=True)
class Row:
    """A child's hours with the provider, at each of its places and in all."""

    found: WithProvider
    child: Named | None
    sites: Mapping[int, str]
    limits: Limits
    is_school: bool

    @property
    def child_words(self) -> str:
        return str(self.child) if self.child else f"Child {self.found.child_ref}"

    @property
    def where(self) -> str:
        return ", ".join(
            f"{in_hours(minutes)} {at(registration.place_name(self.sites, place))}"
            for place, minutes in self.found.by_place.items()
        )

    @property
    def hours(self) -> str:
        return in_hours(self.found.minutes)

    @property
    def means(self) -> str:
        return (
            f"warned from {self.limits.warning_hours}, "
            f"full time above {self.limits.full_time_hours} at one place"
        )

    @property
    def standing(self) -> str:
        if self.is_school:
            return "A registered school"
        if any(self.limits.is_full_time(one) for one in self.found.by_place.values()):
            return "Full time at one place"
        if self.limits.is_full_time(self.found.minutes):
            return "Full time in all"
        return "Near full time" if self.limits.is_near(self.found.minutes) else "Part time"


def _rows(asked: Asked) -> Rows:
    provider = found(providers.with_ref(asked.captured["ref"], person=asked.person))
    at_places = premises.of_provider(provider.pk)
    there = registration.with_provider(provider.pk, at_places, since=asked.on, until=None)
    there.sort(key=lambda one: (-one.minutes, one.child_ref))
    names = children.named({one.child_id for one in there}, person=asked.person, on=asked.on)
    limits = registration.limits(asked.on)
    is_school = provider.registration == Registration.SCHOOL
    return [Row(one, names.get(one.child_id), at_places.names, limits, is_school) for one in there]


def _child_of(row: Row) -> str | None:
    return row.child.ref if row.child and row.child.known_as else None


def _context(asked: Asked) -> Mapping[str, object]:
    ref = asked.captured["ref"]
    provider = found(providers.with_ref(ref, person=asked.person))
    is_school = provider.registration == Registration.SCHOOL
    return {
        "back": {"text": "The provider", "href": reverse("provider-page", kwargs={"ref": ref})},
        "places": registration.at_places(provider.pk, is_school=is_school, on=asked.on),
    }


HOURS = ListPage(
    name="provider-hours",
    title="Hours a week with this provider",
    section="providers",
    permission=Permission.VIEW_PLACEMENTS,
    columns=(
        Column("Child", "child_words"),
        Column("Where", "where"),
        Column("Hours a week in all", "hours", hint="means"),
        Column("Standing", "standing", Kind.STATUS),
    ),
    rows=_rows,
    child=_child_of,
    context=_context,
    template="council/providers/hours.html",
    noun=("child", "children"),
    empty="No child is booked with this provider.",
    worked_out=(
        "The fullest week from today on, of everything booked or held with the provider, whoever "
        "arranged it: at each place, and in all. What is done at home, online or in the community "
        "counts as one place more; places at one postcode are one. Full time at one place for a "
        "child with a plan or in care, or for five children, may only be given by a registered "
        "school (Education and Skills Act 2008, section 92). An award that would go beyond that "
        "cannot be proposed or decided. Where only all places together would be full time, an "
        "officer must say why it goes on."
    ),
)
