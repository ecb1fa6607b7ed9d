"""A service in a list of results."""

from dataclasses import dataclass, replace
from datetime import date

from flsf.market.directory import rules
from flsf.market.directory.enums import Ageing, Availability
from flsf.market.providers import queries as providers
from flsf.market.providers.enums import Mode


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
    largest_group: int
    availability: Availability
    metres: int | None
    confirmed_on: date
    ageing: Ageing

    @property
    def from_anywhere(self) -> "Card":
        """The same without how far it is: what every reader sees alike."""
        return self if self.metres is None else replace(self, metres=None)


def card_of(service: providers.ServiceRow, standing: Availability, *, on: date) -> Card:
    """The service as its card says it on a day, wherever it is asked from."""
    return Card(
        service_id=service.pk,
        slug=service.slug,
        name=service.name,
        provider_name=service.provider.name,
        provider_slug=service.provider.slug,
        lot_code=service.lot.code,
        lot_name=service.lot.name,
        mode=Mode(service.mode),
        site=str(service.site) if service.site else "",
        lowest_age=service.lowest_age,
        highest_age=service.highest_age,
        needs_mask=service.needs_mask,
        largest_group=service.largest_group,
        availability=standing,
        metres=None,
        confirmed_on=service.confirmed_on,
        ageing=rules.ageing(service.confirmed_on, on=on),
    )
