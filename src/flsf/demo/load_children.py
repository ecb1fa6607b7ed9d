"""Brings Marlbeck's four hundred children, and those who wait for support."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flsf.casework.children import actions as children
from flsf.casework.children.enums import Basis, Detail, Relation, Schooling
from flsf.casework.children.rules import ContactFacts, Facts
from flsf.casework.referrals import actions as referrals
from flsf.casework.referrals.enums import (
    ClockKind,
    Ground,
    LegalBasis,
    Purpose,
    Route,
    Status,
    Urgency,
)
from flsf.casework.referrals.rules import Asked
from flsf.core.needs import from_mask
from flsf.core.people import SYSTEM, Person
from flsf.demo.plan.children import ChildPlan
from flsf.demo.plan.days import Days, moment
from flsf.demo.plan.live import HOME_URN, Waiting
from flsf.flows.refer_child import refer_child
from flsf.shared.accounts.enums import Team
from flsf.shared.places import actions as places
from flsf.shared.places import queries as find_places

TEAMS = {"send": Team.SEND, "ap": Team.AP, "virtual_school": Team.VIRTUAL_SCHOOL}
# Taking a referral on is what moves it to "being looked at".
MOVES: Mapping[str, tuple[Status, ...]] = {
    "received": (),
    "looked_at": (),
    "matching": (Status.MATCHING,),
}


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of the demonstration that children's records name."""

    caseworker: Person
    virtual_school: Person
    senco: Person
    parent: Person
    young_person: Person


def load(plans: Sequence[ChildPlan], *, by: Person, at: datetime) -> Mapping[int, int]:
    """Every child has a record and somebody who cares for it. Returns ids by plan number."""
    schools = {
        plan.school_urn: found.pk
        for plan in plans
        if plan.school_urn and (found := find_places.school(plan.school_urn))
    }
    made = children.take_in_many(
        children=[facts_of(plan, schools.get(plan.school_urn or 0)) for plan in plans], by=by, at=at
    )
    ids = {plan.number: pk for plan, pk in zip(plans, made, strict=True)}
    for plan in plans[:120]:
        children.add_contact(child_id=ids[plan.number], contact=_contact(plan), by=by, at=at)
    return ids


def facts_of(plan: ChildPlan, school_id: int | None) -> Facts:
    return Facts(
        first_name=plan.first_name,
        last_name=plan.last_name,
        birth_date=plan.birth_date,
        upn=plan.upn,
        postcode=plan.postcode,
        schooling=Schooling.ON_ROLL if school_id else Schooling.NO_SCHOOL,
        school_id=school_id,
        sen_stage=plan.sen_stage,
        plan_ref=f"MB/{plan.number:04d}" if plan.sen_stage != "none" else "",
        care=plan.care,
        needs=frozenset(from_mask(plan.needs)),
        main_need=plan.main_need,
        strengths=plan.strengths,
        about=plan.about,
    )


def _contact(plan: ChildPlan) -> ContactFacts:
    return ContactFacts(
        name=plan.carer_name,
        relation=Relation.PARENT,
        has_parental_responsibility=True,
        phone=plan.carer_phone,
        may_phone=True,
        may_text=True,
    )


def load_waiting(
    waits: Sequence[Waiting],
    plans: Sequence[ChildPlan],
    ids: Mapping[int, int],
    cast: Cast,
    days: Days,
) -> list[int]:
    """Twenty-four referrals at every early stage, asked for by schools, officers and families."""
    made = []
    for number, wait in enumerate(waits):
        plan = plans[wait.child]
        aware_on = days.ago(wait.aware_days_ago)
        sent_at = moment(min(aware_on + timedelta(days=1), days.today), 8 + number % 8)
        route, by, organisation_id = _asker(wait, plan, cast)
        receipt = refer_child(
            facts=facts_of(plan, None),
            child_id=ids[plan.number],
            asked=_asked(number, wait, plan, route, organisation_id, days),
            by=by,
            at=min(sent_at, moment(days.today, 9)),
        )
        made.append(receipt.referral_id)
        worker = cast.virtual_school if plan.group == "virtual_school" else cast.caseworker
        steps = MOVES[wait.status]
        if wait.status != "received":
            referrals.take_on(
                referral_id=receipt.referral_id, worker_id=worker.pk, by=worker, at=sent_at
            )
            # Most families were told in time; every fifth was not.
            if number % 5:
                referrals.stop_clock(
                    referral_id=receipt.referral_id,
                    kind=ClockKind.DECISION,
                    met_on=min(sent_at.date() + timedelta(days=4), days.today),
                    by=worker,
                    at=sent_at,
                )
        for status in steps:
            referrals.move(
                referral_id=receipt.referral_id,
                status=status,
                takes_effect_on=sent_at.date(),
                by=worker,
                at=sent_at,
            )
    return made


