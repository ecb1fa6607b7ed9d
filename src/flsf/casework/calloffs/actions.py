"""The only writes of call-offs."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import ProtectedError

from flsf.casework.calloffs import queries, rules
from flsf.casework.calloffs.enums import AwardStatus, Decision, DirectGround, Tag
from flsf.casework.calloffs.models import Award, AwardYear
from flsf.casework.calloffs.rules import Found, Proposal
from flsf.casework.competitions import queries as competitions
from flsf.core.clock import london_day
from flsf.core.money import Money
from flsf.core.people import Person
from flsf.core.refs import unused_ref
from flsf.core.refusals import Refusal
from flsf.mandate.budgets import queries as budgets
from flsf.mandate.budgets.enums import Route
from flsf.mandate.delegations.enums import Power
from flsf.mandate.delegations.queries import NotDelegated
from flsf.mandate.framework import queries as frameworks
from flsf.mandate.framework.rules import Answer
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Permission
from flsf.shared.audit import actions as audit
from flsf.shared.audit.enums import JSONValue

DECIDED_TAGS: Mapping[Decision, Tag] = {
    Decision.AWARDED: Tag.AWARDED,
    Decision.RETURNED: Tag.RETURNED,
    Decision.NOT_AWARDED: Tag.DECLINED,
}


class NothingIsBought(Refusal):
    says = "No half-day of this falls on a school day. Change the dates or the half-days."


class NoBudgetForYear(Refusal):
    """Says for which financial years."""

    says = "No budget is set for a year this falls into."

    def __init__(self, years: Sequence[str]) -> None:
        super().__init__()
        self.years = tuple(years)

    def __str__(self) -> str:
        return (
            f"No budget is set for {' and '.join(self.years)}, into which this falls. Choose an "
            "earlier last day, another fund, or ask finance to set the budget."
        )


class GroundMissing(Refusal):
    says = "A direct award needs the published ground it rests on. Choose one."


class NotRankedFirst(Refusal):
    says = "Only the service ranked first is the best fit. Choose another ground."


class OverrideNeedsReason(Refusal):
    says = "Another service is ranked first. Say why this one is chosen instead."


class RuledOut(Refusal):
    """Says by which rules, in words."""

    says = "The rules leave this service out and nobody may set them aside. Choose another."

    def __init__(self, why: Sequence[str]) -> None:
        super().__init__()
        self.why = tuple(why)

    def __str__(self) -> str:
        return f"This service may not be chosen. {'. '.join(self.why)}. Choose another service."


class ModelRefuses(Refusal):
    """Says by which rule of the framework's commercial model."""

    says = "The framework's commercial model does not allow this to be bought."

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer

    def __str__(self) -> str:
        return f"This cannot be bought. {self.answer.why} ({self.answer.source})."


class LotWantsCompetition(Refusal):
    says = (
        "Its lot allows no direct award. Go back to what fits and start a competition, or choose a "
        "service of another lot."
    )


class NoCompetitionHeld(Refusal):
    says = "No competition for this request in this lot was without a bid. Choose another ground."


class NotSettledOn(Refusal):
    says = (
        "This is not what the competition was settled on: the first bid has changed, was "
        "withdrawn or passed over. Look at the competition again."
    )


class AlreadyProposed(Refusal):
    says = "An award from this competition waits for a decision or was made. Look at it first."


class ScoredIt(Refusal):
    says = "You scored the bids, so somebody else decides this award."


class DeclareFirst(Refusal):
    says = "Say first whether you have an interest in any of the providers that bid."


class HasInterest(Refusal):
    says = "You declared an interest in its competition, so somebody else decides this award."


class FindingNeedsReason(Refusal):
    """Says of which finding."""

    says = "Give a reason for going on."

    def __init__(self, what: Sequence[str]) -> None:
        super().__init__()
        self.what = tuple(what)

    def __str__(self) -> str:
        return f"Give a reason for going on. {'. '.join(self.what)}."


class AlreadyDecided(Refusal):
    says = "This award has already been decided."


