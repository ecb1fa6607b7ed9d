"""The deliberate flaws that make queues alive: worries, a child twice on record, slow hands."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from flsf.casework.children import actions as children
from flsf.core.people import Person
from flsf.delivery.placements import actions as placements
from flsf.demo.load_children import facts_of
from flsf.demo.load_live import Live
from flsf.demo.plan.children import ChildPlan
from flsf.demo.plan.days import Days, moment
from flsf.oversight.concerns import actions as concerns

# Days ago, what was said, about an adult, how far it has got.
WORRIES = (
    (19, "Came in the same clothes all week and asked for food.", False, "closed"),
    (9, "Says an older boy waits outside and takes money.", False, "handled"),
    (6, "Was shouted at by a member of staff, another child says.", True, "handled"),
    (1, "Bruise on the arm. Would not say how.", False, "new"),
    (0, "Does not want to go home tonight.", False, "new"),
)


def worry(live: Sequence[Live], days: Days, *, raiser: Person, lead: Person, at: datetime) -> None:
    """Five concerns: two new, two being handled, one closed."""
    for (ago, words, about_adult, got_to), one in zip(WORRIES, live[10:], strict=False):
        said_at = min(moment(days.ago(ago), 9), at)
        concern = concerns.raise_concern(
            child_id=one.child_id,
            placement_id=one.placement_id,
            words=words,
            is_about_an_adult=about_adult,
            by=raiser,
            at=said_at,
        )
        if got_to == "new":
            continue
        later = min(said_at + timedelta(hours=3), at)
        concerns.take(concern_id=concern.pk, by=lead, at=later)
        if got_to == "closed":
            concerns.close(
                concern_id=concern.pk,
                outcome="School and family support worker are helping. Checked again after a week.",
                by=lead,
                at=later,
            )


def name_workers(
    live: Sequence[Live], workers: Mapping[int, Person], *, by: Person, at: datetime
) -> None:
    """The people of the demonstration's own providers work with children, one at a time."""
    busy = dict.fromkeys(workers, 0)
    named = []
    for one in live:
        if one.organisation_id in workers and not busy[one.organisation_id] & one.plan.half_days:
            busy[one.organisation_id] |= one.plan.half_days
            worker = workers[one.organisation_id]
            named.append((one.placement_id, worker.pk, one.plan.starts_on))
    placements.name_workers(named=named, by=by, at=at)


def put_on_record_twice(plans: Sequence[ChildPlan], *, by: Person, at: datetime) -> None:
    """One child came in a second time, spelt the same and without a pupil number."""
    twin = replace(facts_of(plans[40], None), upn="", plan_ref="")
    children.take_in_many(children=[twin], by=by, at=at)
