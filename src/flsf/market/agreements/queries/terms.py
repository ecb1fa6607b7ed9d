"""What is agreed with each provider on a day, gathered for all of them together."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flsf.core.people import SYSTEM
from flsf.mandate.framework import queries as frameworks
from flsf.mandate.framework.enums import CommercialModel
from flsf.mandate.framework.rules import LotFacts
from flsf.market.admissions import queries as admissions
from flsf.market.agreements.rules import LotLine, Price, Terms
from flsf.market.applications import queries as applications
from flsf.market.applications.queries import Offered
from flsf.market.providers import queries as providers
from flsf.shared.council import queries as council


@dataclass(frozen=True, slots=True, kw_only=True)
class ToWrite:
    """A paper that is about to be issued."""

    provider_id: int
    lot_ids: tuple[int, ...]
    ref: str
    version: int
    follows: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class _Prices:
    services: Mapping[tuple[int, int], list[tuple[str, int]]]
    offered: Mapping[tuple[int, int], Offered]

    def of(self, provider_id: int, lot_id: int) -> tuple[Price, ...]:
        """As its services cost on the day, or else as it offered when it applied."""
        found = self.services.get((provider_id, lot_id))
        if found:
            return tuple(Price(pence, name) for name, pence in found)
        said = self.offered.get((provider_id, lot_id))
        return (Price(said.price_pence),) if said and said.price_pence is not None else ()


def terms(
    framework_id: int,
    model: CommercialModel,
    to_write: Collection[ToWrite],
    *,
    in_force_from: date,
    issued_on: date,
) -> dict[str, Terms]:
    """What each of those papers is to say, by its reference. As many questions for one as for all.

    The criteria and measures are those of the day on which it comes into force.
    """
    ids = {one.provider_id for one in to_write}
    day = max(in_force_from, issued_on)
    framework = frameworks.frameworks(person=SYSTEM).get(pk=framework_id)
    criteria = frameworks.criteria_in_force(framework_id, on=day)
    known = {one.pk: one for one in providers.register(person=SYSTEM).filter(pk__in=ids)}
    limits = _limits(ids, day)
    prices = _Prices(_prices_of(ids, day), applications.offered_by(ids, on=issued_on))
    facts = frameworks.lot_facts()
    shared: dict[str, Any] = {
        "council": council.particulars().name,
        "framework_name": framework.name,
        "framework_ref": framework.ref,
        "decided_by": _decided_by(framework),
        "model": model,
        "term": framework.term,
        "criteria": criteria.lines if criteria else (),
        "criteria_version": criteria.version if criteria else None,
        "criteria_from": criteria.in_force_from if criteria else None,
        "method": _paragraphs(framework.call_off_method),
        "measures": frameworks.measures_in_force(framework_id, on=day),
        "in_force_from": in_force_from,
        "issued_on": issued_on,
    }
    return {
        one.ref: Terms(
            provider_name=(of := known[one.provider_id]).name,
            provider_kind=of.get_kind_display(),
            company_number=of.company_number,
            charity_number=of.charity_number,
            lots=tuple(
                _line(facts[lot_id], prices.of(one.provider_id, lot_id)) for lot_id in one.lot_ids
            ),
            limit=limits.get(one.provider_id, ("", None))[0],
            visit_due_on=limits.get(one.provider_id, ("", None))[1],
            ref=one.ref,
            version=one.version,
            follows=one.follows,
            because=one.because,
            **shared,
        )
        for one in to_write
    }


def _prices_of(
    provider_ids: Collection[int], on: date
) -> dict[tuple[int, int], list[tuple[str, int]]]:
    """What each service costs a unit that day, by (provider id, lot id): its name, the pence."""
    rows = [one for one in providers.catalogue(on) if one.provider_id in provider_ids]
    names = providers.names([one.service_id for one in rows])
    found: dict[tuple[int, int], list[tuple[str, int]]] = {}
    for one in sorted(rows, key=lambda row: names[row.service_id].name):
        if one.rate_pence is not None:
            price = (names[one.service_id].name, one.rate_pence)
            found.setdefault((one.provider_id, one.lot_id), []).append(price)
    return found


def _line(lot: LotFacts, prices: tuple[Price, ...]) -> LotLine:
    return LotLine(
        name=lot.name,
        lowest_age=lot.terms.lowest_age,
        highest_age=lot.terms.highest_age,
        unit=lot.terms.unit,
        regime=lot.terms.regime,
        cap_pence=lot.terms.price_cap_pence,
        prices=prices,
    )


def _limits(provider_ids: Collection[int], on: date) -> dict[int, tuple[str, date | None]]:
    """The limit of children that still stands, in words, and when the visit is due."""
    return {
        one.provider_id: (one.words, one.visit_due_on)
        for one in admissions.conditions(person=SYSTEM, on=on)
        if one.limit is not None and one.provider_id in provider_ids
    }


def _decided_by(framework: Any) -> str:
    if not framework.decided_by_body:
        return ""
    minute = f", minute {framework.minute}" if framework.minute else ""
    return f"{framework.decided_by_body}{minute}"


def _paragraphs(text: str) -> tuple[str, ...]:
    """The published method, paragraph by paragraph."""
    return tuple(" ".join(one.split()) for one in text.split("\n\n") if one.strip())
