"""One child who is a person's own concern, one who is another's, and all that hangs on each.

`mine` hangs on the school, provider, parent and young person of the world; `theirs` on others.
Everybody of the world knew `theirs` until yesterday: each has a disclosure that closed then.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace

from flsf.casework.calloffs.enums import AwardStatus, DirectGround
from flsf.casework.calloffs.models import Award
from flsf.casework.children.enums import Basis, Care, Detail
from flsf.casework.children.models import Child, Contact, Disclosure, FamilyCheck
from flsf.casework.competitions.models import Competition, Invitation, Question
from flsf.casework.competitions.rules import Brief, sealed
from flsf.casework.matching.actions import freeze
from flsf.casework.matching.queries import rank
from flsf.casework.referrals.enums import Ground, LegalBasis, Purpose, Route, Status, Urgency
from flsf.casework.referrals.models import Referral, ReferralChange
from flsf.core.people import SYSTEM
from flsf.core.refs import new_ref
from flsf.delivery.attendance.enums import Came, Source
from flsf.delivery.attendance.models import Mark
from flsf.delivery.continuity.enums import Cause
from flsf.delivery.continuity.models import Continuity
from flsf.delivery.outcomes.models import Goal
from flsf.delivery.placements.enums import Status as PlacementStatus
from flsf.delivery.placements.models import Placement, PlacementChange, Worker
from flsf.flows import change_model
from flsf.mandate.budgets.enums import Route as Bought
from flsf.mandate.framework.enums import CommercialModel, SpendLine, Unit
from flsf.mandate.framework.models import Lot
from flsf.mandate.governance import actions as governance
from flsf.mandate.governance.enums import Kind as Register
from flsf.mandate.governance.models import Entry
from flsf.mandate.rounds import actions as rounds
from flsf.mandate.rounds.models import Round
from flsf.market.admissions.models import Admission
from flsf.market.agreements.models import Paper, Transition
from flsf.market.checks.models import Check, EvidenceTold
from flsf.market.kinds import actions as kinds
from flsf.market.providers.models import Provider, Service
from flsf.market.staff.models import Member
from flsf.money.payments.enums import LineKind
from flsf.money.payments.models import Claim, Line
from flsf.oversight.concerns.models import Concern
from flsf.oversight.escalations.models import Escalation, EscalationStep
from flsf.shared.accounts.enums import OrganisationKind, Role, Team
from flsf.shared.accounts.models import User
from flsf.shared.documents.models import Document
from flsf.shared.imports.enums import BatchStatus, Kind
from flsf.shared.imports.models import Batch
from tests import (
    factories,
    factories_applications,
    factories_awards,
    factories_exclusions,
    factories_market,
    factories_meetings,
    factories_money,
)
from tests.factories import NOW, TODAY

YESTERDAY = TODAY - timedelta(days=1)
LONG_AGO = TODAY - timedelta(days=200)
NAMES = {"mine": "Quillsworth-Adair", "theirs": "Farthingale-Oster"}


@dataclass(frozen=True)
class World:
    people: dict[Role, User]
    mine: SimpleNamespace
    theirs: SimpleNamespace

    def side(self, name: str) -> SimpleNamespace:
        return self.mine if name == "mine" else self.theirs


def made() -> World:
    """The whole world, as its rows stand on the day the clock is stopped at."""
    council = factories.organisation(OrganisationKind.COUNCIL)
    school, other_school = (factories.organisation(OrganisationKind.SCHOOL) for _ in range(2))
    lot = factories.lot("Tutoring")
    provider, other_provider = (factories_market.provider() for _ in range(2))
    for one in (provider, other_provider):
        factories_market.admitted(one, in_lot=lot)
    people = _people(council, school, provider.organisation)
    budget = factories_awards.budget(1_000_000)
    factories_applications.mentoring(lot.framework)
    factories_applications.questions(lot.framework)
    mine = _side("mine", school, provider, lot, budget, people, care=Care.LOOKED_AFTER)
    theirs = _side("theirs", other_school, other_provider, lot, budget, _strangers())
    _knew(theirs.child, school, provider.organisation, people)
    return World(people, mine, theirs)


def _people(council, school, provider) -> dict[Role, User]:
    places = {
        Role.SENCO: school,
        Role.PROVIDER_MANAGER: provider,
        Role.PRACTITIONER: provider,
        # Somebody new: whoever leads a provider that is here already applies in the same way.
        Role.APPLICANT: factories.organisation(),
        Role.PARENT: None,
        Role.YOUNG_PERSON: None,
    }
    return {role: factories.member_of(places.get(role, council), role) for role in Role}


def _strangers() -> dict[Role, User]:
    other = factories.organisation()
    return {
        Role.PARENT: factories.member_of(None, Role.PARENT),
        Role.YOUNG_PERSON: factories.member_of(None, Role.YOUNG_PERSON),
        Role.PRACTITIONER: factories.member_of(other, Role.PRACTITIONER),
        Role.APPLICANT: factories_applications.applicant(other),
    }


def _side(name, school, provider, lot, budget, people, care=Care.NONE) -> SimpleNamespace:
    child = _child(name, care)
    _disclosed(child, Basis.ON_ROLL, Detail.FULL, organisation=school)
    _disclosed(child, Basis.PLACED, Detail.WORKING, organisation=provider.organisation)
    _disclosed(child, Basis.PARENT_OF, Detail.FULL, person=people[Role.PARENT])
    _disclosed(child, Basis.SELF, Detail.FULL, person=people[Role.YOUNG_PERSON])
    service = factories_market.service(provider, lot, rates=((LONG_AGO, 4200),))
    check = FamilyCheck.objects.create(
        child=child, person=factories.user(), relation="parent", because="R-1", asked_at=NOW
    )
    child.check = check.pk  # in its addresses
    child.number = Disclosure.objects.filter(child=child).latest("pk").pk  # in its addresses
    referral = _referral(child, school)
    award = _award(child, referral, provider, service, budget, lot)
    referral.service_ref = service.ref  # what an award would be proposed for
    competition = _competition(referral, lot, provider, people)
    placement = _placement(child, provider, service, award, people[Role.PRACTITIONER])
    mark = _mark(placement)
    application = factories_applications.begun(people[Role.APPLICANT], lot.framework)
    return SimpleNamespace(
        child=child,
        referral=referral,
        award=award,
        competition=competition,
        placement=placement,
        continuity=_continuity(placement),
        mark=mark,
        claim=_claim(provider, placement, mark),
        concern=_concern(child, placement),
        provider=Provider.objects.get(pk=provider.pk),
        told=_told(provider),
        member=_member(provider),
        step=_step(provider),
        meeting=(met := factories_meetings.meeting(provider)),
        action=factories_meetings.agreed(met),
        service=Service.objects.get(pk=service.pk),
        other=factories_market.other(),
        trainer=factories_market.trainer(f"Trainer of {name}"),
        guide=factories_market.route(f"A route of {name}"),
        kind=kinds.propose(
            name=f"Kind of {name}", organisation_id=provider.organisation_id, by=SYSTEM, at=NOW
        ),
        comment=factories_market.comment(service),
        version=factories_market.version(service),
        admission=Admission.objects.get(provider=provider),
        agreement=_agreement(provider),
        lot=Lot.objects.get(pk=lot.pk),
        framework=lot.framework,
        round=_round(lot.framework),
        transition=_transition(lot.framework),
        exclusion=factories_exclusions.case(provider),
        debarment=factories_exclusions.match(provider.organisation),
        entry=_entry(lot.framework),
        waiver=factories_money.waiver(),
        batch=_batch(),
        user=factories.user(),
        application=application,
        document=_document(application),
        question_set=application.begun_with,
    )


def _agreement(provider) -> Paper:
    made = factories_market.issued(Admission.objects.get(provider=provider))
    return Paper.objects.get(ref=made.ref)


def _entry(framework) -> Entry:
    told = {
        "risk": "A challenge",
        "likelihood": "Low",
        "impact": "High",
        "owner": "Head of commissioning",
        "mitigation": "Rounds.",
        "review_on": "2026-06-01",
    }
    said = {"framework_id": framework.pk, "kind": Register.RISK, "told": told}
    return governance.add(**said, by=SYSTEM, at=NOW)


def _transition(framework) -> Transition:
    ref = change_model.rehearse(
        framework_id=framework.pk,
        after=CommercialModel.OPEN_FRAMEWORK,
        takes_effect_on=TODAY,
        authority="Director",
        reason="As a fallback.",
        by=SYSTEM,
        at=NOW,
    )
    made = Transition.objects.get(ref=ref)
    made.number = 1  # of an agreement, in its addresses
    return made


def _round(framework) -> Round:
    """Both sides' framework is one, so its first round is too."""
    rounds.roll(framework_id=framework.pk, by=SYSTEM, at=NOW)
    return Round.objects.get(framework=framework, number=1)


