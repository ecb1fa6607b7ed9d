"""Support is called off for a child: proposed, and decided. Each is whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from flsf.casework.calloffs import actions as calloffs
from flsf.casework.calloffs import queries as find_awards
from flsf.casework.calloffs.actions import RuledOut
from flsf.casework.calloffs.enums import Decision, DirectGround, ValueRule
from flsf.casework.calloffs.queries import Agreed, Assessment, Wanted
from flsf.casework.calloffs.rules import Proposal, Terms
from flsf.casework.children import actions as children
from flsf.casework.children import queries as find_children
from flsf.casework.children.enums import Basis, Detail
from flsf.casework.competitions import actions as competitions
from flsf.casework.matching import actions as matching
from flsf.casework.referrals import actions as referrals
from flsf.casework.referrals import queries as find_referrals
from flsf.casework.referrals.enums import Status
from flsf.casework.timetable import actions as timetable
from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.delivery.placements import actions as placements
from flsf.flows.hold_competition import tell_bidders
from flsf.flows.keep_limit import refuse_over_limit
from flsf.flows.keep_registration import refuse_a_school
from flsf.mandate.budgets import actions as budgets
from flsf.mandate.budgets import queries as find_budgets
from flsf.mandate.budgets.enums import Route
from flsf.mandate.budgets.rules import Posting
from flsf.mandate.framework.enums import SpendLine
from flsf.market.agreements.queries import refuse_unless_party
from flsf.market.exclusions.queries import refuse_if_excluded
from flsf.market.providers import queries as providers
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Role, Team
from flsf.shared.notify import actions as notify
from flsf.shared.notify.enums import Channel


class ServiceGone(Refusal):
    says = "That service cannot be bought. Go back to the list and choose another."


class ReferralNotSeen(Refusal):
    says = "You cannot see this request any more. Ask whoever works on it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What an officer would buy, and why this and so.

    Without a ground it is what a competition was settled on, and `wanted` names it.
    """

    wanted: Wanted
    budget_id: int
    ground: DirectGround | None = None
    ground_words: str = ""
    override_reason: str = ""
    reasons: Mapping[ValueRule, str] = field(default_factory=dict)  # for what goes on with a reason


@transaction.atomic
def propose_award(*, referral_id: int, choice: Choice, by: Person, at: datetime) -> str:
    """The shortlist is frozen, the place is held, and the award waits; its reference.

    Each financial year it falls into pays its own part, out of the same fund. Raises
    ReferralNotSeen, ServiceGone, OverLimit, MayNotBeAwarded, NoAgreement, WouldBeASchool,
    TogetherASchool, and what calloffs.propose and timetable.hold raise.
    """
    on, wanted = london_day(at), choice.wanted
    referral = find_referrals.with_id(referral_id, person=by, on=on)
    if referral is None:
        raise ReferralNotSeen
    school_id = find_children.school_ids([referral.child_id])[referral.child_id]
    found = find_awards.assess(referral_id, wanted, school_id=school_id, person=by, on=on)
    if found is None:
        raise ServiceGone
    refuse_over_limit(
        provider_id=found.service.provider_id,
        lot_id=found.service.lot_id,
        child_id=referral.child_id,
        since=wanted.starts_on,
        until=wanted.ends_on,
        on=on,
    )
    refuse_if_excluded(providers.organisation_of(found.service.provider_id), on=on)
    refuse_unless_party(found.service.provider_id, found.service.lot_id, on=on)
    refuse_a_school(
        service_id=found.service.pk,
        child_id=referral.child_id,
        since=wanted.starts_on,
        until=wanted.ends_on,
        on=on,
        is_explained=bool(choice.reasons.get(ValueRule.REGISTRATION, "").strip()),
        added=find_awards.minutes_a_week(found.terms),
    )
    shortlist = matching.freeze(match=found.match, by=by, at=at)
    payers = find_budgets.of_same_fund([choice.budget_id])
    award = calloffs.propose(
        proposal=_proposal(referral, choice, found, shortlist.pk, payers),
        findings=found.as_json() | {"reasons": dict(choice.reasons)},
        by=by,
        at=at,
    )
    timetable.hold(
        child_id=referral.child_id,
        service_id=found.service.pk,
        award_ref=award.ref,
        half_days_mask=wanted.half_days_mask,
        minutes=wanted.minutes_a_half_day,
        since=wanted.starts_on,
        until=wanted.ends_on,
        by=by,
        at=at,
    )
    _move(referral_id, Status.MATCHING, after=(Status.RECEIVED, Status.LOOKED_AT), by=by, at=at)
    return award.ref


