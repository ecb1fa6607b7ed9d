"""Which placements have no valid contract today, and why (S303)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flsf.casework.calloffs import queries as calloffs
from flsf.core.people import Person
from flsf.delivery.placements import queries as placements
from flsf.mandate.budgets.enums import Route
from flsf.web.components import words


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A placement that goes on, bought under nothing that is valid that day."""

    placement_ref: str
    provider_name: str
    award_ref: str
    waiver_ref: str
    since: date
    why: str


def without_contract(*, person: Person, on: date) -> list[Uncovered]:
    """The placements of that day without a valid contract, longest first. Two queries."""
    live = {one.award_id: one for one in placements.live(on)}
    awards: Any = calloffs.register(person=person, on=on).filter(pk__in=live)
    rows = awards.values(
        "pk", "route", "starts_on", "ends_on", "ended_on",
        "waiver__ref", "waiver__expires_on", "waiver__ended_on",
    )  # fmt: skip
    found = []
    for row in rows:
        fault = _fault(row, on)
        if fault is None:
            continue
        since, why = fault
        one = live[row["pk"]]
        found.append(
            Uncovered(
                placement_ref=one.ref,
                provider_name=one.provider_name,
                award_ref=one.award_ref,
                waiver_ref=row["waiver__ref"] or "",
                since=since,
                why=why,
            )
        )
    return sorted(found, key=lambda one: (one.since, one.placement_ref))


def _fault(row: dict[str, Any], on: date) -> tuple[date, str] | None:
    """From which day there is no valid contract, and why; None: there is one."""
    last = min(row["ends_on"], row["ended_on"] or row["ends_on"])
    if last < on:
        return last, f"Its award ended on {words.day(last)}"
    if row["route"] == Route.SPOT:
        return row["starts_on"], "Bought outside the framework without a waiver"
    if row["route"] == Route.WAIVER:
        ended, expires = row["waiver__ended_on"], row["waiver__expires_on"]
        if ended is not None and ended <= on:
            return ended, f"Its waiver was ended on {words.day(ended)}"
        if expires < on:
            return expires, f"Its waiver ran out on {words.day(expires)}"
    return None
