"""A sheet of providers, taken in or found to be known already."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from flsf.core.counts import Counts
from flsf.core.masks import to_mask
from flsf.core.people import SYSTEM, Person
from flsf.core.refusals import Refusal
from flsf.market.providers import actions as providers
from flsf.market.providers import queries as known_providers
from flsf.market.providers.enums import ProviderKind, ProviderType
from flsf.market.providers.rules import NewProvider, NewSite, ProviderFacts
from flsf.shared.imports.rules.sheets import Outcome, SheetRow, Taking
from flsf.shared.imports.rules.tables import squeezed

FACTS = frozenset(ProviderFacts.__dataclass_fields__)
NUMBERS = ("company_number", "charity_number")


def take(taking: Taking) -> Outcome:
    """New providers are on the register; known ones are changed if asked, else left and said."""
    known = _known()
    seen: dict[str, int] = {}
    new: list[NewProvider] = []
    changed = same = 0
    for row in taking.rows:
        keys = _keys(row)
        if twice := next((seen[key] for key in keys if key in seen), None):
            taking.wrong(row, "name", f"Row {twice} is the same provider: name or number is alike.")
            continue
        seen.update(dict.fromkeys(keys, row.number))
        found = next((known[key] for key in keys if key in known), None)
        if found is None:
            new.append(_new(row))
        elif _changed(found, row, taking):
            changed += 1
        else:
            same += 1
    made = providers.take_in_many(providers=new, by=taking.by, at=taking.at) if new else []
    return Outcome(
        Counts(new=len(made), changed=changed, same=same), {"providers": [one.pk for one in made]}
    )


def take_back(made: Mapping[str, Any], *, by: Person, at: datetime) -> None:
    """The providers made are gone. Raises providers.InUse."""
    providers.take_out_many(provider_ids=made.get("providers", ()), by=by, at=at)


def by_name_or_number() -> dict[str, Any]:
    """Every provider by its reference, numbers and name, as sheets name them."""
    found: dict[str, Any] = {}
    for one in known_providers.register(person=SYSTEM).prefetch_related("sites"):
        for word in (one.name, one.company_number, one.charity_number, one.ref):
            if word:
                found.setdefault(squeezed(word), one)
    return found


def _known() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in known_providers.register(person=SYSTEM):
        found[f"name {squeezed(one.name)}"] = one
        found |= {f"{key} {getattr(one, key)}": one for key in NUMBERS if getattr(one, key)}
    return found


def _keys(row: SheetRow) -> list[str]:
    """What tells a provider from others: its numbers first, then its name."""
    numbers = [f"{key} {row.get(key)}" for key in NUMBERS if row.get(key)]
    return [*numbers, f"name {squeezed(row.get('name'))}"]


def _facts(row: SheetRow) -> dict[str, Any]:
    values = {key: value for key, value in row.values.items() if row.get(key) is not None}
    facts = {key: value for key, value in values.items() if key in FACTS}
    if "kind" in facts:
        facts["kind"] = ProviderKind(facts["kind"])
    if "types" in values:
        facts["types_mask"] = to_mask(ProviderType(one) for one in values["types"])
    if "vat" in values:
        facts["vat_basis_points"] = values["vat"]
    return facts


def _new(row: SheetRow) -> NewProvider:
    facts = {"kind": ProviderKind.COMPANY} | _facts(row)
    sites: tuple[NewSite, ...] = ()
    if postcode := row.get("postcode"):
        sites = (NewSite(row.get("site_name", row.get("name")), postcode),)
    return NewProvider(facts=ProviderFacts(**facts), sites=sites)


def _changed(found: Any, row: SheetRow, taking: Taking) -> bool:
    """Whether a provider known already now says what the sheet says."""
    facts = replace(found.facts, **_facts(row))
    if facts == found.facts:
        return False
    differ = [key for key in sorted(FACTS) if getattr(facts, key) != getattr(found.facts, key)]
    if not taking.merges:
        words = ", ".join(differ).replace("_", " ")
        taking.doubtful(row, "name", f"We know this provider as {found.ref}. Not changed: {words}.")
        return False
    try:
        providers.change(provider_id=found.pk, facts=facts, by=taking.by, at=taking.at)
    except Refusal as refusal:
        taking.wrong(row, "name", str(refusal))
        return False
    return True