@transaction.atomic
def decide_award(
    *, award_id: int, decision: Decision, reason: str, by: Person, at: datetime
) -> str | None:
    """Awarded: place booked, money promised, placement planned, provider told who the child is.

    Otherwise the place is free again. Returns the placement's reference, if there is one. Raises
    RuledOut if the provider has left the pool or a check has lapsed since, OverLimit,
    MayNotBeAwarded if it is excluded or may be debarred, NoAgreement if it is no party to a
    framework agreement for the lot, WouldBeASchool if others have called off
    hours since that with these only a registered school may give, TogetherASchool where that is
    so of all its places together and nobody said why, and what calloffs.decide,
    budgets.commit and timetable.book raise; then nothing has happened at all.
    """
    calloffs.decide(award_id=award_id, decision=decision, reason=reason, by=by, at=at)
    agreed = find_awards.agreed([award_id])[award_id]
    if decision is not Decision.AWARDED:
        timetable.release(award_ref=agreed.ref, by=by, at=at)
        _tell_proposer(agreed, by=by, at=at)
        return None
    _refuse_what_has_lapsed(agreed, on=london_day(at))
    _refuse_by_lot(agreed, on=london_day(at))
    refuse_if_excluded(providers.organisation_of(agreed.provider_id), on=london_day(at))
    _refuse_a_school(agreed, on=london_day(at))
    timetable.book(award_ref=agreed.ref, by=by, at=at)
    budgets.commit_all(postings=_postings(agreed), by=by, at=at)
    placement = placements.plan(
        award_id=award_id,
        child_id=agreed.child_id,
        provider_id=agreed.provider_id,
        service_id=agreed.service_id,
        starts_on=agreed.starts_on,
        planned_end_on=agreed.ends_on,
        nature=agreed.nature,
        by=by,
        at=at,
    )
    _open_to_provider(agreed, by=by, at=at)
    if agreed.referral_id is not None:
        before = (Status.RECEIVED, Status.LOOKED_AT, Status.MATCHING)
        _move(agreed.referral_id, Status.OFFERED, after=before, by=by, at=at)
    if agreed.competition_id is not None:
        competitions.note_awarded(
            competition_id=agreed.competition_id, award_ref=agreed.ref, by=by, at=at
        )
        tell_bidders(competition_id=agreed.competition_id, by=by, at=at)
    _tell_provider(agreed, by=by, at=at)
    _tell_proposer(agreed, by=by, at=at)
    return placement.ref


def _proposal(
    referral: Any,
    choice: Choice,
    found: Assessment,
    shortlist_id: int,
    payers: Mapping[tuple[int, date], int],
) -> Proposal:
    unexplained = [
        one.words for one in found.asks_reasons if not choice.reasons.get(one.test, "").strip()
    ]
    shares = [one.share for one in found.years]
    paid_by = {one.year_begins: payers.get((choice.budget_id, one.year_begins)) for one in shares}
    return Proposal(
        child_id=referral.child_id,
        referral_id=referral.pk,
        shortlist_id=shortlist_id,
        provider_id=found.service.provider_id,
        lot_id=found.service.lot_id,
        service_id=found.service.pk,
        terms=found.terms,
        net_pence=found.cost.net.pence,
        vat_pence=found.cost.vat.pence,
        route=Route.MINI_COMPETITION if choice.wanted.competition_id else Route.DIRECT_AWARD,
        competition_id=choice.wanted.competition_id,
        direct_ground=choice.ground,
        ground_words=choice.ground_words,
        override_reason=choice.override_reason,
        rank=found.rank,
        budget_id=next((one for one in paid_by.values() if one), choice.budget_id),
        years=tuple(
            (budget_id, one.net_pence, one.vat_pence)
            for one in shares
            if (budget_id := paid_by[one.year_begins])
        ),
        years_without_budget=tuple(one.year for one in shares if not paid_by[one.year_begins]),
        team=Team(referral.team),
        spend_line=SpendLine(found.service.lot.spend_line),
        lot_code=found.service.lot.code,
        ruled_out=tuple(found.ruled_out),
        unexplained=tuple(unexplained),
    )


