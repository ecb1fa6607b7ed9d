"""What differs between two versions of a listing, and how old one may grow."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

from flsf.market.providers.enums import Mode
from flsf.market.providers.rules import ServiceFacts

# A change to one of these changes what the checks were made for: somebody looks again.
CHECK_RELEVANT = frozenset(
    {"lot_id", "mode", "site_id", "lowest_age", "highest_age", "largest_group", "needs_mask"}
)
NEW = "This service is new"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, as it is and as it would be."""

    field: str
    before: Any
    after: Any


def to_row(facts: ServiceFacts) -> dict[str, Any]:
    """The facts as a row keeps them."""
    day = facts.first_start_on
    return asdict(facts) | {"mode": facts.mode.value, "first_start_on": day and day.isoformat()}


def from_row(row: Mapping[str, Any]) -> ServiceFacts:
    """The facts of a row; a field the row does not know is as it usually is."""
    known = {name: row[name] for name in ServiceFacts.__dataclass_fields__ if name in row}
    day = known.get("first_start_on")
    return ServiceFacts(
        **known
        | {"mode": Mode(known["mode"]), "first_start_on": date.fromisoformat(day) if day else None}
    )


def differences(before: ServiceFacts, after: ServiceFacts) -> tuple[Difference, ...]:
    """Every field that says something else, in the order of a listing."""
    return tuple(
        Difference(name, getattr(before, name), getattr(after, name))
        for name in ServiceFacts.__dataclass_fields__
        if getattr(before, name) != getattr(after, name)
    )


def merged(now: ServiceFacts, base: ServiceFacts, wanted: ServiceFacts) -> ServiceFacts:
    """What is now, with only what the provider changed put in: nobody's other change is undone."""
    return replace(now, **{one.field: one.after for one in differences(base, wanted)})


def fingerprint(now: ServiceFacts | None, after: ServiceFacts) -> str:
    """Names what an officer has before them: the version that is and the one that would be."""
    said = repr((to_row(now) if now else None, to_row(after)))
    return sha256(said.encode()).hexdigest()[:32]


def to_recheck(before: ServiceFacts | None, after: ServiceFacts) -> list[str]:
    """The fields changed by which the provider was checked; of a new service, all of them."""
    if before is None:
        return sorted(CHECK_RELEVANT)
    return [one.field for one in differences(before, after) if one.field in CHECK_RELEVANT]


def is_to_prompt(
    confirmed_on: date, prompted_on: date | None, *, on: date, after_days: int
) -> bool:
    """Whether to ask the provider again: once it is old enough, then once a month."""
    again = prompted_on is None or prompted_on < confirmed_on or (on - prompted_on).days >= MONTH
    return (on - confirmed_on).days >= after_days and again


MONTH = 30


def in_order(rows: Sequence[Difference]) -> list[Difference]:
    """What wants looking at again comes first."""
    return sorted(rows, key=lambda one: one.field not in CHECK_RELEVANT)
