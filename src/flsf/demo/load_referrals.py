"""Brings what was asked for in Marlbeck: by schools, by officers and by families."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from flsf.casework.children.enums import SenStage
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
from flsf.core.dates import anniversary
from flsf.core.people import SYSTEM, Person
from flsf.demo.load_children import TEAMS, Cast, facts_of
from flsf.demo.load_market import LOT_CODES
from flsf.demo.plan import story
from flsf.demo.plan.children import ChildPlan
from flsf.demo.plan.days import Days, moment
from flsf.demo.plan.live import HOME_URN, Started, Waiting
from flsf.flows.refer_child import refer_child
from flsf.mandate.framework import queries as framework
from flsf.web.public.demo.story import STORY_KEYS

# Taking a referral on is what moves it to "being looked at".
MOVES: Mapping[str, tuple[Status, ...]] = {
    "received": (),
    "looked_at": (),
    "matching": (Status.MATCHING,),
}


INTERN_AGE = 16
# On what support that has begun was asked for, in turn, where no plan names it.
BEGUN_UNDER = ("s19", "s100")


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
            asked=_of_age(_asked(number, wait, plan, route, organisation_id, days), plan, days),
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


def load_started(
    found: Sequence[Started],
    plans: Sequence[ChildPlan],
    ids: Mapping[int, int],
    cast: Cast,
    days: Days,
) -> dict[tuple[int, date], int]:
    """What was asked for, found and begun: those who asked can see how it goes.

    The ids of the referrals, by the child's number and the first day of what came of it.
    """
    made: dict[tuple[int, date], int] = {}
    for number, one in enumerate(found):
        plan = plans[one.child]
        sent_at = moment(one.starts_on - timedelta(days=20), 9)
        has_plan = plan.sen_stage is SenStage.EHCP
        basis = "s42" if has_plan else BEGUN_UNDER[number % len(BEGUN_UNDER)]
        wait = Waiting(
            one.child, (days.today - sent_at.date()).days, one.route, "", basis, "planned"
        )
        route, by, organisation_id = _asker(wait, plan, cast)
        asked = _asked(number, wait, plan, route, organisation_id, days)
        receipt = refer_child(
            facts=facts_of(plan, None),
            child_id=ids[plan.number],
            asked=replace(
                asked, sent_once_key=f"marlbeck-started-{number}", start_wanted_on=one.starts_on
            ),
            by=by,
            at=sent_at,
        )
        worker = cast.virtual_school if plan.group == "virtual_school" else cast.caseworker
        referrals.take_on(
            referral_id=receipt.referral_id, worker_id=worker.pk, by=worker, at=sent_at
        )
        for kind in ClockKind:
            referrals.stop_clock(
                referral_id=receipt.referral_id,
                kind=kind,
                met_on=one.starts_on,
                by=worker,
                at=moment(one.starts_on),
            )
        for status, ahead in ((Status.MATCHING, 3), (Status.OFFERED, 10), (Status.STARTED, 20)):
            day = sent_at.date() + timedelta(days=ahead)
            referrals.move(
                referral_id=receipt.referral_id,
                status=status,
                takes_effect_on=day,
                by=worker,
                at=moment(day),
            )
        made[one.child, one.starts_on] = receipt.referral_id
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
    asked = _in_general(number, wait, plan, route, organisation_id, days)
    if not wait.story:
        return asked
    lot = framework.lot_with_code(LOT_CODES[story.TRADE])
    return replace(
        asked,
        sent_once_key=STORY_KEYS[wait.story - 1],
        outcomes_wanted="Out of the house every morning, with somebody to trust.",
        child_view="I want the same person every day.",
        lot_id=lot.pk if lot else None,
        half_days_mask=story.MORNINGS,
        minutes_a_half_day=story.MINUTES,
        start_wanted_on=None,
    )


def _of_age(asked: Asked, plan: ChildPlan, days: Days) -> Asked:
    """Young people of sixteen and more ask for a supported internship."""
    lot = framework.lot_with_code(LOT_CODES["internship"])
    is_grown = anniversary(plan.birth_date, INTERN_AGE) <= days.today
    return replace(asked, lot_id=lot.pk) if lot and is_grown else asked


def _in_general(
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