def _child(name, care) -> Child:
    child = Child.objects.create(
        ref=new_ref("C"),
        first_name="Ada",
        last_name=NAMES[name],
        birth_date=date(2014, 9, 1),
        care=care,
        added_at=NOW,
    )
    Contact.objects.create(child=child, name=f"Pat {NAMES[name]}", relation="parent")
    return child


def _document(application) -> Document:
    return factories_applications.document(application.organisation)


def _disclosed(child, basis, detail, *, organisation=None, person=None, until=None) -> None:
    Disclosure.objects.create(
        child=child,
        organisation=organisation,
        person=person,
        basis=basis,
        detail=detail,
        since=LONG_AGO,
        until=until,
        opened_at=NOW,
    )


def _knew(child, school, provider, people) -> None:
    until = YESTERDAY
    _disclosed(child, Basis.ON_ROLL, Detail.FULL, organisation=school, until=until)
    _disclosed(child, Basis.PLACED, Detail.WORKING, organisation=provider, until=until)
    _disclosed(child, Basis.PARENT_OF, Detail.FULL, person=people[Role.PARENT], until=until)
    _disclosed(child, Basis.SELF, Detail.FULL, person=people[Role.YOUNG_PERSON], until=until)


def _referral(child, school) -> Referral:
    referral = Referral.objects.create(
        ref=new_ref("R"),
        child=child,
        route=Route.SCHOOL,
        organisation=school,
        team=Team.SEND,
        ground=Ground.SEND,
        purpose=Purpose.STATUTORY,
        legal_basis=LegalBasis.S19,
        urgency=Urgency.PLANNED,
        first_aware_on=LONG_AGO,
        received_at=NOW,
        what_happens="Not able to attend.",
        sent_once_key=new_ref("K"),
    )
    ReferralChange.objects.create(
        referral=referral, status=Status.MATCHING, takes_effect_on=LONG_AGO, decided_at=NOW
    )
    return referral


