"""What a provider may offer."""

from datetime import date

from flsf.core.money import Money
from flsf.market.providers.enums import Mode


def is_fair_price(price: Money) -> bool:
    """Whether a price could be meant: more than nothing."""
    return price > Money(0)


def place_matches_mode(mode: Mode, *, has_site: bool) -> bool:
    """Whether a service says where it happens if it does, and online ones do not."""
    if mode is Mode.SITE:
        return has_site
    return not (mode is Mode.ONLINE and has_site)


def is_open(closed_from: date | None, *, on: date) -> bool:
    """Whether a service that closes on that day, if ever, still takes new children."""
    return closed_from is None or on < closed_from
