"""What a provider may offer, and the values its actions are told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import NamedTuple

from flsf.core.geo import Point, postcode_from
from flsf.core.half_days import WEEK
from flsf.core.masks import of_mask
from flsf.market.providers.enums import (
    Mode,
    ProviderKind,
    ProviderType,
    Registration,
    ServiceStatus,
)

MOST_PLACES = 500  # in one half-day; more is a slip of the finger
OLDEST = 25

# A listing not confirmed for so long is said to be old, then very old (S7).
AGEING_DAYS = 90
STALE_DAYS = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderFacts:
    """What is known of a provider. VAT is in hundredths of a per cent: 2000 is 20 per cent.

    `types_mask`: of which types it is; None: nobody has said, 0: somebody said none of them.
    """

    name: str
    kind: ProviderKind
    company_number: str = ""
    charity_number: str = ""
    registration: Registration = Registration.NOT_A_SCHOOL
    urn: int | None = None
    is_small: bool = True
    is_local: bool = False
    types_mask: int | None = None
    vat_basis_points: int = 0
    about: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    safeguarding_lead: str = ""


# Of these, what its public page says (S210).
ON_ITS_PAGE = frozenset(
    {"name", "kind", "registration", "is_local", "about", "phone", "email", "website"}
)


@dataclass(frozen=True, slots=True)
class NewSite:
    """A place where children are taught. No point: the postcode is not known to us."""

    name: str
    postcode: str
    point: Point | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFacts:
    """What a service is. Sets are bit masks (core.needs, core.access, core.qualities)."""

    name: str
    lot_id: int
    mode: Mode
    lowest_age: int
    highest_age: int
    site_id: int | None = None
    needs_mask: int = 0
    access_mask: int = 0
    qualities_mask: int = 0
    kind_id: int | None = None
    largest_group: int = 1
    days_to_start: int = 5  # school days
    first_start_on: date | None = None  # None: at once
    what_it_is: str = ""
    how_to_get_it: str = ""
    what_to_expect: str = ""
    travel: str = ""
    is_listed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProvider:
    """A provider to take in. Without an organisation one of its name is made."""

    facts: ProviderFacts
    organisation_id: int | None = None
    sites: tuple[NewSite, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewService:
    """A service to take in, with its rates and places.

    `site` is found among the provider's by postcode and name, or added; without it
    `facts.site_id` holds. Rates are (first day, pence a unit net of VAT). Places are
    children by half-day index of the week.
    """

    provider_id: int
    facts: ServiceFacts
    site: NewSite | None = None
    confirmed_on: date | None = None  # None: the day it is taken in
    status: ServiceStatus = ServiceStatus.OPEN
    closed_from: date | None = None
    rates: tuple[tuple[date, int], ...] = ()
    places: Mapping[int, int] = field(default_factory=dict)


def place_matches_mode(mode: Mode, *, has_site: bool) -> bool:
    """Whether a service says where it happens if it does, and online ones do not."""
    if mode is Mode.SITE:
        return has_site
    return not (mode is Mode.ONLINE and has_site)


# Where a child is taught at a place of the provider's, or of an employer's.
FIXED = frozenset({Mode.SITE, Mode.WORKPLACE})


def place_of(mode: Mode, site_id: int | None) -> int | None:
    """The site where a service happens; None: at no fixed place (at home, online, about)."""
    return site_id if mode in FIXED else None


UNKNOWN_PLACE = 0  # no site has this id


@dataclass(frozen=True, slots=True)
class Premises:
    """Sites, where those of one provider at one postcode are one place, whatever their names."""

    one_of: Mapping[int, int]  # by site: the one that stands for all at its postcode
    names: Mapping[int, str]  # by the one that stands for them

    def place(self, mode: Mode, site_id: int | None) -> int | None:
        """Where a service happens; None: at no fixed place."""
        at = place_of(mode, site_id)
        return None if at is None else self.one_of.get(at, at)

    @property
    def unlisted(self) -> int | None:
        """Where children are taught in no service that we know: the only place, if one is."""
        if len(self.names) > 1:
            return UNKNOWN_PLACE
        return next(iter(self.names), None)


def premises(sites: Iterable[tuple[int, int, str, str]]) -> Premises:
    """Out of the id, provider, name and postcode of sites; the first of a place stands for it."""
    one_of: dict[int, int] = {}
    first: dict[tuple[int, str], int] = {}
    called: dict[int, list[str]] = {}
    for pk, provider, name, postcode in sites:
        written = postcode_from(postcode) or "".join(postcode.split()).upper()
        one = first.setdefault((provider, written), pk) if written else pk
        one_of[pk] = one
        called.setdefault(one, []).append(name)
    return Premises(one_of, {one: _one_address(names) for one, names in called.items()})


def _one_address(names: Sequence[str]) -> str:
    """What a place is called, by all its names."""
    *firsts, last = dict.fromkeys(names)
    return f"{', '.join(firsts)} and {last} (one address)" if firsts else last


def place_key(provider_id: int, mode: Mode, site_id: int | None) -> int:
    """A place as one number: its site, or below nothing the provider's own "no fixed place"."""
    return place_of(mode, site_id) or -provider_id