class MayNotDecide(Refusal):
    says = "Your role does not decide awards."


class OwnProposal(Refusal):
    says = "You proposed this award, so somebody else must decide it."


class ReasonMissing(Refusal):
    says = "Give the reason for the decision."


class BeyondYourLimit(Refusal):
    says = "This award is for more than you may decide. It goes to somebody with a higher limit."

    def __init__(self, *, gross: Money, limit: Money) -> None:
        super().__init__()
        self.gross, self.limit = gross, limit

    def __str__(self) -> str:
        return (
            f"This award is for {self.gross} with VAT and you may decide up to {self.limit}. "
            "It goes to somebody with a higher limit."
        )


class StillNeeded(Refusal):
    says = "Something already rests on these awards, so they cannot be taken back."


class NotAwarded(Refusal):
    says = "Only an award that was made can end early."


class EndOutsideTerm(Refusal):
    says = "The last day must fall between the award's first day and its last."


@transaction.atomic
def propose(
    *,
    proposal: Proposal,
    findings: Mapping[str, JSONValue],
    by: Person,
    at: datetime,
) -> Award:
    """The call-off waits for a decision; what was found about it is frozen with it.

    Raises RuledOut, AlreadyProposed, ModelRefuses, LotWantsCompetition, NoCompetitionHeld,
    NotSettledOn, NothingIsBought, NoBudgetForYear, GroundMissing, NotRankedFirst,
    OverrideNeedsReason and FindingNeedsReason.
    """
    if proposal.ruled_out:
        raise RuledOut(proposal.ruled_out)
    if proposal.competition_id is not None:
        _refuse_second(proposal.competition_id)
    if proposal.net_pence <= 0:
        raise NothingIsBought
    _refuse_by_model(
        _lot_id(proposal),
        gross_pence=proposal.gross_pence,
        has_waiver=proposal.waiver_id is not None,
        on=london_day(at),
    )
    _refuse_by_lot(_lot_id(proposal), proposal.route, proposal.direct_ground, proposal.referral_id)
    _refuse_by_competition(
        proposal.competition_id,
        proposal.route,
        (proposal.referral_id, proposal.provider_id, proposal.service_id),
        proposal.terms.rate_pence,
    )
    if proposal.years_without_budget:
        raise NoBudgetForYear(proposal.years_without_budget)
    if proposal.route is Route.DIRECT_AWARD and proposal.direct_ground is None:
        raise GroundMissing
    if not rules.ground_fits(proposal):
        raise NotRankedFirst
    if rules.needs_override_reason(proposal) and not proposal.override_reason.strip():
        raise OverrideNeedsReason
    if proposal.unexplained:
        raise FindingNeedsReason(proposal.unexplained)
    award = _award(unused_ref("A", Award.objects), proposal, at=at)
    award.status = AwardStatus.AWAITING
    award.findings = dict(findings)
    award.proposed_by_id = by.pk
    award.save()
    AwardYear.objects.bulk_create(
        AwardYear(award=award, budget_id=budget_id, net_pence=net, vat_pence=vat)
        for budget_id, net, vat in proposal.years
    )
    audit.record(
        tag=Tag.PROPOSED,
        subject=f"award {award.ref}",
        details={"pence": award.gross_pence, "route": award.route, "rank": proposal.rank},
        by=by,
        at=at,
    )
    return award


