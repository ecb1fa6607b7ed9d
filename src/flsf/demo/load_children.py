"""Brings Marlbeck's four hundred children, and those who wait for support."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flsf.casework.children import actions as children
from flsf.casework.children.enums import Basis, Detail, Relation, Schooling
from flsf.casework.children.rules import ContactFacts, Facts
from flsf.core.needs import from_mask
from flsf.core.people import Person
from flsf.demo.plan.children import ChildPlan
from flsf.demo.plan.days import Days, moment
from flsf.demo.plan.live import HOME_URN
from flsf.shared.accounts.enums import Team
from flsf.shared.places import actions as places
from flsf.shared.places import queries as find_places

# Days for which the school and the family have been seeing their children: longer than any support.
KNOWN_FOR = 300
TEAMS = {"send": Team.SEND, "ap": Team.AP, "virtual_school": Team.VIRTUAL_SCHOOL}


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


def open_home_school(name: str, *, by: Person, at: datetime) -> None:
    """The demonstration's school can sign in; it is the one its SENCO works for."""
    for school in find_places.find_schools(name, limit=1):
        places.invite_school(school_id=school.pk, by=by, at=at)


def introduce_family(
    family: tuple[int, int], ids: Mapping[int, int], cast: Cast, days: Days
) -> None:
    """The demonstration's parent sees both children, and the older one sees their own record."""
    younger, older = family
    at = moment(days.ago(KNOWN_FOR))
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
            since=days.ago(KNOWN_FOR),
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
                since=days.ago(KNOWN_FOR),
                by=cast.caseworker,
                at=moment(days.ago(KNOWN_FOR)),
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