def _award(child, referral, provider, service, budget, lot) -> Award:
    return Award.objects.create(
        ref=new_ref("A"),
        child=child,
        referral=referral,
        provider=provider,
        service=service,
        route=Bought.DIRECT_AWARD,
        direct_ground=DirectGround.CONTINUITY,
        budget=budget,
        team=Team.SEND,
        spend_line=SpendLine.AP,
        lot_code=lot.code,
        unit=Unit.HOUR,
        rate_pence=4200,
        half_days_mask=0b11,
        starts_on=LONG_AGO,
        ends_on=TODAY + timedelta(days=60),
        net_pence=100_000,
        vat_pence=0,
        gross_pence=100_000,
        status=AwardStatus.AWAITING,
        proposed_at=NOW,
    )


def _competition(referral, lot, provider, people) -> Competition:
    """Open for bids, and only that provider was asked."""
    brief = Brief(
        age_band="11 to 13",
        needs=(),
        area="",
        how=(),
        wanted="A tutor.",
        outcomes="Back in lessons.",
        starts_on=TODAY + timedelta(days=20),
        ends_on=TODAY + timedelta(days=60),
        half_days_mask=0b11,
        minutes=150,
    ).as_json()
    frozen = {"threshold": 3, "formula": [], "brief": brief, "criteria": [], "price_weight": 30}
    made = Competition.objects.create(
        ref=new_ref("MC"),
        referral=referral,
        lot=lot,
        brief=brief,
        price_weight=30,
        made_at=NOW,
        shortlist=freeze(match=rank(referral.pk, on=TODAY), by=SYSTEM, at=NOW),
        window="normal",
        published=frozen,
        sha256=sealed(frozen),
        published_at=NOW,
        closes_at=NOW + timedelta(days=7),
    )
    Invitation.objects.create(competition=made, provider=provider, written_to=1)
    made.number = Question.objects.create(  # in its addresses
        competition=made,
        provider=provider,
        words="How far?",
        asked_by=people.get(Role.PROVIDER_MANAGER) or factories.user(),
        asked_at=NOW,
    ).pk
    return made


