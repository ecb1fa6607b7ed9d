"""Puts the three past years on the register and in the ledger, as they were found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flsf.casework.calloffs import actions as calloffs
from flsf.casework.calloffs.enums import AwardStatus, DirectGround
from flsf.casework.calloffs.rules import Found, Proposal, Terms
from flsf.casework.timetable import actions as timetable
from flsf.casework.timetable.rules import Booked
from flsf.core.people import Person
from flsf.core.refs import new_ref
from flsf.delivery.placements import actions as placements
from flsf.delivery.placements.actions import Plan
from flsf.delivery.placements.enums import Status
from flsf.demo.load_children import TEAMS
from flsf.demo.load_mandate import Purse
from flsf.demo.load_market import Market, Offered
from flsf.demo.plan.days import financial_year
from flsf.demo.plan.history import PastAward
from flsf.mandate.budgets import actions as budgets
from flsf.mandate.budgets.enums import Entry, Route
from flsf.mandate.budgets.rules import Posting
from flsf.shared.accounts.enums import Team


@dataclass(frozen=True, slots=True)
class Sessions:
    """A placement whose sessions are to be marked: its half-days as a mask, first and last day."""

    placement_ref: str
    half_days: int
    starts_on: date
    ends_on: date


WAIVER_OF = {"send": "send", "ap": "ap", "virtual_school": "vs"}


def load(
    past: Sequence[PastAward],
    market: Market,
    children: Mapping[int, int],
    purse: Purse,
    waivers: Mapping[str, int],
    *,
    by: Person,
    at: datetime,
) -> list[Sessions]:
    """Every placement of the past has its award, its dates and its money.

    Returns those that kept a register with us, to be marked.
    """
    found = [_found(one, market, children, purse, waivers) for one in past]
    awards = calloffs.record_found_many(found=found, by=by, at=at)
    budgets.post_many(
        lines=[
            line
            for one, award in zip(past, found, strict=True)
            for line in _lines(one, award, market[one.provider, one.service])
        ],
        by=by,
        at=at,
    )
    timetable.book_many(bookings=_booked(past, found, market, children), by=by, at=at)
    made = placements.plan_many(
        plans=[
            Plan(
                award_id=award.pk,
                child_id=children[one.child],
                provider_id=market[one.provider, one.service].provider_id,
                service_id=market[one.provider, one.service].service_id,
                starts_on=one.starts_on,
                planned_end_on=one.ends_on,
                nature=market[one.provider, one.service].name,
                status=Status.ENDED,
            )
            for one, award in zip(past, awards, strict=True)
        ],
        by=by,
        at=at,
    )
    return [
        Sessions(placement.ref, one.half_days, one.starts_on, one.ends_on)
        for one, placement in zip(past, made, strict=True)
        if one.half_days
    ]


def _booked(
    past: Sequence[PastAward],
    found: Sequence[Found],
    market: Market,
    children: Mapping[int, int],
) -> list[Booked]:
    return [
        Booked(
            child_id=children[one.child],
            service_id=market[one.provider, one.service].service_id,
            award_ref=award.ref,
            half_days_mask=one.half_days,
            minutes=150,
            since=one.starts_on,
            until=one.ends_on,
        )
        for one, award in zip(past, found, strict=True)
        if one.half_days
    ]


def _found(
    one: PastAward,
    market: Market,
    children: Mapping[int, int],
    purse: Purse,
    waivers: Mapping[str, int],
) -> Found:
    offer, team = market[one.provider, one.service], TEAMS[one.group]
    return Found(
        ref=new_ref("A"),
        proposal=Proposal(
            child_id=children[one.child],
            provider_id=offer.provider_id,
            service_id=offer.service_id,
            terms=Terms(
                unit=offer.unit,
                rate_pence=offer.rate_pence,
                vat_basis_points=0,
                half_days_mask=one.half_days,
                minutes_a_half_day=150,
                starts_on=one.starts_on,
                ends_on=one.ends_on,
            ),
            net_pence=one.pence,
            vat_pence=0,
            route=Route.DIRECT_AWARD if one.on_framework else Route.WAIVER,
            direct_ground=DirectGround.CONTINUITY if one.on_framework else None,
            waiver_id=None if one.on_framework else waivers[WAIVER_OF[one.group]],
            budget_id=purse.of(team, financial_year(one.starts_on)),
            team=team,
            spend_line=one.spend_line,
            lot_code=offer.lot_code if one.on_framework else "",
        ),
        status=AwardStatus.AWARDED,
        reason="Found in the records of the team that bought it.",
    )


def _lines(one: PastAward, award: Found, offer: Offered) -> list[tuple[Entry, Posting]]:
    committed = posting(award, offer, one.pence, one.starts_on, award.ref)
    paid = [
        (Entry.PAID, posting(award, offer, pence, day, f"FOUND-{award.ref}"))
        for day, pence in one.paid
    ]
    return [(Entry.COMMITTED, committed), *paid]


def posting(award: Found, offer: Offered, pence: int, day: date, source: str) -> Posting:
    """That much of an award, as the ledger takes it."""
    proposal = award.proposal
    return Posting(
        budget_id=proposal.budget_id,
        award_ref=award.ref,
        source_ref=source,
        provider_ref=offer.provider_ref,
        provider_name=offer.provider_name,
        team=Team(proposal.team),
        route=proposal.route,
        spend_line=proposal.spend_line,
        lot_code=proposal.lot_code,
        net_pence=pence,
        vat_pence=0,
        day=day,
    )
