"""A listing's fields and their values in words, for those who compare two versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flsf.core import access, needs, qualities
from flsf.market.listings.queries import Compared
from flsf.market.listings.rules import CHECK_RELEVANT
from flsf.market.providers.enums import Mode
from flsf.market.providers.rules import ServiceFacts
from flsf.web.components import words

LABELS: Mapping[str, str] = {
    "name": "Name",
    "lot_id": "Lot",
    "mode": "Where it happens",
    "lowest_age": "Youngest age",
    "highest_age": "Oldest age",
    "site_id": "Place",
    "needs_mask": "Needs",
    "qualities_mask": "What it is like",
    "kind_id": "Kind",
    "access_mask": "Getting in and taking part",
    "largest_group": "Most children in a group",
    "days_to_start": "School days to the first session",
    "first_start_on": "First day it can start",
    "what_it_is": "What it is",
    "how_to_get_it": "How to get it",
    "what_to_expect": "What to expect",
    "travel": "Getting there",
    "is_listed": "In the public list",
}


@dataclass(frozen=True, slots=True)
class Changed:
    """One field, both values in words, and whether it is one the provider was checked for."""

    label: str
    before: str
    after: str
    is_check_relevant: bool


@dataclass(frozen=True, slots=True)
class Names:
    """What lots and places are called, by id."""

    lots: Mapping[int, str]
    sites: Mapping[int, str]
    kinds: Mapping[int, str]


def label_of(field: str) -> str:
    """What a field is called; its own name if nobody has said."""
    return LABELS.get(field, field.replace("_", " "))


def changed(shown: Compared, names: Names) -> list[Changed]:
    """The fields that differ; of a new service every field that says anything."""
    if shown.now is None:
        return [
            Changed(label_of(name), "", said, name in CHECK_RELEVANT)
            for name in ServiceFacts.__dataclass_fields__
            if (said := in_words(name, getattr(shown.after, name), names))
        ]
    return [
        Changed(
            label_of(one.field),
            in_words(one.field, one.before, names) or "Nothing",
            in_words(one.field, one.after, names) or "Nothing",
            one.field in CHECK_RELEVANT,
        )
        for one in shown.differences
    ]


def in_words(field: str, value: Any, names: Names) -> str:
    """The value of a field as a reader says it; empty for nothing."""
    if value is None or value == "":
        return ""
    if field == "needs_mask":
        return "; ".join(need.label for need in needs.from_mask(value)) or "Any"
    if field == "qualities_mask":
        return "; ".join(one.label for one in qualities.from_mask(value))
    if field == "access_mask":
        return "; ".join(one.label for one in access.from_mask(value))
    named = {"lot_id": names.lots, "site_id": names.sites, "kind_id": names.kinds}
    if field in named:
        return named[field].get(value, "No longer known")
    if isinstance(value, Mode):
        return str(value.label)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return words.day(value) if isinstance(value, date) else str(value)