@transaction.atomic
def decide(*, award_id: int, decision: Decision, reason: str, by: Person, at: datetime) -> Award:
    """The award is decided, by somebody who may and did not propose it.

    By whose leave, up to what limit, and what was found of each published criterion is frozen
    with it (S43). After a competition they have said before that no interest of theirs stands in
    the way (rule P32). Raises ReasonMissing, AlreadyDecided, MayNotDecide, OwnProposal,
    DeclareFirst, HasInterest and, to award, BeyondYourLimit, NotDelegated, ModelRefuses,
    LotWantsCompetition, NoCompetitionHeld, NotSettledOn and ScoredIt.
    """
    award = Award.objects.select_for_update(of=("self",), no_key=True).get(pk=award_id)
    if not reason.strip():
        raise ReasonMissing
    if award.status != AwardStatus.AWAITING:
        raise AlreadyDecided
    if not by.may(Permission.DECIDE_AWARDS):
        raise MayNotDecide
    if award.proposed_by_id == by.pk:
        raise OwnProposal
    _refuse_by_interest(award.competition_id, by=by)
    basis = queries.basis(award, person=by, on=london_day(at))
    if decision is Decision.AWARDED:
        _refuse_beyond_limit(award, by=by, on=london_day(at))
        lot_id = queries.lot_of(award)
        if lot_id is not None and basis is None:
            raise NotDelegated(Power.CALL_OFF)
        _refuse_by_model(
            lot_id,
            gross_pence=award.gross_pence,
            has_waiver=award.waiver_id is not None,
            on=london_day(at),
        )
        _refuse_by_route(award, lot_id)
        _refuse_who_scored(award.competition_id, by=by)
    award.status = rules.DECIDES[decision]
    award.decision, award.decision_reason = decision, reason.strip()
    award.decided_by_id, award.decided_at = by.pk, at
    award.basis = basis.as_json() if basis else {}
    decided = ["decision", "decision_reason", "decided_by", "decided_at"]
    award.save(update_fields=["status", "basis", *decided])
    audit.record(
        tag=DECIDED_TAGS[decision],
        subject=f"award {award.ref}",
        details={"pence": award.gross_pence},
        by=by,
        at=at,
    )
    return award


@transaction.atomic
def end(*, award_id: int, ended_on: date, by: Person, at: datetime) -> Award:
    """Nothing more is bought after that last day. Raises NotAwarded and EndOutsideTerm."""
    award = Award.objects.select_for_update(of=("self",), no_key=True).get(pk=award_id)
    if award.status != AwardStatus.AWARDED:
        raise NotAwarded
    if not rules.may_end(award.starts_on, award.ends_on, last_day=ended_on):
        raise EndOutsideTerm
    award.status, award.ended_on = AwardStatus.ENDED, ended_on
    award.save(update_fields=["status", "ended_on"])
    audit.record(
        tag=Tag.ENDED,
        subject=f"award {award.ref}",
        details={"last_day": ended_on.isoformat()},
        by=by,
        at=at,
    )
    return award


@transaction.atomic
def record_found_many(*, found: Sequence[Found], by: Person, at: datetime) -> list[Award]:
    """Awards made before we kept count are on the register as they were found, in one batch.

    They say so: nobody here decided them, and no limit was asked.
    """
    awards = []
    for one in found:
        award = _award(one.ref, one.proposal, at=at)
        award.status, award.ended_on = one.status, one.ended_on
        award.decision, award.decided_at = Decision.AWARDED, at
        award.decision_reason = one.reason
        award.findings = {"found": dict(one.findings)}
        awards.append(award)
    made = Award.objects.bulk_create(awards, batch_size=1000)
    audit.record(
        tag=Tag.RECORDED,
        subject=f"register of {len(made)} awards",
        details={"awards": len(made)},
        by=by,
        at=at,
    )
    return made


@transaction.atomic
def take_back_many(*, award_ids: Collection[int], by: Person, at: datetime) -> None:
    """Awards recorded as found are off the register again: only to undo an import.

    Raises StillNeeded, and keeps them all, when a placement or a claim rests on one.
    """
    refs = list(Award.objects.filter(pk__in=award_ids).values_list("ref", flat=True))
    try:
        with transaction.atomic():
            Award.objects.filter(pk__in=award_ids).delete()
    except ProtectedError as error:
        raise StillNeeded from error
    audit.record(tag=Tag.TAKEN_BACK, subject="awards", details={"refs": refs}, by=by, at=at)


def _refuse_beyond_limit(award: Award, *, by: Person, on: date) -> None:
    limit = budgets.limit_of(accounts.roles_of(by.pk), on=on)
    if limit is not None and not rules.may_decide(award.gross_pence, limit):
        raise BeyondYourLimit(gross=award.gross, limit=Money(limit))


