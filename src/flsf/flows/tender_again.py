"""After a challenge the framework is tendered again, and no child's support stops meanwhile."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from flsf.casework.calloffs import queries as calloffs
from flsf.core.clock import london_day
from flsf.core.dates import in_words
from flsf.core.people import SYSTEM, Person
from flsf.core.refusals import Refusal
from flsf.mandate.framework import queries as frameworks
from flsf.mandate.framework.enums import CommercialModel
from flsf.mandate.retenders import actions as retenders
from flsf.mandate.retenders import queries as find_retenders
from flsf.mandate.retenders import rules
from flsf.mandate.retenders.queries import RetenderRow
from flsf.mandate.rounds import actions as rounds
from flsf.mandate.rounds.queries import RoundRow
from flsf.mandate.waivers import actions as waivers
from flsf.mandate.waivers import queries as find_waivers

# "A short-term waiver" (cabinet report, paragraph 33): it does not outlast a year.
LONGEST_COVER = timedelta(days=365)
STOPPED = "The framework is tendered again after a challenge"


class OpensTooSoon(Refusal):
    says = "The round open now takes applications today. Let the new one open tomorrow or later."


class CoverTooShort(Refusal):
    says = "The waivers must last until the day to decide by, or children are left without cover."


class CoverTooLong(Refusal):
    """Says the last day that is taken."""

    says = "Short-term waivers last a year at most."

    def __init__(self, last: date) -> None:
        super().__init__()
        self.last = last

    def __str__(self) -> str:
        return f"{self.says} Enter a day up to {in_words(self.last)}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Tender:
    """When everybody may tender, by when it is decided, and how long waivers cover meanwhile."""

    opens_on: date
    closes_on: date
    decide_by: date
    standstill_days: int | None
    covered_until: date


def to_cover(framework_id: int, *, first: date, last: date) -> list[tuple[str, int]]:
    """The providers whose awards under the framework run in those days, with what those days
    cost at most: pence, VAT included. By the provider's name.
    """
    costs: dict[int, int] = {}
    names: dict[int, str] = {}
    for provider_id, name, bought in calloffs.bought_between(framework_id, first=first, last=last):
        cost = rules.share(bought, first=first, last=last)
        costs[provider_id] = costs.get(provider_id, 0) + cost
        names[provider_id] = name
    return sorted((names[provider_id], pence) for provider_id, pence in costs.items())


@transaction.atomic
def tender_again(
    *,
    framework_id: int,
    challenge_id: int,
    tender: Tender,
    authority: str,
    because: str,
    by: Person,
    at: datetime,
) -> RetenderRow:
    """Rounds open and to come stop, a new one is open to all, and each provider whose awards run
    meanwhile has a waiver from today until the last day covered. Placements are untouched.

    All or none. Raises OpensTooSoon, CoverTooShort, CoverTooLong and what rounds.open_round,
    rounds.reopen, waivers.grant and retenders.begin raise.
    """
    frameworks.hold(framework_id)
    today = london_day(at)
    if tender.opens_on <= today:
        raise OpensTooSoon
    if tender.covered_until < tender.decide_by:
        raise CoverTooShort
    if tender.covered_until > (last := today + LONGEST_COVER):
        raise CoverTooLong(last)
    made = _new_round(framework_id, tender, authority, because, by=by, at=at)
    granted = [
        waivers.grant(
            reason=f"{STOPPED}. {because.strip()}",
            provider_name=name,
            value_pence=pence,
            starts_on=today,
            expires_on=tender.covered_until,
            approver_name=authority.strip(),
            approved_on=today,
            by=by,
            at=at,
        ).pk
        for name, pence in to_cover(framework_id, first=today, last=tender.covered_until)
    ]
    return retenders.begin(
        framework_id=framework_id,
        challenge_id=challenge_id,
        round_id=made.pk,
        waiver_ids=granted,
        covered_from=today,
        covered_until=tender.covered_until,
        authority=authority,
        because=because,
        by=by,
        at=at,
    )


@transaction.atomic
def end_tender_again(*, retender_id: int, because: str, by: Person, at: datetime) -> None:
    """It is over, and so is each of its waivers that has not been ended before.

    Raises what retenders.end raises.
    """
    today = london_day(at)
    retenders.end(retender_id=retender_id, because=because, by=by, at=at)
    covering = set(find_retenders.waiver_ids(retender_id))
    for one in find_waivers.register(person=SYSTEM, on=today):
        if one.pk in covering and one.ended_on is None:
            waivers.end(waiver_id=one.pk, ended_on=today, why=because.strip(), by=by, at=at)


def _new_round(
    framework_id: int,
    tender: Tender,
    authority: str,
    because: str,
    *,
    by: Person,
    at: datetime,
) -> RoundRow:
    rounds.stop(
        framework_id=framework_id,
        last_day=tender.opens_on - timedelta(days=1),
        because=STOPPED,
        by=by,
        at=at,
    )
    told: dict[str, Any] = {
        "framework_id": framework_id,
        "opens_on": tender.opens_on,
        "closes_on": tender.closes_on,
        "decide_by": tender.decide_by,
        "standstill_days": tender.standstill_days,
    }
    model = frameworks.model_on(framework_id, on=tender.opens_on)
    if model is CommercialModel.OPEN_FRAMEWORK:
        return rounds.reopen(**told, authority=authority, reason=because, by=by, at=at)
    return rounds.open_round(**told, by=by, at=at)