def ages_fit(lowest: int, highest: int) -> bool:
    """Whether somebody of school age or up to 25 could use it."""
    return 0 <= lowest <= highest <= OLDEST


def places_fit(places: Mapping[int, int]) -> bool:
    """Whether each half-day is of the school week and each number could be meant."""
    return all(0 <= day < len(WEEK) and 0 <= count <= MOST_PLACES for day, count in places.items())


def is_open(closed_from: date | None, *, on: date) -> bool:
    """Whether a service that closes on that day, if ever, still takes new children."""
    return closed_from is None or on < closed_from


def status_on(status: ServiceStatus, closed_from: date | None, *, on: date) -> ServiceStatus:
    """A service's status on a day: a dated closing takes hold by itself."""
    return status if is_open(closed_from, on=on) else ServiceStatus.CLOSED


def rate_on(rates: Mapping[date, int], on: date) -> int | None:
    """The pence in force on a day: the latest rate that has begun, if any has."""
    begun = [day for day in rates if day <= on]
    return rates[max(begun)] if begun else None


def company_number(typed: str) -> str:
    """A company number as kept: eight characters, upper case.

    Companies House pads its numbers with zeros; a spreadsheet takes them away.
    """
    squeezed = charity_number(typed)
    return squeezed.zfill(8) if squeezed.isdigit() else squeezed


def charity_number(typed: str) -> str:
    """A charity number as kept: no spaces, upper case."""
    return "".join(typed.split()).upper()


def columns(facts: ProviderFacts) -> dict[str, object]:
    """The facts by name, registered numbers in the form they are kept in."""
    return asdict(facts) | {
        "company_number": company_number(facts.company_number),
        "charity_number": charity_number(facts.charity_number),
    }


UNKNOWN_TYPES = "Not said yet"
NONE_OF_THEM = "None of the four"


def types_in_words(mask: int | None) -> str:
    """The types of a provider as a reader is told of them (S18)."""
    if mask is None:
        return UNKNOWN_TYPES
    return ", ".join(one.label for one in of_mask(ProviderType, mask)) or NONE_OF_THEM


class OnCard(NamedTuple):
    """A service with what its card says of provider, lot and site, in the order they are asked for.

    Of a service without a site both of its last are None.
    """

    pk: int
    slug: str
    name: str
    mode: str
    lowest_age: int
    highest_age: int
    needs_mask: int
    largest_group: int
    first_start_on: date | None
    confirmed_on: date
    provider_name: str
    provider_slug: str
    lot_code: str
    lot_name: str
    site_name: str | None
    site_postcode: str | None

    @property
    def place(self) -> str:
        """The site as a reader is told of it; empty without one."""
        told = (self.site_name, self.site_postcode)
        return ", ".join(one for one in told if one)