def _lot_id(proposal: Proposal) -> int | None:
    return proposal.lot_id or queries.lot_id_with(proposal.lot_code)


def _refuse_by_model(lot_id: int | None, *, gross_pence: int, has_waiver: bool, on: date) -> None:
    answer = frameworks.may_call_off(lot_id, gross_pence=gross_pence, has_waiver=has_waiver, on=on)
    if not answer.is_allowed:
        raise ModelRefuses(answer)


def _refuse_by_route(award: Award, lot_id: int | None) -> None:
    """Asked again when it is decided: a bid may have been withdrawn since it was proposed."""
    route = Route(award.route)
    ground = DirectGround(award.direct_ground) if award.direct_ground else None
    _refuse_by_lot(lot_id, route, ground, award.referral_id)
    bought = (award.referral_id, award.provider_id, award.service_id)
    _refuse_by_competition(award.competition_id, route, bought, award.rate_pence)


def _refuse_by_lot(
    lot_id: int | None, route: Route, ground: DirectGround | None, referral_id: int | None
) -> None:
    """A lot without direct awards has one where a competition was held and brought nothing."""
    if route is not Route.DIRECT_AWARD or lot_id is None:
        return
    if ground is DirectGround.NO_BIDS:
        if referral_id is None or not competitions.came_to_nothing(referral_id, lot_id):
            raise NoCompetitionHeld
    elif not frameworks.lot_facts()[lot_id].terms.direct_award_allowed:
        raise LotWantsCompetition


def _refuse_by_competition(
    competition_id: int | None,
    route: Route,
    bought: tuple[int | None, int, int | None],
    rate_pence: int,
) -> None:
    """What is bought by a competition is what it was settled on: for whom, from whom, what and at
    which price.
    """
    if route is not Route.MINI_COMPETITION:
        return
    won = competitions.won(competition_id) if competition_id else None
    if won is None or rate_pence != won.rate_pence:
        raise NotSettledOn
    if bought != (won.referral_id, won.provider_id, won.service_id):
        raise NotSettledOn


def _refuse_second(competition_id: int) -> None:
    if Award.objects.filter(competition=competition_id, status__in=queries.COUNTED).exists():
        raise AlreadyProposed


def _refuse_who_scored(competition_id: int | None, *, by: Person) -> None:
    """Whoever marked the bids does not award what came of it."""
    if competition_id is not None and competitions.scored_by(competition_id, by.pk):
        raise ScoredIt


def _refuse_by_interest(competition_id: int | None, *, by: Person) -> None:
    """Nothing is decided before whoever does it has said whether they have an interest."""
    if competition_id is None:
        return
    said = None if by.pk is None else competitions.says_of_deciding(competition_id, by.pk)
    if said is None:
        raise DeclareFirst
    if said:
        raise HasInterest


def _award(ref: str, proposal: Proposal, *, at: datetime) -> Award:
    terms = proposal.terms
    return Award(
        ref=ref,
        child_id=proposal.child_id,
        referral_id=proposal.referral_id,
        shortlist_id=proposal.shortlist_id,
        provider_id=proposal.provider_id,
        service_id=proposal.service_id,
        route=proposal.route,
        direct_ground=proposal.direct_ground or "",
        ground_words=proposal.ground_words,
        override_reason=proposal.override_reason.strip(),
        waiver_id=proposal.waiver_id,
        competition_id=proposal.competition_id,
        budget_id=proposal.budget_id,
        team=proposal.team,
        spend_line=proposal.spend_line,
        lot_code=proposal.lot_code,
        unit=terms.unit,
        rate_pence=terms.rate_pence,
        vat_basis_points=terms.vat_basis_points,
        half_days_mask=terms.half_days_mask,
        minutes_a_half_day=terms.minutes_a_half_day,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        net_pence=proposal.net_pence,
        vat_pence=proposal.vat_pence,
        gross_pence=proposal.gross_pence,
        proposed_at=at,
    )