def _postings(agreed: Agreed) -> list[Posting]:
    """One for each financial year's budget, counted in its own year."""
    whole = _posting(agreed)
    years = find_awards.years_of(agreed.award_id)
    return [
        replace(
            whole,
            budget_id=budget_id,
            net_pence=one.net_pence,
            vat_pence=one.vat_pence,
            day=max(agreed.starts_on, one.year_begins),
        )
        for budget_id, one in years
    ] or [whole]


def _posting(agreed: Agreed) -> Posting:
    return Posting(
        budget_id=agreed.budget_id,
        award_ref=agreed.ref,
        source_ref=agreed.ref,
        provider_ref=agreed.provider_ref,
        provider_name=agreed.provider_name,
        team=Team(agreed.team),
        route=Route(agreed.route),
        spend_line=SpendLine(agreed.spend_line),
        lot_code=agreed.lot_code,
        net_pence=agreed.net_pence,
        vat_pence=agreed.vat_pence,
        day=agreed.starts_on,
    )


def _refuse_what_has_lapsed(agreed: Agreed, *, on: date) -> None:
    if agreed.referral_id is None or agreed.service_ref is None:
        return
    terms = Terms(
        unit=agreed.unit,
        rate_pence=agreed.rate_pence,
        vat_basis_points=agreed.vat_basis_points,
        half_days_mask=agreed.half_days_mask,
        minutes_a_half_day=agreed.minutes_a_half_day,
        starts_on=agreed.starts_on,
        ends_on=agreed.ends_on,
    )
    why = find_awards.may_still_be_bought(agreed.service_ref, agreed.referral_id, terms, on=on)
    if why:
        raise RuledOut(why)


def _refuse_by_lot(agreed: Agreed, *, on: date) -> None:
    """What is asked of the provider's place in the lot: its limit, and its agreement."""
    if agreed.service_id is None:
        return
    lot_id, _ = providers.lots_and_sites([agreed.service_id])[agreed.service_id]
    refuse_over_limit(
        provider_id=agreed.provider_id,
        lot_id=lot_id,
        child_id=agreed.child_id,
        since=agreed.starts_on,
        until=agreed.ends_on,
        on=on,
    )
    refuse_unless_party(agreed.provider_id, lot_id, on=on)


def _refuse_a_school(agreed: Agreed, *, on: date) -> None:
    """The place held for this award counts among the hours."""
    if agreed.service_id is not None:
        refuse_a_school(
            service_id=agreed.service_id,
            child_id=agreed.child_id,
            since=agreed.starts_on,
            until=agreed.ends_on,
            on=on,
            is_explained=ValueRule.REGISTRATION in agreed.explained,
        )


def _open_to_provider(agreed: Agreed, *, by: Person, at: datetime) -> None:
    """From today, so that the first meeting can be prepared; closed when the placement ends."""
    children.disclose(
        child_id=agreed.child_id,
        organisation_id=providers.organisation_of(agreed.provider_id),
        detail=Detail.WORKING,
        basis=Basis.PLACED,
        because=agreed.ref,
        since=london_day(at),
        by=by,
        at=at,
    )


def _move(
    referral_id: int, status: Status, *, after: tuple[Status, ...], by: Person, at: datetime
) -> None:
    """The referral goes there from one of those; a child who has support already stays so."""
    today = london_day(at)
    if find_referrals.status_on(today, referral_id=referral_id) in after:
        referrals.move(referral_id=referral_id, status=status, takes_effect_on=today, by=by, at=at)


def _tell_provider(agreed: Agreed, *, by: Person, at: datetime) -> None:
    organisation = providers.organisation_of(agreed.provider_id)
    for person in accounts.members_at(organisation, role=Role.PROVIDER_MANAGER):
        _tell(person.pk, person.email, "award-made", agreed, by=by, at=at)


def _tell_proposer(agreed: Agreed, *, by: Person, at: datetime) -> None:
    if agreed.proposed_by_id is not None and agreed.proposed_by_id != by.pk:
        _tell(
            agreed.proposed_by_id, agreed.proposed_by_email, "award-decided", agreed, by=by, at=at
        )


def _tell(
    recipient_id: int, address: str, template: str, agreed: Agreed, *, by: Person, at: datetime
) -> None:
    notify.queue(
        template=template,
        recipient_id=recipient_id,
        address=address,
        channel=Channel.EMAIL,
        details={"reference": agreed.ref},
        by=by,
        at=at,
    )