def _asker(wait: Waiting, plan: ChildPlan, cast: Cast) -> tuple[Route, Person, int | None]:
    if wait.route == "school":
        if plan.school_urn == HOME_URN:
            return Route.SCHOOL, cast.senco, next(iter(cast.senco.reach.organisation_ids))
        return Route.SCHOOL, SYSTEM, None
    if wait.route == "family":
        return Route.FAMILY, SYSTEM, None
    return Route.OFFICER, cast.caseworker, None


def _asked(
    number: int,
    wait: Waiting,
    plan: ChildPlan,
    route: Route,
    organisation_id: int | None,
    days: Days,
) -> Asked:
    basis = LegalBasis(wait.basis)
    urgency = Urgency(wait.urgency)
    return Asked(
        route=route,
        organisation_id=organisation_id,
        ground={LegalBasis.S100: Ground.MEDICAL, LegalBasis.S42: Ground.SEND}.get(
            basis, Ground.OTHER
        ),
        first_aware_on=days.ago(wait.aware_days_ago),
        what_happens=plan.happens,
        sent_once_key=f"marlbeck-{number}",
        purpose=Purpose.EARLY if basis is LegalBasis.EARLY_HELP else Purpose.STATUTORY,
        legal_basis=basis,
        team=TEAMS[plan.group],
        urgency=urgency,
        urgency_reason="" if urgency is Urgency.PLANNED else "Out of education since that day.",
        what_was_tried="A shorter day, a key adult and a quiet room.",
        what_helps=plan.about,
        outcomes_wanted="Back to learning every week, and feeling safe enough to stay.",
        parent_view="We want a fresh start and somebody who listens.",
        child_view="I want to learn things but not in a big room.",
        parent_agrees=True,
        start_wanted_on=days.ahead(7 + number % 10),
    )


def open_home_school(name: str, *, by: Person, at: datetime) -> None:
    """The demonstration's school can sign in; it is the one its SENCO works for."""
    for school in find_places.find_schools(name, limit=1):
        places.invite_school(school_id=school.pk, by=by, at=at)


def introduce_family(
    family: tuple[int, int], ids: Mapping[int, int], cast: Cast, days: Days
) -> None:
    """The demonstration's parent sees both children, and the older one sees their own record."""
    younger, older = family
    at = moment(days.ago(200))
    for number, person, basis in (
        (younger, cast.parent, Basis.PARENT_OF),
        (older, cast.parent, Basis.PARENT_OF),
        (older, cast.young_person, Basis.SELF),
    ):
        children.disclose(
            child_id=ids[number],
            person_id=person.pk,
            detail=Detail.WORKING,
            basis=basis,
            because="family",
            since=days.ago(200),
            by=cast.caseworker,
            at=at,
        )


def show_home_school(
    plans: Sequence[ChildPlan], ids: Mapping[int, int], cast: Cast, days: Days
) -> None:
    """The demonstration's school sees the children on its roll."""
    organisation_id = next(iter(cast.senco.reach.organisation_ids))
    for plan in plans:
        if plan.school_urn == HOME_URN:
            children.disclose(
                child_id=ids[plan.number],
                organisation_id=organisation_id,
                detail=Detail.WORKING,
                basis=Basis.ON_ROLL,
                because="on-roll",
                since=days.ago(200),
                by=cast.caseworker,
                at=moment(days.ago(200)),
            )


def name_workers(
    placed: Mapping[int, int], plans: Sequence[ChildPlan], cast: Cast, *, at: datetime
) -> None:
    """Each child with support has somebody to call, but for one in ten."""
    groups = {plan.number: plan.group for plan in plans}
    for number, child_id in placed.items():
        worker = cast.virtual_school if groups[number] == "virtual_school" else cast.caseworker
        if number % 10 != 3:
            children.name_worker(child_id=child_id, worker_id=worker.pk, by=worker, at=at)
