"""A service in a list of results."""

from dataclasses import dataclass, replace
from datetime import date

from flsf.market.directory import rules
from flsf.market.directory.enums import Ageing, Availability
from flsf.market.others import queries as others
from flsf.market.providers.enums import Cost, Mode, Sector
from flsf.market.providers.rules import OnCard


@dataclass(frozen=True, slots=True)
class Card:
    """A service in a list of results. Metres are None where it has no place that we know."""

    service_id: int
    slug: str
    name: str
    provider_name: str
    provider_slug: str
    lot_code: str
    lot_name: str
    mode: Mode
    site: str
    lowest_age: int
    highest_age: int
    needs_mask: int
    largest_group: int  # 0: nobody has said
    first_start_on: date | None
    is_other: bool  # not on the framework
    cost: Cost
    availability: Availability
    metres: int | None
    confirmed_on: date
    ageing: Ageing

    @property
    def from_anywhere(self) -> "Card":
        """The same without how far it is: what every reader sees alike."""
        return self if self.metres is None else replace(self, metres=None)


def card_of(service: OnCard, standing: Availability, *, on: date) -> Card:
    """The service as its card says it on a day, wherever it is asked from."""
    return Card(
        service_id=service.pk,
        slug=service.slug,
        name=service.name,
        provider_name=service.provider_name,
        provider_slug=service.provider_slug,
        lot_code=service.lot_code,
        lot_name=service.lot_name,
        mode=Mode(service.mode),
        site=service.place,
        lowest_age=service.lowest_age,
        highest_age=service.highest_age,
        needs_mask=service.needs_mask,
        largest_group=service.largest_group,
        first_start_on=_to_come(service.first_start_on, on),
        is_other=False,
        cost=Cost.COUNCIL,
        availability=standing,
        metres=None,
        confirmed_on=service.confirmed_on,
        ageing=rules.ageing(service.confirmed_on, on=on),
    )


def card_of_other(one: others.OtherRow, *, on: date) -> Card:
    """Help that is not on the framework, as its card says it."""
    return Card(
        service_id=-one.pk,
        slug=one.slug,
        name=one.name,
        provider_name=one.run_by,
        provider_slug="",
        lot_code="",
        lot_name=str(Sector(one.sector).label),
        mode=Mode(one.mode),
        site=one.postcode,
        lowest_age=one.lowest_age,
        highest_age=one.highest_age,
        needs_mask=one.needs_mask,
        largest_group=0,
        first_start_on=None,
        is_other=True,
        cost=Cost(one.cost),
        availability=Availability.OUTSIDE,
        metres=None,
        confirmed_on=one.checked_on,
        ageing=rules.ageing(one.checked_on, on=on),
    )


def _to_come(day: date | None, on: date) -> date | None:
    return day if day is not None and day > on else None
