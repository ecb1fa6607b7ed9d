"""Which placements have no valid contract today, and why (S303)."""

from dataclasses import dataclass
from datetime import date

from flsf.oversight.provisions import queries


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A placement that goes on, bought under nothing that is valid that day."""

    placement_ref: str
    provider_ref: str
    provider_name: str
    award_ref: str
    waiver_ref: str
    since: date
    why: str


def without_contract(*, on: date, provider_ref: str = "") -> list[Uncovered]:
    """The placements of that day without a valid contract, longest first. Two queries."""
    return [
        Uncovered(
            placement_ref=one.ref,
            provider_ref=one.provider_ref,
            provider_name=one.provider_name,
            award_ref=one.award_ref,
            waiver_ref=contract.waiver_ref,
            since=wrong.since,
            why=wrong.words,
        )
        for one, contract, wrong in queries.without_contract(on)
        if provider_ref in ("", one.provider_ref)
    ]
