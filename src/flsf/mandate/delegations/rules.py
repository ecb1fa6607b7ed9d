"""When a delegation holds, and what a decision under one keeps. Days are inclusive."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flsf.core.dates import in_words
from flsf.core.money import Money
from flsf.mandate.delegations.enums import Power
from flsf.shared.accounts.enums import Role

USUAL_TERMS = {
    Power.JOIN: "To award contracts via the framework under the evaluation criteria set out in the "
    "report",
    Power.CALL_OFF: "To award contracts via the framework under the evaluation criteria set out in "
    "the report",
    Power.EXTEND: "To approve subsequent extensions of the contract under the framework terms",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A delegation as it is kept. `passed_on_from`: what whoever gave it had themselves."""

    number: int
    power: Power
    role: Role
    post: str
    given_by: str
    given_on: date
    minute: str
    terms: str
    since: date
    last_day: date | None = None  # None: until it is ended
    passed_on_from: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """By whose leave somebody decides, as it was when they did. `chain`: from whom that came.

    The limit is in pence, VAT included; None: any amount, or the power is not about an amount.
    """

    number: int
    power: str
    post: str
    given_by: str
    given_on: date
    minute: str
    terms: str
    chain: str = ""
    limit_pence: int | None = None

    @property
    def in_words(self) -> str:
        """Who delegated it to whom, when and by which minute."""
        said = f"{self.given_by} to the {self.post}, {in_words(self.given_on)}, {self.minute}"
        return f"{said}; {self.chain}" if self.chain else said

    @property
    def limit_in_words(self) -> str:
        return "Any amount" if self.limit_pence is None else str(Money(self.limit_pence))


@dataclass(frozen=True, slots=True)
class Shown:
    """A criterion, and what was found of it by then. `where`: on what that rests."""

    criterion: str
    result: str
    where: str


@dataclass(frozen=True, slots=True)
class Basis:
    """What a decision rests on: the authority, and the criteria with their results.

    Frozen with the decision, so that both read later as they did then (S43).
    """

    authority: Authority
    criteria_version: int | None
    shown: tuple[Shown, ...]

    def as_json(self) -> dict[str, Any]:
        one = self.authority
        return {
            "authority": {
                "number": one.number, "power": one.power, "post": one.post,
                "given_by": one.given_by, "given_on": one.given_on.isoformat(),
                "minute": one.minute, "terms": one.terms, "chain": one.chain,
                "limit_pence": one.limit_pence,
            },
            "criteria_version": self.criteria_version,
            "shown": [[each.criterion, each.result, each.where] for each in self.shown],
        }  # fmt: skip


def basis_from_json(kept: Mapping[str, Any]) -> Basis | None:
    """What was frozen; None: it was decided before that was kept."""
    if not kept:
        return None
    said = dict(kept["authority"])
    said["given_on"] = date.fromisoformat(said["given_on"])
    shown = tuple(Shown(*one) for one in kept["shown"])
    return Basis(Authority(**said), kept["criteria_version"], shown)


def holds(one: Given, others: Mapping[int, Given], *, on: date) -> bool:
    """Whether it is in force on a day: and so is everything that it was passed on from."""
    seen: set[int] = set()
    while True:
        if one.number in seen or not _is_in_its_days(one, on):
            return False
        if one.passed_on_from is None:
            return True
        seen.add(one.number)
        before = others.get(one.passed_on_from)
        if before is None or before.power is not one.power:
            return False
        one = before


def _is_in_its_days(one: Given, on: date) -> bool:
    return one.since <= on and (one.last_day is None or on <= one.last_day)


def authority(
    every: Sequence[Given], power: Power, roles: Iterable[Role], *, on: date
) -> Authority | None:
    """Under which delegation the holder of these roles decides on a day; None: under none.

    The one given most directly; of those alike the latest.
    """
    wanted, by_number = set(roles), {one.number: one for one in every}
    found = [
        one
        for one in every
        if one.power is power and one.role in wanted and holds(one, by_number, on=on)
    ]
    if not found:
        return None
    best = min(found, key=lambda one: (one.passed_on_from is not None, -one.since.toordinal()))
    return Authority(
        number=best.number,
        power=str(best.power.label),
        post=best.post,
        given_by=best.given_by,
        given_on=best.given_on,
        minute=best.minute,
        terms=best.terms,
        chain=_chain(best, by_number),
    )


def _chain(one: Given, by_number: Mapping[int, Given]) -> str:
    said = []
    while one.passed_on_from is not None:
        one = by_number[one.passed_on_from]
        said.append(f"who has it from {one.given_by}, {in_words(one.given_on)}, {one.minute}")
    return ", ".join(said)
