"""What an application says of whoever sent it, as the register and its first listings keep it."""

from collections.abc import Mapping
from typing import Any

from flsf.core.masks import to_mask
from flsf.market.applications.rules.questions import YES
from flsf.market.providers.enums import ProviderKind, ProviderType
from flsf.market.providers.rules import ProviderFacts

VAT_BASIS_POINTS = 2000  # Value Added Tax Act 1994, section 2


def provider_facts(said: Mapping[str, Any], *, name: str) -> ProviderFacts:
    """The facts, from the answers of the shipped questions; one not asked leaves the usual.

    `name` stands in where no name was asked.
    """
    area, kind = said.get("area"), said.get("kind")
    return ProviderFacts(
        name=str(said.get("name") or name),
        kind=ProviderKind(kind) if kind in set(ProviderKind) else ProviderKind.COMPANY,
        company_number=str(said.get("company-number") or ""),
        charity_number=str(said.get("charity-number") or ""),
        is_small=area != "national",
        is_local=area == "local",
        types_mask=types_mask(said.get("types")),
        vat_basis_points=VAT_BASIS_POINTS if said.get("vat") == YES else 0,
        phone=str(said.get("phone") or ""),
        safeguarding_lead=str(said.get("lead") or ""),
    )


def types_mask(said: Any) -> int | None:
    """The types they said they are of (S18); None where they said nothing.

    Words that are no type count for nothing: a council may have added answers of its own.
    """
    if not isinstance(said, list) or not said:
        return None
    return to_mask(ProviderType(one) for one in said if one in set(ProviderType))


def price_in(said: Mapping[str, Any], lot_code: str) -> int | None:
    """The price offered in a lot, in pence a unit without VAT; None where none was asked."""
    pence = said.get(f"price--{lot_code}")
    return pence if isinstance(pence, int) else None


def what_it_is(said: Mapping[str, Any]) -> str:
    """What they do with children, in their own words."""
    return str(said.get("programme") or "")


def what_to_expect(said: Mapping[str, Any]) -> str:
    """How they begin with a child, in their own words."""
    return str(said.get("start") or "")


def promised(said: Mapping[str, Any]) -> dict[str, int]:
    """What they promised in numbers, by the answer of the question about social value (S152)."""
    found = {}
    for option in ("jobs", "apprentices", "training"):
        many = said.get(f"promise-{option}")
        if isinstance(many, int) and many > 0:
            found[option] = many
    return found


def climate(said: Mapping[str, Any]) -> tuple[str, int | None]:
    """What they do for the climate in their own words, and the year they mean to be net zero."""
    by = said.get("net-zero-by")
    return str(said.get("climate") or ""), by if isinstance(by, int) else None