def _placement(child, provider, service, award, worker) -> Placement:
    placement = Placement.objects.create(
        ref=new_ref("L"),
        child=child,
        provider=provider,
        service=service,
        award=award,
        nature="Tutoring",
        starts_on=LONG_AGO,
        planned_end_on=TODAY + timedelta(days=60),
    )
    PlacementChange.objects.create(
        placement=placement,
        status=PlacementStatus.ACTIVE,
        takes_effect_on=LONG_AGO,
        decided_at=NOW,
    )
    Worker.objects.create(placement=placement, user=worker, since=LONG_AGO)
    Goal.objects.create(placement=placement, words="To read", target=5, set_on=LONG_AGO)
    return placement


def _continuity(placement) -> Continuity:
    return Continuity.objects.create(
        ref=new_ref("K"),
        placement=placement,
        cause=Cause.CHECK_LAPSED,
        about="Not in date: Public liability insurance",
        asked_on=TODAY,
        due_on=TODAY + timedelta(days=3),
    )


def _told(provider) -> EvidenceTold:
    check, _ = Check.objects.get_or_create(
        code="public-liability",
        defaults={
            "name": "Public liability insurance",
            "theme": "legal",
            "source": "Peers 8.2",
            "needed_from": TODAY,
        },
    )
    return EvidenceTold.objects.create(
        ref=new_ref("E"),
        provider=provider,
        requirement=check,
        holds_from=TODAY,
        expires_on=TODAY + timedelta(days=300),
        told_by=factories.user(),
        told_at=NOW,
        document_ref=factories_applications.document(provider.organisation).ref,
    )


def _member(provider) -> Member:
    return Member.objects.create(
        ref=new_ref("W"),
        provider=provider,
        name="Robin Ellwood",
        role="mentor",
        unsupervised=True,
        since=LONG_AGO,
    )


def _step(provider) -> EscalationStep:
    case = Escalation.objects.create(ref=new_ref("Q"), provider=provider, opened_on=TODAY)
    return EscalationStep.objects.create(
        escalation=case,
        ref=new_ref("Q"),
        rung="note",
        signal="visit",
        reason="Registers come late.",
        takes_effect_on=TODAY,
        reply_by=TODAY + timedelta(days=14),
        due_on=TODAY + timedelta(days=28),
        without_reply=False,
        decided_by=factories.user(),
        decided_at=NOW,
    )


def _mark(placement) -> Mark:
    return Mark.objects.create(
        placement=placement,
        day=YESTERDAY,
        half="am",
        held=True,
        came=Came.YES,
        minutes=150,
        school_code="B",
        source=Source.OFFICE,
        marked_at=NOW,
    )


def _claim(provider, placement, mark) -> Claim:
    claim = Claim.objects.create(
        ref=new_ref("M"), provider=provider, month=TODAY.replace(day=1), drafted_at=NOW
    )
    Line.objects.create(
        claim=claim,
        placement=placement,
        mark=mark,
        kind=LineKind.SESSION,
        day=YESTERDAY,
        minutes=150,
        rate_pence=4200,
        net_pence=10_500,
        vat_pence=0,
        gross_pence=10_500,
        words="2.5 hours at £42.00",
    )
    claim.line = f"{placement.ref}-{YESTERDAY.isoformat()}-am"  # in its addresses
    return claim


def _concern(child, placement) -> Concern:
    return Concern.objects.create(
        ref=new_ref("N"), child=child, placement=placement, words="A worry.", raised_at=NOW
    )


def _batch() -> Batch:
    return Batch.objects.create(
        ref=new_ref("B"),
        kind=Kind.PROVIDERS,
        file_name="providers.csv",
        file_sha256="0" * 64,
        status=BatchStatus.CHECKED,
        brought_at=NOW,
    )
